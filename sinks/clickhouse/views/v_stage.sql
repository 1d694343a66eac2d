-- 环节：卡在哪里
-- 粒度：每个事项的每个环节一行
-- 时效：信号同步，用时随归并（回放写入时，在线每几分钟）；没有归并时逐件算出
-- 示例：SELECT task_name, stage_name, passages, workdays_avg, workdays_p90, held_up FROM v_stage ORDER BY held_workdays DESC LIMIT 20
CREATE OR REPLACE VIEW v_stage
(
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    stage_code    String                            COMMENT '环节代码',
    stage_name    String                            COMMENT '环节名称',
    passages      UInt64                            COMMENT '已经过，次',
    running       UInt64                            COMMENT '正在此环节，件次',
    workdays_avg  Float64                           COMMENT '平均用时，工作日，含等待',
    workdays_p50  Float64                           COMMENT '用时中位数，工作日',
    workdays_p90  Float64                           COMMENT '用时第九十百分位，工作日',
    workdays_max  UInt32                            COMMENT '最长用时，工作日',
    signals       UInt64                            COMMENT '对该环节的在案信号，张',
    held_up       UInt64                            COMMENT '被它拖住的超期办件，件：在其中用时最长',
    held_workdays UInt64                            COMMENT '这些办件在此环节的用时合计，工作日'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT maxOrNull(computed_at) FROM stage_sum WHERE run = (SELECT any(run) FROM v_current)) AS reckoned,
    (SELECT (groupArray((task_code, stage_code)), groupArray(name)) FROM dim_stage FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS names,
    (SELECT (groupArray(task_code), groupArray(name)) FROM dim_matter FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS matters,
    (SELECT (groupArray(org_code), groupArray(name)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies
SELECT
    org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    task_code,
    transform(task_code, matters.1, matters.2, toString(task_code)) AS task_name,
    region_code,
    one.stage_code AS stage_code,
    if(indexOf(names.1, (toString(task_code), stage_code)) > 0,
        names.2[indexOf(names.1, (toString(task_code), stage_code))], stage_code) AS stage_name,
    sum(one.passed) AS passages,
    sum(one.running) AS running,
    if(sum(n) = 0, 0, sum(days * n) / sum(n)) AS workdays_avg,
    ifNotFinite(quantileExactWeighted(0.5)(days, n), 0) AS workdays_p50,
    ifNotFinite(quantileExactWeighted(0.9)(days, n), 0) AS workdays_p90,
    max(days) AS workdays_max,
    sum(one.signals) AS signals,
    sum(one.held) AS held_up,
    sum(one.held_workdays) AS held_workdays
FROM
(
    SELECT
        org_code, task_code, region_code, stage_code, days, n, signals,
        if(at = 1, passed, 0) AS passed, if(at = 1, running, 0) AS running,
        if(at = 1, held, 0) AS held, if(at = 1, held_workdays, 0) AS held_workdays
    FROM
    (
        SELECT org_code, task_code, region_code, stage_code, workdays, times, 0 AS signals, passed, running, held, held_workdays
        FROM stage_sum
        WHERE run = current.1 AND computed_at = reckoned
        UNION ALL
        SELECT org_code, task_code, region_code, stage_code, workdays, times, 0, passed, running, held, held_workdays
        FROM v_exact_stage
        WHERE reckoned IS NULL
        UNION ALL
        SELECT
            ifNull(org_code, ''), ifNull(task_code, ''), ifNull(region_code, ''), splitByChar('#', subject)[1],
            [0], [0], count(), 0, 0, 0, 0
        FROM card FINAL
        WHERE run = current.1 AND standing AND rule_id IN ('OT_STAGE_OVERDUE', 'SK_STEP_MISSING', 'SK_STEP_JUMP', 'SK_STEP_REORDER')
        GROUP BY 1, 2, 3, 4
    )
    ARRAY JOIN workdays AS days, times AS n, arrayEnumerate(workdays) AS at
) AS one
GROUP BY org_code, task_code, region_code, stage_code
