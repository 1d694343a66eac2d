-- 事项，供筛选
-- 粒度：目录中或有办件的事项每个一行
-- 时效：随目录与办件
-- 示例：SELECT task_code, name FROM v_matter WHERE org_code = '11999900MB9900072W' ORDER BY name
CREATE OR REPLACE VIEW v_matter
(
    task_code     String                            COMMENT '实施编码',
    name          String                            COMMENT '事项名称，目录未载者为代码',
    org_code      String                            COMMENT '实施部门代码',
    region_code   String                            COMMENT '行政区划代码',
    task_type     String                            COMMENT '事项类型代码',
    is_fee        Bool                              COMMENT '是否收费',
    in_catalog    Bool                              COMMENT '是否在目录中'
)
AS
WITH (SELECT any((run, edition)) FROM v_current) AS current
SELECT task_code, name, org_code, toString(a.region_code) AS region_code, toString(a.task_type) AS task_type, is_fee, true AS in_catalog
FROM dim_matter AS a FINAL
WHERE edition = current.2
UNION ALL
SELECT toString(b.task_code), any(toString(b.task_code)), any(toString(b.org_code)), any(toString(b.region_code)), '', false, false
FROM case_state AS b FINAL
WHERE run = current.1 AND b.task_code != ''
    AND b.task_code NOT IN (SELECT task_code FROM dim_matter WHERE edition = current.2)
GROUP BY b.task_code
