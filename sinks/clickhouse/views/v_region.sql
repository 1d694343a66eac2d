-- 行政区划，供筛选
-- 粒度：每个行政区划一行
-- 时效：随目录与办件
-- 示例：SELECT region_code, name FROM v_region ORDER BY region_code
CREATE OR REPLACE VIEW v_region
(
    region_code   String                            COMMENT '行政区划代码',
    name          String                            COMMENT '名称，目录未载者为代码',
    agencies      UInt64                            COMMENT '部门，个',
    cases         UInt64                            COMMENT '办件，件'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'region') AS regions
SELECT a.region_code AS region_code, transform(a.region_code, regions.1, regions.2, a.region_code) AS name, sum(a.agencies) AS agencies, sum(a.cases) AS cases
FROM
(
    SELECT toString(region_code) AS region_code, count() AS agencies, 0 AS cases FROM dim_agency FINAL WHERE edition = current.2 GROUP BY region_code
    UNION ALL
    SELECT toString(region_code), 0, count() FROM case_state FINAL WHERE run = current.1 GROUP BY region_code
) AS a
WHERE a.region_code != ''
GROUP BY a.region_code
