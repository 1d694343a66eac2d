-- What was read: records as they were judged, and those put aside.
-- No partitions: an archive may span decades, and one insert is whole or not at all only within one partition.

CREATE TABLE event
(
    source        LowCardinality(String)            COMMENT '来源文件的键：文件与映射内容的摘要',
    seq           UInt64                            COMMENT '在来源中的序号；一行一条的文件即行号',
    case_id       String                            COMMENT '办件编号；不属于任何办件的记录为空',
    event_id      String                            COMMENT '事件编号',
    event_type    LowCardinality(String)            COMMENT '事件类型',
    occurred_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '发生时间，来源所称',
    reported_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '到达时间；来源未给则同发生时间',
    org_code      LowCardinality(String)            COMMENT '部门统一社会信用代码',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    data_source   LowCardinality(String)            COMMENT '数据来源',
    data_version  Int64                             COMMENT '数据版本号',
    amount_yuan   Nullable(Decimal(18, 2))          COMMENT '收费、减免、退费、缴库事件的金额，元',
    defects       Array(String)                     COMMENT '读不出的字段及原因',
    digest        FixedString(32)                   COMMENT '记录内容的 SHA-256',
    record        String CODEC(ZSTD(1))             COMMENT '记录原文：规范 JSON，自由文本中的证件号与手机号已遮盖',
    file          LowCardinality(String)            COMMENT '来源文件',
    line          Nullable(UInt64)                  COMMENT '行号，从 1 起',
    trace         String                            COMMENT '文件内的轨迹或行的名称'
)
ENGINE = ReplacingMergeTree
ORDER BY (case_id, source, seq)
COMMENT '事件档案：每条读入并判定过的记录，含重复件';

CREATE TABLE quarantine
(
    run           LowCardinality(String)            COMMENT '运行编号',
    position      UInt64                            COMMENT '在本次运行中的次序，从 1 起',
    file          LowCardinality(String)            COMMENT '来源文件',
    line          Nullable(UInt64)                  COMMENT '行号，从 1 起',
    trace         String                            COMMENT '文件内的轨迹或行的名称',
    field         LowCardinality(String)            COMMENT '读不出的字段',
    reason        String                            COMMENT '隔离原因',
    case_id       String                            COMMENT '办件编号，仍可读出时',
    size          UInt64                            COMMENT '原文长度，字节',
    digest        String                            COMMENT '原文的 SHA-256，十六进制',
    record        String CODEC(ZSTD(1))             COMMENT '原文，证件号与手机号已遮盖，过长则只留开头'
)
ENGINE = ReplacingMergeTree
ORDER BY (run, position)
COMMENT '隔离区：无法归位的记录及其原因';
