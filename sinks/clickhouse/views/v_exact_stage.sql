-- 环节用时，逐件算出
-- 粒度：每个部门每个事项每个环节一行；供归并与核对，屏幕请用 v_stage
-- 时效：与办件状态同步
-- 示例：SELECT task_code, stage_code, passed, held FROM v_exact_stage ORDER BY held_workdays DESC LIMIT 20
CREATE OR REPLACE VIEW v_exact_stage
(
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    stage_code    String                            COMMENT '环节代码',
    passed        UInt64                            COMMENT '已经过，次',
    running       UInt64                            COMMENT '正在此环节，件次',
    workdays      Array(UInt32)                     COMMENT '用时，工作日',
    times         Array(UInt64)                     COMMENT '各有几次',
    held          UInt64                            COMMENT '被它拖住的超期办件，件',
    held_workdays UInt64                            COMMENT '这些办件在此环节的用时合计，工作日'
)
AS
WITH (SELECT any(run) FROM v_current) AS current
SELECT
    org_code, task_code, region_code, code AS stage_code,
    sum(a.passed) AS passed,
    sum(a.running) AS running,
    arraySort(groupArray(days)) AS workdays,
    arrayMap(one -> one.2, arraySort(groupArray((days, n)))) AS times,
    sum(a.held) AS held,
    sum(a.held * days) AS held_workdays
FROM
(
    SELECT
        org_code, task_code, region_code, code, days,
        countIf(NOT runs) AS passed, countIf(runs) AS running, count() AS n, countIf(at = held_at) AS held
    FROM
    (
        SELECT
            org_code, task_code, region_code, stage_code, stage_ended, stage_workdays,
            if(late, indexOf(stage_workdays, arrayMax(stage_workdays)) * (arrayMax(stage_workdays) > 0), 0) AS held_at
        FROM
        (
            SELECT
                org_code, task_code, region_code, stage_code, stage_ended, stage_workdays,
                case_id GLOBAL IN (
                    SELECT scope FROM card FINAL
                    WHERE run = current AND standing AND rule_id IN ('OT_PROMISE_OVERDUE', 'OT_STATUTORY_OVER')) AS late
            FROM case_part FINAL
            WHERE run = current AND notEmpty(stage_code)
        )
    )
    ARRAY JOIN
        stage_code AS code, stage_workdays AS days, arrayEnumerate(stage_code) AS at,
        arrayMap(one -> one IS NULL, stage_ended) AS runs
    GROUP BY org_code, task_code, region_code, code, days
) AS a
GROUP BY org_code, task_code, region_code, code
