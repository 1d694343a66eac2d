-- 办件的环节
-- 粒度：办件每次经过一个环节一行，更正与作废已计入
-- 时效：与办件状态同步
-- 示例：SELECT stage_name, started, ended, workdays FROM v_case_stage WHERE case_id = 'ABC' ORDER BY position
CREATE OR REPLACE VIEW v_case_stage
(
    case_id       String                            COMMENT '办件编号',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    position      UInt32                            COMMENT '按结束先后的次序，从 1 起，未结束在后',
    stage_code    String                            COMMENT '环节代码',
    stage_name    String                            COMMENT '环节名称，目录未载者为代码',
    occurrence    UInt16                            COMMENT '第几次经过',
    started       Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '开始时间',
    ended         Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '结束时间，未结束为空',
    running       Bool                              COMMENT '是否进行中',
    workdays      UInt32                            COMMENT '自上一环节结束（首个自受理）至本环节结束，工作日，含等待',
    hours         Nullable(Float64)                 COMMENT '自开始至结束，小时；缺一头为空',
    result_name   LowCardinality(String)            COMMENT '环节结果，没有为空'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT (groupArray((task_code, stage_code)), groupArray(name)) FROM dim_stage FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS stages,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'stage_result') AS results
SELECT
    case_id,
    task_code,
    org_code,
    region_code,
    at AS position,
    toString(code) AS stage_code,
    if(indexOf(stages.1, (toString(task_code), toString(code))) > 0,
        stages.2[indexOf(stages.1, (toString(task_code), toString(code)))], toString(code)) AS stage_name,
    times AS occurrence,
    begun AS started,
    done AS ended,
    done IS NULL AND begun IS NOT NULL AS running,
    days AS workdays,
    round(dateDiff('second', begun, done) / 3600, 2) AS hours,
    transform(outcome, results.1, results.2, toString(outcome)) AS result_name
FROM
(
    SELECT case_id, task_code, org_code, region_code, at, code, times, begun, done, days, outcome
    FROM case_part FINAL
    ARRAY JOIN
        stage_code AS code, stage_occurrence AS times, stage_started AS begun, stage_ended AS done,
        stage_workdays AS days, stage_result AS outcome, arrayEnumerate(stage_code) AS at
    WHERE run = current.1
)
