-- 在案监察信号，轻重有序
-- 粒度：成立或待核的监察信号每张一行，待反馈与级别高者在前
-- 时效：与信号同步
-- 示例：SELECT card_id, org_name, rule_name, level_name, state_name, workdays FROM v_card_open WHERE unanswered LIMIT 50
CREATE OR REPLACE VIEW v_card_open
(
    card_id       String                            COMMENT '监察编号',
    link          String                            COMMENT '该信号的地址',
    rule_id       LowCardinality(String)            COMMENT '监察规则编号',
    rule_name     LowCardinality(String)            COMMENT '监察规则名称',
    family        UInt8                             COMMENT '监察类型代码',
    family_name   LowCardinality(String)            COMMENT '监察类型',
    tier          LowCardinality(String)            COMMENT '监察层级：case 对办件，agency 对部门',
    case_id       String                            COMMENT '办件编号；对部门的为空',
    case_link     String                            COMMENT '办件的地址；对部门的为空',
    subject       String                            COMMENT '监察对象',
    level         LowCardinality(String)            COMMENT '级别代码',
    level_rank    UInt8                             COMMENT '级别次序：1 预警 2 黄牌 3 红牌',
    level_name    LowCardinality(String)            COMMENT '级别',
    level_sign    LowCardinality(String)            COMMENT '级别带符号',
    state         LowCardinality(String)            COMMENT '状态代码',
    state_name    LowCardinality(String)            COMMENT '状态',
    unanswered    Bool                              COMMENT '是否待反馈',
    historic      Bool                              COMMENT '是否历史',
    condition_at  DateTime64(6, 'Asia/Shanghai')    COMMENT '条件成立时间',
    raised_at     DateTime64(6, 'Asia/Shanghai')    COMMENT '首次生成时间',
    known_at      DateTime64(6, 'Asia/Shanghai')    COMMENT '最近变动时间',
    days          Int32                             COMMENT '条件成立至今，自然日',
    workdays      Nullable(Int32)                   COMMENT '条件成立至今，工作日',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    amount_yuan   Decimal(18, 2)                    COMMENT '涉及金额，元',
    urgency       UInt16                            COMMENT '轻重次序，大者先看'
)
AS
SELECT
    card_id, link, rule_id, rule_name, family, family_name, tier, case_id, case_link, subject,
    level, level_rank, level_name, level_sign, state, state_name, unanswered, historic,
    condition_at, raised_at, known_at, days, workdays, org_code, org_name, task_code, task_name, region_code,
    amount_yuan, urgency
FROM v_card
WHERE standing
ORDER BY urgency DESC, condition_at, card_id
