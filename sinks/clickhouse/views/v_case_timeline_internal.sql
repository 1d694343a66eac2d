-- 办件的经过，内部：含经办人
-- 粒度：办件的每条记录一行；按办件编号查询；只供内部角色
-- 时效：与事件同步
-- 示例：SELECT occurred_at, event_name, operator_name FROM v_case_timeline_internal WHERE case_id = 'ABC' ORDER BY occurred_at
CREATE OR REPLACE VIEW v_case_timeline_internal
(
    case_id       String                            COMMENT '办件编号',
    occurred_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '发生时间，来源所称',
    reported_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '到达时间',
    event_id      String                            COMMENT '事件编号',
    event_type    LowCardinality(String)            COMMENT '事件类型代码',
    event_name    LowCardinality(String)            COMMENT '事件类型',
    stage_code    String                            COMMENT '环节代码，与环节无关为空',
    org_code      LowCardinality(String)            COMMENT '部门代码',
    operator_id   String                            COMMENT '经办人编号',
    operator_name String                            COMMENT '经办人姓名，来源未给为空'
)
AS
WITH
    (SELECT any(sources) FROM v_current) AS current,
    (SELECT any(ifNull(as_of, toDateTime64('2299-12-31 00:00:00', 6, 'Asia/Shanghai'))) FROM run FINAL WHERE run = (SELECT any(run) FROM v_current)) AS until,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'event') AS kinds
SELECT
    case_id,
    occurred_at,
    reported_at,
    event_id,
    event_type,
    transform(event_type, kinds.1, kinds.2, toString(event_type)) AS event_name,
    JSONExtractString(record, 'stage_code') AS stage_code,
    org_code,
    JSONExtractString(record, 'operator_id') AS operator_id,
    JSONExtractString(record, 'operator_name') AS operator_name
FROM event FINAL
WHERE has(current, source) AND reported_at <= until AND case_id != ''
