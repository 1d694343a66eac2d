-- 可疑收费
-- 粒度：在案的收费监察信号每张一行
-- 时效：与信号同步
-- 示例：SELECT money_sort, count(), sum(amount_yuan) FROM v_charge_suspect GROUP BY money_sort
CREATE OR REPLACE VIEW v_charge_suspect
(
    card_id       String                            COMMENT '监察编号',
    link          String                            COMMENT '该信号的地址',
    case_id       String                            COMMENT '办件编号',
    case_link     String                            COMMENT '办件的地址',
    subject       String                            COMMENT '缴款单号或核费单号',
    rule_id       LowCardinality(String)            COMMENT '监察规则编号',
    rule_name     LowCardinality(String)            COMMENT '监察规则名称',
    level         LowCardinality(String)            COMMENT '级别代码',
    level_rank    UInt8                             COMMENT '级别次序',
    level_name    LowCardinality(String)            COMMENT '级别',
    level_sign    LowCardinality(String)            COMMENT '级别带符号',
    state_name    LowCardinality(String)            COMMENT '状态',
    unanswered    Bool                              COMMENT '是否待反馈',
    money_sort    LowCardinality(String)            COMMENT '金额的性质：不该收的、该收未收的、未缴入国库的',
    amount_yuan   Decimal(18, 2)                    COMMENT '涉及金额，元，已扣除退费与缴存',
    item_code     String                            COMMENT '收费项目编码',
    item_name     String                            COMMENT '收费项目名称，目录未载者为编码',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    condition_at  DateTime64(6, 'Asia/Shanghai')    COMMENT '条件成立时间',
    raised_at     DateTime64(6, 'Asia/Shanghai')    COMMENT '首次生成时间'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT (groupArray(item_code), groupArray(name)) FROM dim_fee FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS items,
    (SELECT (groupArray(rule_id), groupArray(toUInt8(indexOf(figures, '收费项目')))) FROM dim_rule FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS places
SELECT
    a.card_id AS card_id, a.link AS link, a.case_id AS case_id, a.case_link AS case_link, a.subject AS subject,
    a.rule_id AS rule_id, a.rule_name AS rule_name, a.level AS level, a.level_rank AS level_rank,
    a.level_name AS level_name, a.level_sign AS level_sign, a.state_name AS state_name, a.unanswered AS unanswered,
    a.money_sort AS money_sort, a.amount_yuan AS amount_yuan,
    b.item AS item_code,
    transform(b.item, items.1, items.2, b.item) AS item_name,
    a.org_code AS org_code, a.org_name AS org_name, a.task_code AS task_code, a.task_name AS task_name,
    a.region_code AS region_code, a.condition_at AS condition_at, a.raised_at AS raised_at
FROM (SELECT * FROM v_card WHERE standing AND family = 4) AS a
GLOBAL ANY LEFT JOIN
(
    SELECT card_id, JSONExtractString(JSONExtractArrayRaw(finding, 'figures')[transform(rule_id, places.1, places.2, toUInt8(0))]) AS item
    FROM card FINAL
    WHERE run = current.1 AND rule_id LIKE 'FE\\_%'
) AS b ON a.card_id = b.card_id
