-- What a case consists of, folded: voided events are gone from it, corrected ones corrected, told twice is once.
-- One row a case, so that a part that falls away leaves nothing behind. Lists of one prefix are read side by side.

CREATE TABLE case_part
(
    run               LowCardinality(String)        COMMENT '运行编号',
    case_id           String                        COMMENT '办件编号',
    version           UInt64                        COMMENT '新旧：大者为准',
    task_code         LowCardinality(String)        COMMENT '实施编码',
    org_code          LowCardinality(String)        COMMENT '责任部门代码',
    region_code       LowCardinality(String)        COMMENT '行政区划代码',
    result            LowCardinality(String)        COMMENT '办结结果代码，未办结为空',
    priority          LowCardinality(String)        COMMENT '绿色通道等优先级',

    stage_code        Array(LowCardinality(String)) COMMENT '环节代码',
    stage_occurrence  Array(UInt16)                 COMMENT '第几次经过该环节',
    stage_started     Array(Nullable(DateTime64(6, 'Asia/Shanghai'))) COMMENT '环节开始时间',
    stage_ended       Array(Nullable(DateTime64(6, 'Asia/Shanghai'))) COMMENT '环节结束时间',
    stage_workdays    Array(UInt32)                 COMMENT '自上一环节结束（首个自受理）至本环节结束的工作日数，未结束者至算出时',
    stage_result      Array(LowCardinality(String)) COMMENT '环节结果代码',

    pause_kind        Array(LowCardinality(String)) COMMENT '特别程序种类',
    pause_event       Array(String)                 COMMENT '特别程序开始的事件编号',
    pause_started     Array(DateTime64(6, 'Asia/Shanghai')) COMMENT '特别程序开始时间',
    pause_ended       Array(Nullable(DateTime64(6, 'Asia/Shanghai'))) COMMENT '特别程序结束时间',

    clock_kind        Array(LowCardinality(String)) COMMENT '时限：promise 承诺、statutory 法定',
    clock_start       Array(Date32)                 COMMENT '起算日，当日不计',
    clock_limit       Array(String)                 COMMENT '时限长度',
    clock_working     Array(Bool)                   COMMENT '是否按工作日计',
    clock_base        Array(Date32)                 COMMENT '原到期日，未计特别程序与延长',
    clock_due         Array(Nullable(Date32))       COMMENT '到期日，挂起未结束时为空',
    clock_stop        Array(Nullable(Date32))       COMMENT '停止日，未停止为空',
    clock_certain     Array(Bool)                   COMMENT '所需的工作日历是否齐备',
    clock_basis       Array(String)                 COMMENT '依据',

    span_clock        Array(LowCardinality(String)) COMMENT '所属时限',
    span_kind         Array(LowCardinality(String)) COMMENT '种类：excluded 不计入、added 延长',
    span_after        Array(Date32)                 COMMENT '自该日之后',
    span_through      Array(Nullable(Date32))       COMMENT '至该日（含），未结束为空',
    span_n            Array(UInt32)                 COMMENT '日数，按时限的单位',
    span_event        Array(String)                 COMMENT '所据事件编号',

    charge_key        Array(String)                 COMMENT '缴款单号；未缴的为核费单号',
    charge_item       Array(LowCardinality(String)) COMMENT '收费项目编码',
    charge_org        Array(LowCardinality(String)) COMMENT '收费部门代码',
    charge_assess_no  Array(String)                 COMMENT '核费单号',
    charge_assessed   Array(Nullable(DateTime64(6, 'Asia/Shanghai'))) COMMENT '核费时间',
    charge_due        Array(Nullable(Decimal(18, 2))) COMMENT '应缴金额，元',
    charge_paid_at    Array(Nullable(DateTime64(6, 'Asia/Shanghai'))) COMMENT '缴费时间，未缴为空',
    charge_paid       Array(Nullable(Decimal(18, 2))) COMMENT '实缴金额，元；已冲正者视同未缴，为 0',
    charge_refunded   Array(Decimal(18, 2))         COMMENT '已退金额，元',
    charge_deposited  Array(Decimal(18, 2))         COMMENT '已缴存金额，元',
    charge_reversed   Array(Bool)                   COMMENT '是否已冲正',
    charge_service    Array(Bool)                   COMMENT '是否第三方服务费或寄递费',
    charge_receipt    Array(Bool)                   COMMENT '是否已开票据',
    charge_method     Array(LowCardinality(String)) COMMENT '缴款方式',
    charge_account    Array(LowCardinality(String)) COMMENT '收款账户类别'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (run, case_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '办件明细：环节、特别程序、时限、收费，每件一行';
