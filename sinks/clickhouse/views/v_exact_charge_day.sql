-- 收费按日，逐笔算出
-- 粒度：每日（上海时间）每部门每行政区划每收费项目一行；供归并与核对，屏幕请用 v_charge_daily
-- 时效：与办件状态同步
-- 示例：SELECT day, sum(paid_yuan) FROM v_exact_charge_day GROUP BY day ORDER BY day
CREATE OR REPLACE VIEW v_exact_charge_day
(
    day           Date                              COMMENT '缴费日',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    item_code     LowCardinality(String)            COMMENT '收费项目编码',
    charges       UInt64                            COMMENT '缴费，笔，已冲正不计',
    paid_yuan     Decimal(38, 2)                    COMMENT '实缴金额，元',
    refunded_yuan Decimal(38, 2)                    COMMENT '这些缴费已退的金额，元',
    suspects      UInt64                            COMMENT '其中有在案收费信号，笔'
)
AS
SELECT
    toDate(paid, 'Asia/Shanghai') AS day,
    org_code,
    region_code,
    item_code,
    count() AS charges,
    sum(a.paid_yuan) AS paid_yuan,
    sum(a.refunded_yuan) AS refunded_yuan,
    countIf(suspect) AS suspects
FROM (SELECT *, assumeNotNull(paid_at) AS paid FROM v_charge WHERE paid_at IS NOT NULL AND state_name != '已冲正') AS a
GROUP BY day, org_code, region_code, item_code
