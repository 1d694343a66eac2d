-- 数据质量
-- 粒度：每个部门的每个数据来源一行
-- 时效：随归并（回放写入时，在线每几分钟）；没有归并时逐条算出
-- 示例：SELECT org_name, lag_p95_minutes, silent_workdays, late_share FROM v_data_quality ORDER BY lag_p95_minutes DESC
CREATE OR REPLACE VIEW v_data_quality
(
    org_code      LowCardinality(String)            COMMENT '部门代码，未写明为空',
    org_name      LowCardinality(String)            COMMENT '部门名称，目录未载者为代码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    data_source   LowCardinality(String)            COMMENT '数据来源，未写明为空',
    source_name   LowCardinality(String)            COMMENT '数据来源名称',
    records       UInt64                            COMMENT '记录，条，含重复件',
    defective     UInt64                            COMMENT '有读不出的字段的记录，条',
    defect_share  Float64                           COMMENT '缺陷率，0 至 1',
    late          UInt64                            COMMENT '发生一日以后才到的记录，条',
    late_share    Float64                           COMMENT '迟报率，0 至 1',
    lag_p50_minutes Float64                         COMMENT '自发生至到达的中位数，分钟',
    lag_p95_minutes Float64                         COMMENT '自发生至到达的第九十五百分位，分钟；超过 30 日计 30 日',
    allowed_minutes Nullable(UInt32)                COMMENT '允许迟报，分钟；来源未登记为空',
    last_reported DateTime64(6, 'Asia/Shanghai')    COMMENT '最后到达时间',
    last_occurred DateTime64(6, 'Asia/Shanghai')    COMMENT '最后发生时间',
    silent_hours  Float64                           COMMENT '距最后到达，小时',
    silent_workdays Nullable(Int32)                 COMMENT '距最后到达，工作日'
)
AS
WITH
    (SELECT any((run, edition, now, today)) FROM v_current) AS current,
    (SELECT any((first_day, serials)) FROM v_workday_index) AS calendar,
    (SELECT (groupArray(org_code), groupArray(name), groupArray(region_code)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies,
    (SELECT (groupArray(data_source), groupArray(name), groupArray(delay_minutes)) FROM dim_source FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS origins
SELECT
    org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    transform(org_code, agencies.1, agencies.3, '') AS region_code,
    data_source,
    transform(data_source, origins.1, origins.2, toString(data_source)) AS source_name,
    sum(n) AS records,
    sumIf(a.defective, first) AS defective,
    defective / records AS defect_share,
    sumIf(a.late, first) AS late,
    late / records AS late_share,
    quantileExactWeighted(0.5)(minutes, n) AS lag_p50_minutes,
    quantileExactWeighted(0.95)(minutes, n) AS lag_p95_minutes,
    nullIf(transform(data_source, origins.1, origins.3, toUInt32(0)), 0) AS allowed_minutes,
    max(a.last_reported) AS last_reported,
    max(a.last_occurred) AS last_occurred,
    round(dateDiff('second', last_reported, current.3) / 3600, 2) AS silent_hours,
    arrayElementOrNull(calendar.2, greatest(toInt32(current.4) - calendar.1 + 1, 0))
        - arrayElementOrNull(calendar.2, greatest(toInt32(toDate(last_reported, 'Asia/Shanghai')) - calendar.1 + 1, 0)) AS silent_workdays
FROM
(
    SELECT
        org_code, data_source, defective, late, last_reported, last_occurred, minutes, n, at = 1 AS first
    FROM v_event_day
    ARRAY JOIN lag_minutes AS minutes, lag_records AS n, arrayEnumerate(lag_minutes) AS at
) AS a
GROUP BY org_code, data_source
