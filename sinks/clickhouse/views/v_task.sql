-- 事项
-- 粒度：目录中或有办件的事项每个一行
-- 时效：在办与信号同步；已办结随归并（回放写入时，在线每几分钟），没有归并时逐件算出
-- 示例：SELECT task_name, cases, overdue, red, days_avg FROM v_task WHERE cases > 0 ORDER BY red DESC LIMIT 20
CREATE OR REPLACE VIEW v_task
(
    task_code     LowCardinality(String)            COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称，目录未载者为代码',
    task_type     LowCardinality(String)            COMMENT '事项类型代码',
    org_code      LowCardinality(String)            COMMENT '实施部门代码',
    org_name      LowCardinality(String)            COMMENT '实施部门名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    promise_text  String                            COMMENT '承诺时限，目录最新版本',
    statutory_text String                           COMMENT '法定时限，目录最新版本；未载为空',
    promise_ratio Nullable(Float64)                 COMMENT '承诺时限与法定时限之比，0 至 1；两者都按工作日才有',
    cases         UInt64                            COMMENT '办件，件',
    open          UInt64                            COMMENT '在办，件',
    closed        UInt64                            COMMENT '已办结，件',
    overdue       UInt64                            COMMENT '在办而已超期，件',
    closed_timed  UInt64                            COMMENT '已办结而承诺到期日确定，件',
    closed_on_time UInt64                           COMMENT '其中按时办结，件',
    on_time_share Nullable(Float64)                 COMMENT '按时办结率，0 至 1；无从计算为空',
    red           UInt64                            COMMENT '在案红牌，张',
    yellow        UInt64                            COMMENT '在案黄牌，张',
    notice        UInt64                            COMMENT '在案预警，张',
    unanswered    UInt64                            COMMENT '待反馈，张',
    days_avg      Nullable(Float64)                 COMMENT '自受理至办结平均用时，自然日',
    days_p90      Nullable(Float64)                 COMMENT '自受理至办结用时第九十百分位，满几个自然日'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT (groupArray(task_code), groupArray(name), groupArray(task_type), groupArray(org_code), groupArray(region_code))
     FROM dim_matter FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS matters,
    (SELECT (groupArray(task_code), groupArray(ifNull(promise_n, 0)), groupArray(promise_unit), groupArray(ifNull(statutory_n, 0)), groupArray(statutory_unit))
     FROM dim_matter FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS limits,
    (SELECT (groupArray(org_code), groupArray(name)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies,
    ['working_day', 'natural_day', 'hour', 'office_hour', 'month'] AS units,
    ['个工作日', '个自然日', '小时', '个办公小时', '个月'] AS unit_names,
    transform(task_code, limits.1, limits.2, toUInt32(0)) AS promise_n,
    transform(task_code, limits.1, limits.3, '') AS promise_unit,
    transform(task_code, limits.1, limits.4, toUInt32(0)) AS statutory_n,
    transform(task_code, limits.1, limits.5, '') AS statutory_unit
SELECT
    task_code,
    transform(task_code, matters.1, matters.2, toString(task_code)) AS task_name,
    transform(task_code, matters.1, matters.3, '') AS task_type,
    transform(task_code, matters.1, matters.4, '') AS org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    transform(task_code, matters.1, matters.5, '') AS region_code,
    if(promise_unit = '', '', concat(toString(promise_n), transform(promise_unit, units, unit_names, ''))) AS promise_text,
    if(statutory_unit = '', '', concat(toString(statutory_n), transform(statutory_unit, units, unit_names, ''))) AS statutory_text,
    if(promise_unit = 'working_day' AND statutory_unit = 'working_day' AND statutory_n > 0, promise_n / statutory_n, NULL) AS promise_ratio,
    sum(a.cases) AS cases,
    sum(a.open) AS open,
    sum(a.closed) AS closed,
    sum(a.overdue) AS overdue,
    sum(a.timed) AS closed_timed,
    sum(a.on_time) AS closed_on_time,
    if(closed_timed = 0, NULL, closed_on_time / closed_timed) AS on_time_share,
    sum(a.red) AS red,
    sum(a.yellow) AS yellow,
    sum(a.notice) AS notice,
    sum(a.unanswered) AS unanswered,
    if(sum(a.counted) = 0, NULL, sum(a.seconds) / sum(a.counted) / 86400) AS days_avg,
    if(sum(a.counted) = 0, NULL, quantileExactWeightedMerge(0.9)(a.lasted)) AS days_p90
FROM
(
    SELECT
        toString(one.task_code) AS task_code,
        count() AS cases, count() AS open, 0 AS closed, countIf(one.overdue) AS overdue, 0 AS timed, 0 AS on_time,
        0 AS red, 0 AS yellow, 0 AS notice, 0 AS unanswered,
        0 AS seconds, quantileExactWeightedState(0.9)(toUInt32(0), toUInt64(0)) AS lasted, 0 AS counted
    FROM v_case AS one
    WHERE one.open
    GROUP BY task_code
    UNION ALL
    SELECT
        toString(task_code), sum(a.closed), 0, sum(a.closed), 0, sum(a.timed), sum(a.timed) - sum(a.late),
        0, 0, 0, 0,
        sum(a.seconds), quantileExactWeightedState(0.9)(days, n), sum(n)
    FROM
    (
        SELECT
            task_code, days, n, if(at = 1, closed, 0) AS closed, if(at = 1, timed, 0) AS timed, if(at = 1, late, 0) AS late,
            if(at = 1, seconds, 0) AS seconds
        FROM (SELECT task_code, closed, timed, late, seconds, arrayPushFront(lasted_days, 0) AS every_day, arrayPushFront(lasted_cases, 0) AS cases_of FROM v_case_day WHERE closed > 0)
        ARRAY JOIN every_day AS days, cases_of AS n, arrayEnumerate(every_day) AS at
    ) AS a
    GROUP BY task_code
    UNION ALL
    SELECT
        toString(task_code), 0, 0, 0, 0, 0, 0,
        countIf(standing AND level_rank = 3), countIf(standing AND level_rank = 2), countIf(standing AND level_rank = 1),
        countIf(unanswered), 0, quantileExactWeightedState(0.9)(toUInt32(0), toUInt64(0)), 0
    FROM v_card
    GROUP BY task_code
    UNION ALL
    SELECT task_code, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, quantileExactWeightedState(0.9)(toUInt32(0), toUInt64(0)), 0
    FROM dim_matter FINAL
    WHERE edition = current.2
    GROUP BY task_code
) AS a
WHERE task_code != ''
GROUP BY task_code
