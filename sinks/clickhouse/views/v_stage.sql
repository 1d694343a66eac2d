-- 环节：卡在哪里
-- 粒度：每个事项的每个环节一行
-- 时效：与办件状态同步
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
    (SELECT (groupArray((task_code, stage_code)), groupArray(name)) FROM dim_stage FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS stages,
    (SELECT (groupArray(task_code), groupArray(name)) FROM dim_matter FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS matters,
    (SELECT (groupArray(org_code), groupArray(name)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies
SELECT
    org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    task_code,
    transform(task_code, matters.1, matters.2, toString(task_code)) AS task_name,
    region_code,
    passed_stage AS stage_code,
    if(indexOf(stages.1, (toString(task_code), passed_stage)) > 0,
        stages.2[indexOf(stages.1, (toString(task_code), passed_stage))], passed_stage) AS stage_name,
    sum(passed) AS passages,
    sum(runs) AS running,
    if(passages + running = 0, 0, sum(spent) / (passages + running)) AS workdays_avg,
    ifNotFinite(quantileExactWeightedMerge(0.5)(middle), 0) AS workdays_p50,
    ifNotFinite(quantileExactWeightedMerge(0.9)(middle), 0) AS workdays_p90,
    max(longest) AS workdays_max,
    sum(cards) AS signals,
    sum(held) AS held_up,
    sum(held_days) AS held_workdays
FROM
(
    SELECT
        org_code, task_code, region_code, toString(code) AS passed_stage,
        countIf(done IS NOT NULL) AS passed, countIf(done IS NULL) AS runs, sum(days) AS spent,
        quantileExactWeightedState(0.5)(days, 1) AS middle, max(days) AS longest,
        0 AS cards,
        countIf(at = held_at) AS held, sumIf(days, at = held_at) AS held_days
    FROM
    (
        SELECT
            org_code, task_code, region_code, stage_code, stage_ended, stage_workdays,
            if(case_id IN (
                SELECT scope FROM card FINAL
                WHERE run = current.1 AND standing AND rule_id IN ('OT_PROMISE_OVERDUE', 'OT_STATUTORY_OVER')),
                indexOf(stage_workdays, arrayMax(stage_workdays)) * (arrayMax(stage_workdays) > 0), 0) AS held_at
        FROM case_part FINAL
        WHERE run = current.1 AND notEmpty(stage_code)
    )
    ARRAY JOIN stage_code AS code, stage_ended AS done, stage_workdays AS days, arrayEnumerate(stage_code) AS at
    GROUP BY org_code, task_code, region_code, passed_stage
    UNION ALL
    SELECT
        ifNull(org_code, ''), ifNull(task_code, ''), ifNull(region_code, ''), splitByChar('#', subject)[1],
        0, 0, 0, quantileExactWeightedState(0.5)(toUInt32(0), 0), 0, count(), 0, 0
    FROM card FINAL
    WHERE run = current.1 AND standing AND rule_id IN ('OT_STAGE_OVERDUE', 'SK_STEP_MISSING', 'SK_STEP_JUMP', 'SK_STEP_REORDER')
    GROUP BY 1, 2, 3, 4
)
GROUP BY org_code, task_code, region_code, passed_stage
