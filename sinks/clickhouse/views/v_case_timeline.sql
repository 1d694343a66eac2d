-- 办件的经过
-- 粒度：办件的每条记录一行，含重复、作废与更正；按办件编号查询
-- 时效：与事件同步
-- 示例：SELECT occurred_at, event_name, stage_name, lag_minutes FROM v_case_timeline WHERE case_id = 'ABC' ORDER BY position
CREATE OR REPLACE VIEW v_case_timeline
(
    case_id       String                            COMMENT '办件编号',
    position      UInt64                            COMMENT '按发生先后的次序，从 1 起',
    occurred_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '发生时间，来源所称',
    reported_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '到达时间',
    lag_minutes   Int64                             COMMENT '自发生至到达，分钟',
    event_id      String                            COMMENT '事件编号',
    event_type    LowCardinality(String)            COMMENT '事件类型代码',
    event_name    LowCardinality(String)            COMMENT '事件类型',
    stage_code    String                            COMMENT '环节代码，与环节无关为空',
    stage_name    String                            COMMENT '环节名称',
    kind_name     LowCardinality(String)            COMMENT '特别程序种类，与之无关为空',
    result_name   LowCardinality(String)            COMMENT '结果，没有为空',
    amount_yuan   Nullable(Decimal(18, 2))          COMMENT '金额，元',
    title         String                            COMMENT '一行说明：事件、环节、结果、金额',
    org_code      LowCardinality(String)            COMMENT '部门代码',
    data_source   LowCardinality(String)            COMMENT '数据来源',
    duplicate     Bool                              COMMENT '是否重复件：同一事件编号先已到达',
    voided        Bool                              COMMENT '是否后被作废',
    corrected     Bool                              COMMENT '是否后被更正',
    defects       UInt64                            COMMENT '读不出的字段，个',
    text_chars    UInt64                            COMMENT '意见、理由等自由文本的字数；原文只供保管角色查阅',
    text_digest   String                            COMMENT '自由文本的 SHA-256，十六进制前 16 位；没有为空'
)
AS
WITH
    (SELECT any((run, edition, sources)) FROM v_current) AS current,
    (SELECT any(ifNull(as_of, toDateTime64('2299-12-31 00:00:00', 6, 'Asia/Shanghai'))) FROM run FINAL WHERE run = (SELECT any(run) FROM v_current)) AS until,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'event') AS kinds,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'pause') AS pauses,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind IN ('result', 'stage_result')) AS results,
    (SELECT (groupArray((task_code, stage_code)), groupArray(name)) FROM dim_stage FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS stages
SELECT
    case_id,
    row_number() OVER (PARTITION BY case_id ORDER BY occurred_at, reported_at, source, seq) AS position,
    occurred_at,
    reported_at,
    dateDiff('minute', occurred_at, reported_at) AS lag_minutes,
    event_id,
    event_type,
    transform(event_type, kinds.1, kinds.2, toString(event_type)) AS event_name,
    JSONExtractString(record, 'stage_code') AS stage_code,
    multiIf(
        JSONHas(record, 'stage_name'), JSONExtractString(record, 'stage_name'),
        indexOf(stages.1, (toString(task_code), stage_code)) > 0, stages.2[indexOf(stages.1, (toString(task_code), stage_code))],
        stage_code) AS stage_name,
    if(event_type LIKE 'pause.%', transform(JSONExtractString(record, 'kind'), pauses.1, pauses.2, JSONExtractString(record, 'kind')), '') AS kind_name,
    transform(JSONExtractString(record, 'result'), results.1, results.2, JSONExtractString(record, 'result')) AS result_name,
    amount_yuan,
    arrayStringConcat(arrayFilter(one -> one != '', [
        toString(event_name), stage_name, toString(kind_name), toString(result_name),
        if(amount_yuan IS NULL, '', concat(toString(assumeNotNull(amount_yuan)), ' 元'))]), ' · ') AS title,
    org_code,
    data_source,
    row_number() OVER (PARTITION BY case_id, event_id ORDER BY reported_at, source, seq) > 1 AS duplicate,
    has(groupUniqArrayIf(JSONExtractString(record, 'target_event_id'), event_type = 'event.voided') OVER (PARTITION BY case_id), event_id) AS voided,
    has(groupUniqArrayIf(JSONExtractString(record, 'target_event_id'), event_type = 'event.corrected') OVER (PARTITION BY case_id), event_id) AS corrected,
    length(defects) AS defects,
    lengthUTF8(arrayStringConcat(texts)) AS text_chars,
    if(empty(arrayStringConcat(texts)), '', lower(substring(hex(SHA256(arrayStringConcat(texts, '\n'))), 1, 16))) AS text_digest
FROM
(
    SELECT *, arrayMap(name -> JSONExtractString(record, name), ['opinion', 'reason', 'reason_text', 'source_reason', 'text', 'ground', 'clue']) AS texts
    FROM event FINAL
)
WHERE has(current.3, source) AND reported_at <= until AND case_id != ''
