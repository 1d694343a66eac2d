-- What is known of each case at the end of a run.

CREATE TABLE case_state
(
    run               LowCardinality(String)        COMMENT '运行编号',
    case_id           String                        COMMENT '办件编号',
    task_code         LowCardinality(String)        COMMENT '实施编码',
    task_name         LowCardinality(String)        COMMENT '事项名称',
    org_code          LowCardinality(String)        COMMENT '责任部门代码',
    org_name          LowCardinality(String)        COMMENT '责任部门名称',
    region_code       LowCardinality(String)        COMMENT '行政区划代码',
    profile           LowCardinality(String)        COMMENT '阈值方案',
    submitted_at      Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '申办时间',
    accepted_at       Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '受理时间',
    decided_at        Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '决定时间',
    closed_at         Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '办结或撤回时间',
    promise_due       Nullable(Date32)              COMMENT '承诺到期日',
    promise_certain   Bool                          COMMENT '承诺到期日所需的工作日历是否齐备',
    statutory_due     Nullable(Date32)              COMMENT '法定到期日',
    statutory_certain Bool                          COMMENT '法定到期日所需的工作日历是否齐备',
    suspended         Bool                          COMMENT '是否挂起中（特别程序未结束）',
    open              Bool                          COMMENT '是否在办',
    broken            Bool                          COMMENT '是否有记录在隔离区',
    events            UInt32                        COMMENT '记录条数',
    cards             UInt32                        COMMENT '监察信号张数',
    standing          UInt32                        COMMENT '成立或待核的张数',
    worst             Nullable(Enum8('notice' = 1, 'yellow' = 2, 'red' = 3)) COMMENT '成立或待核者的最高级别',
    next_review       Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '下次复核时刻'
)
ENGINE = ReplacingMergeTree
ORDER BY (run, case_id)
COMMENT '办件状态：每件一行，运行结束时的样子';
