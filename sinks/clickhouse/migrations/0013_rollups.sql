-- What screens count of millions of cases, counted beforehand. A reckoning (computed_at) is written whole in one insert
-- and the last one holds; where there is none for a run, the views count from the cases themselves.

CREATE TABLE case_day
(
    run            LowCardinality(String)           COMMENT '运行编号',
    slot           UInt8                            COMMENT '两次归并轮流用 0 与 1：算新的一次时，旧的仍可读',
    day            Date32                           COMMENT '日期',
    org_code       LowCardinality(String)           COMMENT '责任部门代码',
    task_code      LowCardinality(String)           COMMENT '实施编码',
    region_code    LowCardinality(String)           COMMENT '行政区划代码',
    submitted      UInt64                           COMMENT '当日申办，件',
    accepted       UInt64                           COMMENT '当日受理，件',
    closed         UInt64                           COMMENT '当日办结，件',
    timed          UInt64                           COMMENT '其中承诺到期日确定，件',
    late           UInt64                           COMMENT '其中逾期办结，件',
    seconds        UInt64                           COMMENT '当日办结者自受理至办结合计，秒',
    lasted_days    Array(UInt32)                    COMMENT '当日办结者自受理至办结，满几日',
    lasted_cases   Array(UInt64)                    COMMENT '各有几件',
    computed_at    DateTime64(6, 'Asia/Shanghai')   COMMENT '算出时间；最后一次为准'
)
ENGINE = ReplacingMergeTree(computed_at)
ORDER BY (run, slot, day, org_code, task_code, region_code)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '按日归并的办件';

CREATE TABLE stage_sum
(
    run            LowCardinality(String)           COMMENT '运行编号',
    slot           UInt8                            COMMENT '两次归并轮流用 0 与 1：算新的一次时，旧的仍可读',
    org_code       LowCardinality(String)           COMMENT '责任部门代码',
    task_code      LowCardinality(String)           COMMENT '实施编码',
    region_code    LowCardinality(String)           COMMENT '行政区划代码',
    stage_code     String                           COMMENT '环节代码',
    passed         UInt64                           COMMENT '已经过，次',
    running        UInt64                           COMMENT '正在此环节，件次',
    workdays       Array(UInt32)                    COMMENT '用时，工作日',
    times          Array(UInt64)                    COMMENT '各有几次',
    held           UInt64                           COMMENT '被它拖住的超期办件，件',
    held_workdays  UInt64                           COMMENT '这些办件在此环节的用时合计，工作日',
    computed_at    DateTime64(6, 'Asia/Shanghai')   COMMENT '算出时间；最后一次为准'
)
ENGINE = ReplacingMergeTree(computed_at)
ORDER BY (run, slot, org_code, task_code, region_code, stage_code)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '归并的环节用时';

CREATE TABLE charge_day
(
    run            LowCardinality(String)           COMMENT '运行编号',
    slot           UInt8                            COMMENT '两次归并轮流用 0 与 1：算新的一次时，旧的仍可读',
    day            Date32                           COMMENT '缴费日',
    org_code       LowCardinality(String)           COMMENT '责任部门代码',
    region_code    LowCardinality(String)           COMMENT '行政区划代码',
    item_code      LowCardinality(String)           COMMENT '收费项目编码',
    charges        UInt64                           COMMENT '缴费，笔，已冲正不计',
    paid_yuan      Decimal(38, 2)                   COMMENT '实缴金额，元',
    refunded_yuan  Decimal(38, 2)                   COMMENT '这些缴费已退的金额，元',
    suspects       UInt64                           COMMENT '其中有在案收费信号，笔',
    computed_at    DateTime64(6, 'Asia/Shanghai')   COMMENT '算出时间；最后一次为准'
)
ENGINE = ReplacingMergeTree(computed_at)
ORDER BY (run, slot, day, org_code, region_code, item_code)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '按日归并的收费';

ALTER TABLE card
    ADD COLUMN IF NOT EXISTS amounts Array(Decimal(18, 2))
    MATERIALIZED arrayMap(one -> toDecimal64OrZero(JSONExtractString(one, 'decimal'), 2), JSONExtractArrayRaw(finding, 'figures'))
    COMMENT '算式各数中的金额，按次序，元；不是金额的为 0';
