-- 收费按日
-- 粒度：每日（上海时间）每部门每收费项目一行
-- 时效：与办件状态同步
-- 示例：SELECT day, sum(paid_yuan) FROM v_charge_daily GROUP BY day ORDER BY day
CREATE OR REPLACE VIEW v_charge_daily
(
    day           Date                              COMMENT '缴费日',
    day_start     DateTime('Asia/Shanghai')         COMMENT '该日零点，供时间轴用',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    item_code     LowCardinality(String)            COMMENT '收费项目编码',
    item_name     LowCardinality(String)            COMMENT '收费项目名称',
    charges       UInt64                            COMMENT '缴费，笔，已冲正不计',
    paid_yuan     Decimal(38, 2)                    COMMENT '实缴金额，元',
    refunded_yuan Decimal(38, 2)                    COMMENT '这些缴费已退的金额，元',
    suspects      UInt64                            COMMENT '其中有在案收费信号，笔'
)
AS
SELECT
    toDate(paid_at, 'Asia/Shanghai') AS day,
    toDateTime(day, 'Asia/Shanghai') AS day_start,
    org_code,
    any(a.org_name) AS org_name,
    region_code,
    item_code,
    any(a.item_name) AS item_name,
    count() AS charges,
    sum(a.paid_yuan) AS paid_yuan,
    sum(a.refunded_yuan) AS refunded_yuan,
    countIf(suspect) AS suspects
FROM (SELECT *, assumeNotNull(paid_at) AS paid FROM v_charge WHERE paid_at IS NOT NULL AND state_name != '已冲正') AS a
GROUP BY day, org_code, region_code, item_code
