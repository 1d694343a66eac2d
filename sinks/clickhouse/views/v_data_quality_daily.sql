-- 数据质量按日
-- 粒度：每日（上海时间，按到达）每部门每数据来源一行
-- 时效：随归并（回放写入时，在线每几分钟）；没有归并时逐条算出
-- 示例：SELECT day, sum(records), sum(late) FROM v_data_quality_daily GROUP BY day ORDER BY day
CREATE OR REPLACE VIEW v_data_quality_daily
(
    day           Date                              COMMENT '到达之日',
    day_start     DateTime('Asia/Shanghai')         COMMENT '该日零点，供时间轴用',
    org_code      LowCardinality(String)            COMMENT '部门代码，未写明为空',
    org_name      LowCardinality(String)            COMMENT '部门名称',
    data_source   LowCardinality(String)            COMMENT '数据来源，未写明为空',
    records       UInt64                            COMMENT '记录，条，含重复件',
    defective     UInt64                            COMMENT '有读不出的字段的记录，条',
    late          UInt64                            COMMENT '发生一日以后才到的记录，条',
    lag_p50_minutes Float64                         COMMENT '自发生至到达的中位数，分钟',
    lag_p95_minutes Float64                         COMMENT '自发生至到达的第九十五百分位，分钟'
)
AS
WITH
    (SELECT (groupArray(org_code), groupArray(name)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies
SELECT
    one.day AS day,
    toDateTime(one.day, 'Asia/Shanghai') AS day_start,
    org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    data_source,
    any(one.records) AS records,
    any(one.defective) AS defective,
    any(one.late) AS late,
    quantileExactWeighted(0.5)(minutes, n) AS lag_p50_minutes,
    quantileExactWeighted(0.95)(minutes, n) AS lag_p95_minutes
FROM v_event_day AS one
ARRAY JOIN lag_minutes AS minutes, lag_records AS n
GROUP BY day, org_code, data_source
