-- 部门，供筛选
-- 粒度：目录中或有办件的部门每个一行
-- 时效：随目录与办件
-- 示例：SELECT org_code, name FROM v_agency WHERE region_code = '999900' ORDER BY name
CREATE OR REPLACE VIEW v_agency
(
    org_code      String                            COMMENT '部门代码',
    name          String                            COMMENT '部门名称，目录未载者为代码',
    region_code   String                            COMMENT '行政区划代码',
    parent        String                            COMMENT '上级部门代码，没有为空',
    data_source   String                            COMMENT '数据来源，未登记为空',
    go_live_at    Nullable(Date)                    COMMENT '上线日期，未登记为空',
    latitude      Nullable(Float64)                 COMMENT '纬度，度；未录入为空',
    longitude     Nullable(Float64)                 COMMENT '经度，度；未录入为空',
    in_catalog    Bool                              COMMENT '是否在目录中'
)
AS
WITH (SELECT any((run, edition)) FROM v_current) AS current
SELECT
    org_code, name, toString(a.region_code) AS region_code, parent, toString(a.data_source) AS data_source,
    toDate(a.go_live_at) AS go_live_at, latitude, longitude, true AS in_catalog
FROM dim_agency AS a FINAL
WHERE edition = current.2
UNION ALL
SELECT toString(b.org_code), any(toString(b.org_code)), any(toString(b.region_code)), '', '', NULL, NULL, NULL, false
FROM case_state AS b FINAL
WHERE run = current.1 AND b.org_code != ''
    AND b.org_code NOT IN (SELECT org_code FROM dim_agency WHERE edition = current.2)
GROUP BY b.org_code
