-- 记录按日，逐条算出
-- 粒度：每日（上海时间，按到达）每部门每数据来源一行；供归并与核对，屏幕请用 v_data_quality_daily
-- 时效：与事件同步
-- 示例：SELECT day, sum(records) FROM v_exact_event_day GROUP BY day ORDER BY day
CREATE OR REPLACE VIEW v_exact_event_day
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
    (SELECT any(sources) FROM v_current) AS current,
    (SELECT any(ifNull(as_of, toDateTime64('2299-12-31 00:00:00', 6, 'Asia/Shanghai'))) FROM run FINAL WHERE run = (SELECT any(run) FROM v_current)) AS until
SELECT
    a.day AS day,
    a.org AS org_code,
    a.came_from AS data_source,
    sum(n) AS records,
    sum(spoilt) AS defective,
    sum(delayed) AS late,
    max(reported) AS last_reported,
    max(occurred) AS last_occurred,
    arraySort(groupArray(lag)) AS lag_minutes,
    arrayMap(one -> one.2, arraySort(groupArray((lag, n)))) AS lag_records
FROM
(
    SELECT
        toDate(reported_at, 'Asia/Shanghai') AS day, event.org_code AS org, event.data_source AS came_from,
        toUInt32(least(greatest(dateDiff('minute', occurred_at, reported_at), 0), 43200)) AS lag,
        count() AS n, countIf(notEmpty(defects)) AS spoilt,
        countIf(reported_at > occurred_at + INTERVAL 1 DAY) AS delayed,
        max(reported_at) AS reported, max(occurred_at) AS occurred
    FROM event FINAL
    WHERE has(current, source) AND reported_at <= until AND event_type != 'tick'
    GROUP BY day, org, came_from, lag
) AS a
GROUP BY day, org, came_from
