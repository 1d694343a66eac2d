-- 部门
-- 粒度：目录中或有办件、有信号的部门每个一行
-- 时效：在办与信号同步；已办结与数据延迟随归并（回放写入时，在线每几分钟），没有归并时逐件算出
-- 示例：SELECT org_name, cases, overdue, red, yellow, on_time_share FROM v_org ORDER BY red DESC, yellow DESC
CREATE OR REPLACE VIEW v_org
(
    org_code      LowCardinality(String)            COMMENT '部门代码',
    org_name      LowCardinality(String)            COMMENT '部门名称，目录未载者为代码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    cases         UInt64                            COMMENT '办件，件',
    open          UInt64                            COMMENT '在办，件',
    suspended     UInt64                            COMMENT '其中挂起，件',
    closed        UInt64                            COMMENT '已办结，件',
    overdue       UInt64                            COMMENT '在办而已超期，件',
    due_today     UInt64                            COMMENT '今天到期，件',
    closed_timed  UInt64                            COMMENT '已办结而承诺到期日确定，件',
    closed_on_time UInt64                           COMMENT '其中按时办结，件',
    on_time_share Nullable(Float64)                 COMMENT '按时办结率，0 至 1；无从计算为空',
    cards         UInt64                            COMMENT '监察信号，张，含已撤回',
    red           UInt64                            COMMENT '在案红牌，张',
    yellow        UInt64                            COMMENT '在案黄牌，张',
    notice        UInt64                            COMMENT '在案预警，张',
    unanswered    UInt64                            COMMENT '待反馈，张',
    verified      UInt64                            COMMENT '已认定，张',
    serious_share Nullable(Float64)                 COMMENT '在案红黄牌与办件之比；没有办件为空',
    suspect_yuan  Decimal(38, 2)                    COMMENT '在案收费信号涉及金额，元',
    matters       UInt64                            COMMENT '目录中的事项，个',
    promise_ratio Nullable(Float64)                 COMMENT '承诺时限与法定时限之比的平均，0 至 1；只计两者都按工作日的事项',
    last_reported Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '最后收到数据的时间',
    lag_p95_minutes Nullable(Float64)               COMMENT '近三十日数据延迟第九十五百分位，分钟；没有数据为空'
)
AS
WITH
    (SELECT any((run, edition, today)) FROM v_current) AS current,
    (SELECT (groupArray(org_code), groupArray(name), groupArray(region_code)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies
SELECT
    org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    transform(org_code, agencies.1, agencies.3, '') AS region_code,
    sum(a.cases) AS cases,
    sum(a.open) AS open,
    sum(a.suspended) AS suspended,
    sum(a.closed) AS closed,
    sum(a.overdue) AS overdue,
    sum(a.due_today) AS due_today,
    sum(a.timed) AS closed_timed,
    sum(a.on_time) AS closed_on_time,
    if(closed_timed = 0, NULL, closed_on_time / closed_timed) AS on_time_share,
    sum(a.cards) AS cards,
    sum(a.red) AS red,
    sum(a.yellow) AS yellow,
    sum(a.notice) AS notice,
    sum(a.unanswered) AS unanswered,
    sum(a.verified) AS verified,
    if(cases = 0, NULL, (red + yellow) / cases) AS serious_share,
    sum(a.yuan) AS suspect_yuan,
    sum(a.matters) AS matters,
    if(sum(a.compared) = 0, NULL, sum(a.ratios) / sum(a.compared)) AS promise_ratio,
    max(a.last) AS last_reported,
    if(sum(a.lags) = 0, NULL, quantileExactWeightedMerge(0.95)(a.lag)) AS lag_p95_minutes
FROM
(
    SELECT
        toString(one.org_code) AS org_code,
        count() AS cases, count() AS open, countIf(one.suspended) AS suspended, 0 AS closed,
        countIf(one.overdue) AS overdue, countIf(days_left = 0) AS due_today,
        0 AS timed, 0 AS on_time,
        0 AS cards, 0 AS red, 0 AS yellow, 0 AS notice, 0 AS unanswered, 0 AS verified, toDecimal128(0, 2) AS yuan,
        0 AS matters, 0. AS ratios, 0 AS compared,
        CAST(NULL, 'Nullable(DateTime64(6, \'Asia/Shanghai\'))') AS last, 0 AS lags,
        quantileExactWeightedState(0.95)(toUInt32(0), toUInt64(0)) AS lag
    FROM v_case AS one
    WHERE one.open
    GROUP BY org_code
    UNION ALL
    SELECT
        toString(org_code),
        sum(closed), 0, 0, sum(closed), 0, 0, sum(timed), sum(timed) - sum(late),
        0, 0, 0, 0, 0, 0, toDecimal128(0, 2),
        0, 0., 0, NULL, 0, quantileExactWeightedState(0.95)(toUInt32(0), toUInt64(0))
    FROM v_case_day
    GROUP BY org_code
    UNION ALL
    SELECT
        toString(org_code),
        0, 0, 0, 0, 0, 0, 0, 0,
        count(), countIf(standing AND level_rank = 3), countIf(standing AND level_rank = 2), countIf(standing AND level_rank = 1),
        countIf(unanswered), countIf(verified), sumIf(toDecimal128(amount_yuan, 2), standing),
        0, 0., 0, NULL, 0, quantileExactWeightedState(0.95)(toUInt32(0), toUInt64(0))
    FROM v_card
    GROUP BY org_code
    UNION ALL
    SELECT
        org_code,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, toDecimal128(0, 2),
        count(), sumIf(promise_n / statutory_n, comparable), countIf(comparable),
        NULL, 0, quantileExactWeightedState(0.95)(toUInt32(0), toUInt64(0))
    FROM (SELECT *, ifNull(promise_unit = 'working_day' AND statutory_unit = 'working_day' AND statutory_n > 0, false) AS comparable FROM dim_matter FINAL)
    WHERE edition = current.2
    GROUP BY org_code
    UNION ALL
    SELECT
        org_code,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, toDecimal128(0, 2),
        0, 0., 0, NULL, 0, quantileExactWeightedState(0.95)(toUInt32(0), toUInt64(0))
    FROM dim_agency FINAL
    WHERE edition = current.2
    GROUP BY org_code
    UNION ALL
    SELECT
        toString(org_code),
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, toDecimal128(0, 2),
        0, 0., 0, max(last_reported), sum(n), quantileExactWeightedState(0.95)(minutes, n)
    FROM v_event_day AS one
    ARRAY JOIN
        if(one.day > current.3 - 30, one.lag_minutes, [toUInt32(0)]) AS minutes,
        if(one.day > current.3 - 30, one.lag_records, [toUInt64(0)]) AS n
    GROUP BY org_code
) AS a
WHERE org_code != ''
GROUP BY org_code
