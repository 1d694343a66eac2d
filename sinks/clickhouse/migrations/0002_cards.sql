-- What was said: cards as they stand, and every change of them.

CREATE TABLE card
(
    run           LowCardinality(String)            COMMENT '运行编号',
    card_id       String                            COMMENT '监察编号',
    rule_id       LowCardinality(String)            COMMENT '监察规则编号',
    rule_version  UInt32                            COMMENT '监察规则版本',
    rule_name     LowCardinality(String)            COMMENT '监察规则名称',
    scope         String                            COMMENT '所属办件编号；二级监察为部门代码',
    tier          Enum8('case' = 1, 'agency' = 2)   COMMENT '监察层级：一级对办件，二级对部门',
    subject       String                            COMMENT '监察对象',
    level         Enum8('notice' = 1, 'yellow' = 2, 'red' = 3) COMMENT '级别：预警、黄牌、红牌',
    peak          Enum8('notice' = 1, 'yellow' = 2, 'red' = 3) COMMENT '曾达到的最高级别',
    state         LowCardinality(String)            COMMENT '状态',
    verified      Bool                              COMMENT '是否已经认定；条件结束之后仍计',
    standing      Bool                              COMMENT '是否成立或待核',
    condition_at  DateTime64(6, 'Asia/Shanghai')    COMMENT '条件成立时间',
    known_at      DateTime64(6, 'Asia/Shanghai')    COMMENT '最近一次变动的获知时间',
    raised_at     DateTime64(6, 'Asia/Shanghai')    COMMENT '首次生成时间',
    ended         Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '条件结束时间',
    merged_into   String                            COMMENT '并入的监察编号',
    org_code      LowCardinality(Nullable(String))  COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    task_code     LowCardinality(Nullable(String))  COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称',
    region_code   LowCardinality(Nullable(String))  COMMENT '行政区划代码',
    profile       LowCardinality(String)            COMMENT '阈值方案',
    seq           UInt32                            COMMENT '变动次数',
    historic      Bool                              COMMENT '是否历史：条件成立于部门上线之前，不送达、不计分',
    events        Array(String)                     COMMENT '作为证据的事件编号',
    digest        String                            COMMENT '认定内容的摘要',
    finding       String CODEC(ZSTD(1))             COMMENT '认定：各级起始时刻、证据、算式数字，JSON',
    grounds       String CODEC(ZSTD(1))             COMMENT '并入的其他理由，JSON',
    contested     Nullable(String) CODEC(ZSTD(1))   COMMENT '待核时的另一判定，JSON'
)
ENGINE = ReplacingMergeTree
ORDER BY (run, card_id)
COMMENT '监察信号：每张一行，最近的样子';

CREATE TABLE card_transition
(
    run           LowCardinality(String)            COMMENT '运行编号',
    card_id       String                            COMMENT '监察编号',
    seq           UInt32                            COMMENT '该信号的第几次变动，从 1 起',
    position      UInt64                            COMMENT '在本次运行全部变动中的次序，从 1 起',
    move          LowCardinality(String)            COMMENT '变动：生成、升级、降级、维持、待核、撤回、恢复、并入、结束、督办',
    level_before  Nullable(Enum8('notice' = 1, 'yellow' = 2, 'red' = 3)) COMMENT '变动前级别',
    state_before  LowCardinality(Nullable(String))  COMMENT '变动前状态',
    cause         String                            COMMENT '引起变动的事件编号；到时触发则为空',
    reason        String                            COMMENT '变动原因',
    rule_id       LowCardinality(String)            COMMENT '监察规则编号',
    rule_version  UInt32                            COMMENT '监察规则版本',
    scope         String                            COMMENT '所属办件编号；二级监察为部门代码',
    subject       String                            COMMENT '监察对象',
    level         Enum8('notice' = 1, 'yellow' = 2, 'red' = 3) COMMENT '级别：预警、黄牌、红牌',
    peak          Enum8('notice' = 1, 'yellow' = 2, 'red' = 3) COMMENT '曾达到的最高级别',
    state         LowCardinality(String)            COMMENT '状态',
    verified      Bool                              COMMENT '是否已经认定；条件结束之后仍计',
    condition_at  DateTime64(6, 'Asia/Shanghai')    COMMENT '条件成立时间',
    known_at      DateTime64(6, 'Asia/Shanghai')    COMMENT '获知时间',
    ended         Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '条件结束时间',
    merged_into   String                            COMMENT '并入的监察编号',
    org_code      LowCardinality(Nullable(String))  COMMENT '责任部门代码',
    task_code     LowCardinality(Nullable(String))  COMMENT '实施编码',
    region_code   LowCardinality(Nullable(String))  COMMENT '行政区划代码',
    profile       LowCardinality(String)            COMMENT '阈值方案',
    digest        String                            COMMENT '认定内容的摘要',
    finding       String CODEC(ZSTD(1))             COMMENT '认定：各级起始时刻、证据、算式数字，JSON',
    grounds       String CODEC(ZSTD(1))             COMMENT '并入的其他理由，JSON',
    contested     Nullable(String) CODEC(ZSTD(1))   COMMENT '待核时的另一判定，JSON'
)
ENGINE = ReplacingMergeTree
ORDER BY (run, card_id, seq)
COMMENT '监察信号的每一次变动，只增不改';
