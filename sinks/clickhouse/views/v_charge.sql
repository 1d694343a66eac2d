-- 收费
-- 粒度：每笔缴费一行；核费而未缴的每笔一行
-- 时效：与办件状态同步
-- 示例：SELECT item_name, sum(paid_yuan), sum(refunded_yuan) FROM v_charge GROUP BY item_name
CREATE OR REPLACE VIEW v_charge
(
    case_id       String                            COMMENT '办件编号',
    case_link     String                            COMMENT '办件的地址',
    charge_key    String                            COMMENT '缴款单号；未缴的为核费单号',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    payee_code    LowCardinality(String)            COMMENT '收款单位代码',
    item_code     LowCardinality(String)            COMMENT '收费项目编码，未写明为空',
    item_name     LowCardinality(String)            COMMENT '收费项目名称，目录未载者为编码',
    assessed_at   Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '核费时间',
    due_yuan      Nullable(Decimal(18, 2))          COMMENT '应缴金额，元；没有核费为空',
    paid_at       Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '缴费时间，未缴为空',
    paid_yuan     Decimal(18, 2)                    COMMENT '实缴金额，元；未缴、已冲正为 0',
    refunded_yuan Decimal(18, 2)                    COMMENT '已退金额，元',
    net_yuan      Decimal(18, 2)                    COMMENT '实缴减已退，元',
    deposited_yuan Decimal(18, 2)                   COMMENT '已缴存金额，元',
    state_name    LowCardinality(String)            COMMENT '状态：未缴、已缴、部分退、已退、已冲正',
    service       Bool                              COMMENT '是否第三方服务费或寄递费',
    receipt       Bool                              COMMENT '是否已开票据',
    method        LowCardinality(String)            COMMENT '缴款方式代码',
    account       LowCardinality(String)            COMMENT '收款账户类别代码',
    suspect       Bool                              COMMENT '是否有在案收费信号'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT (groupArray(item_code), groupArray(name)) FROM dim_fee FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS items,
    (SELECT (groupArray(task_code), groupArray(name)) FROM dim_matter FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS matters,
    (SELECT (groupArray(org_code), groupArray(name)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies
SELECT
    case_id,
    concat('/case/', encodeURLComponent(case_id)) AS case_link,
    key AS charge_key,
    task_code,
    transform(task_code, matters.1, matters.2, toString(task_code)) AS task_name,
    org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    region_code,
    payee AS payee_code,
    item AS item_code,
    transform(item, items.1, items.2, toString(item)) AS item_name,
    assessed AS assessed_at,
    due AS due_yuan,
    paid AS paid_at,
    ifNull(amount, 0) AS paid_yuan,
    refunded AS refunded_yuan,
    paid_yuan - refunded AS net_yuan,
    deposited AS deposited_yuan,
    multiIf(undone, '已冲正', paid IS NULL, '未缴', refunded > 0 AND refunded >= paid_yuan, '已退', refunded > 0, '部分退', '已缴') AS state_name,
    other AS service,
    ticket AS receipt,
    how AS method,
    account_class AS account,
    (case_id, key) GLOBAL IN (
        SELECT scope, subject FROM card FINAL WHERE run = current.1 AND standing AND rule_id LIKE 'FE\\_%') AS suspect
FROM case_part FINAL
ARRAY JOIN
    charge_key AS key, charge_org AS payee, charge_item AS item, charge_assessed AS assessed, charge_due AS due,
    charge_paid_at AS paid, charge_paid AS amount, charge_refunded AS refunded, charge_deposited AS deposited,
    charge_reversed AS undone, charge_service AS other, charge_receipt AS ticket, charge_method AS how,
    charge_account AS account_class
WHERE run = current.1
