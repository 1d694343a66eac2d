-- 办件按日，逐件算出
-- 粒度：每日（上海时间）每部门每事项每行政区划一行；供归并与核对，屏幕请用 v_org_daily
-- 时效：与办件状态同步
-- 示例：SELECT day, sum(closed), sum(late) FROM v_exact_case_day GROUP BY day ORDER BY day
CREATE OR REPLACE VIEW v_exact_case_day
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
WITH (SELECT any(run) FROM v_current) AS current
SELECT
    a.day AS day,
    org_code,
    task_code,
    region_code,
    sum(a.submitted) AS submitted,
    sum(a.accepted) AS accepted,
    sum(a.closed) AS closed,
    sum(a.timed) AS timed,
    sum(a.late) AS late,
    sum(a.seconds) AS seconds,
    arraySort(groupArrayIf(lasted, a.counted > 0)) AS lasted_days,
    arrayMap(one -> one.2, arraySort(groupArrayIf((lasted, a.counted), a.counted > 0))) AS lasted_cases
FROM
(
    SELECT
        org_code, task_code, region_code, toDate(assumeNotNull(what.1), 'Asia/Shanghai') AS day, what.3 AS lasted,
        countIf(what.2 = 1) AS submitted, countIf(what.2 = 2) AS accepted, countIf(what.2 = 3) AS closed,
        countIf(what.2 = 3 AND is_timed) AS timed, countIf(what.2 = 3 AND is_late) AS late,
        sum(what.4) AS seconds, countIf(what.2 = 3 AND has_lasted) AS counted
    FROM
    (
        SELECT
            org_code, task_code, region_code,
            one.closed_at IS NOT NULL AND one.promise_certain AND one.promise_due IS NOT NULL AS is_timed,
            ifNull(is_timed AND toDate(one.closed_at, 'Asia/Shanghai') > one.promise_due, false) AS is_late,
            one.accepted_at IS NOT NULL AND one.closed_at IS NOT NULL AS has_lasted,
            greatest(ifNull(dateDiff('second', one.accepted_at, one.closed_at), 0), 0) AS lasted_seconds,
            arrayFilter(event -> event.1 IS NOT NULL, [
                (one.submitted_at, 1, toUInt32(0), toUInt64(0)),
                (one.accepted_at, 2, toUInt32(0), toUInt64(0)),
                (one.closed_at, 3, if(has_lasted, toUInt32(intDiv(lasted_seconds, 86400)), 0), toUInt64(lasted_seconds))]) AS events
        FROM case_state AS one FINAL
        WHERE run = current
    )
    ARRAY JOIN events AS what
    GROUP BY org_code, task_code, region_code, day, lasted
) AS a
GROUP BY day, org_code, task_code, region_code
