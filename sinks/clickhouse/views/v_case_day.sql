-- 办件按日
-- 粒度：每日（上海时间）每部门每事项每行政区划一行
-- 时效：随归并（回放写入时，在线每几分钟）；没有归并时逐件算出
-- 示例：SELECT day, sum(closed), sum(late) FROM v_case_day GROUP BY day ORDER BY day
CREATE OR REPLACE VIEW v_case_day
(
    day           Date                              COMMENT '日期',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    submitted     UInt64                            COMMENT '当日申办，件',
    accepted      UInt64                            COMMENT '当日受理，件',
    closed        UInt64                            COMMENT '当日办结，件',
    timed         UInt64                            COMMENT '其中承诺到期日确定，件',
    late          UInt64                            COMMENT '其中逾期办结，件',
    seconds       UInt64                            COMMENT '当日办结者自受理至办结合计，秒',
    lasted_days   Array(UInt32)                     COMMENT '当日办结者自受理至办结，满几日',
    lasted_cases  Array(UInt64)                     COMMENT '各有几件'
)
AS
WITH
    (SELECT any(run) FROM v_current) AS current,
    (SELECT maxOrNull(computed_at) FROM case_day WHERE run = (SELECT any(run) FROM v_current)) AS reckoned
SELECT
    toDate(one.day) AS day, org_code, task_code, region_code, submitted, accepted, closed, timed, late, seconds,
    lasted_days, lasted_cases
FROM case_day AS one
WHERE run = current AND computed_at = reckoned
UNION ALL
SELECT day, org_code, task_code, region_code, submitted, accepted, closed, timed, late, seconds, lasted_days, lasted_cases
FROM v_exact_case_day
WHERE reckoned IS NULL
