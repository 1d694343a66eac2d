-- 记录按日
-- 粒度：每日（上海时间，按到达）每部门每数据来源一行
-- 时效：随归并（回放写入时，在线每几分钟）；没有归并时逐条算出
-- 示例：SELECT day, sum(records) FROM v_event_day GROUP BY day ORDER BY day
CREATE OR REPLACE VIEW v_event_day
(
    day           Date                              COMMENT '到达之日',
    org_code      LowCardinality(String)            COMMENT '部门代码，未写明为空',
    data_source   LowCardinality(String)            COMMENT '数据来源，未写明为空',
    records       UInt64                            COMMENT '记录，条，含重复件，不含时钟记录',
    defective     UInt64                            COMMENT '有读不出的字段的记录，条',
    late          UInt64                            COMMENT '发生一日以后才到的记录，条',
    last_reported DateTime64(6, 'Asia/Shanghai')    COMMENT '最后到达时间',
    last_occurred DateTime64(6, 'Asia/Shanghai')    COMMENT '最后发生时间',
    lag_minutes   Array(UInt32)                     COMMENT '自发生至到达，满几分钟；超过 30 日计 30 日',
    lag_records   Array(UInt64)                     COMMENT '各有几条记录'
)
AS
WITH
    (SELECT any(run) FROM v_current) AS current,
    (SELECT maxOrNull(computed_at) FROM event_day WHERE run = (SELECT any(run) FROM v_current)) AS reckoned
SELECT
    toDate(one.day) AS day, org_code, data_source, records, defective, late, last_reported, last_occurred,
    lag_minutes, lag_records
FROM event_day AS one FINAL
WHERE run = current AND reckoned IS NOT NULL
UNION ALL
SELECT day, org_code, data_source, records, defective, late, last_reported, last_occurred, lag_minutes, lag_records
FROM v_exact_event_day
WHERE reckoned IS NULL
