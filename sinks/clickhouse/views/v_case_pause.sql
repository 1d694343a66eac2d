-- 办件的特别程序
-- 粒度：办件的每次特别程序（挂起）一行
-- 时效：与办件状态同步
-- 示例：SELECT kind_name, started, ended, stops_clock FROM v_case_pause WHERE case_id = 'ABC'
CREATE OR REPLACE VIEW v_case_pause
(
    case_id       String                            COMMENT '办件编号',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    event_id      String                            COMMENT '开始的事件编号',
    kind          LowCardinality(String)            COMMENT '种类代码',
    kind_name     LowCardinality(String)            COMMENT '种类',
    started       DateTime64(6, 'Asia/Shanghai')    COMMENT '开始时间',
    ended         Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '结束时间，未结束为空',
    stops_clock   Bool                              COMMENT '是否有时限因它不计入时间',
    excluded      UInt32                            COMMENT '承诺时限因它不计入的日数，按时限的单位'
)
AS
WITH
    (SELECT any(run) FROM v_current) AS current,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'pause') AS pauses
SELECT
    case_id,
    task_code,
    org_code,
    by AS event_id,
    what AS kind,
    transform(what, pauses.1, pauses.2, toString(what)) AS kind_name,
    since AS started,
    until AS ended,
    has(span_event, by) AS stops_clock,
    arraySum((n, one, clock, span) -> if(one = by AND clock = 'promise' AND span = 'excluded', n, 0), span_n, span_event, span_clock, span_kind) AS excluded
FROM case_part FINAL
ARRAY JOIN pause_event AS by, pause_kind AS what, pause_started AS since, pause_ended AS until
WHERE run = current
