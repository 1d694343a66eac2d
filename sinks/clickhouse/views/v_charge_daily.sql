-- 收费按日
-- 粒度：每日（上海时间）每部门每收费项目一行
-- 时效：随归并（回放写入时，在线每几分钟）；没有归并时逐笔算出
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
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT maxOrNull(computed_at) FROM charge_day WHERE run = (SELECT any(run) FROM v_current)) AS reckoned,
    (SELECT (groupArray(item_code), groupArray(name)) FROM dim_fee FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS items,
    (SELECT (groupArray(org_code), groupArray(name)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies
SELECT
    a.day AS day,
    toDateTime(a.day, 'Asia/Shanghai') AS day_start,
    org_code,
    transform(org_code, agencies.1, agencies.2, toString(org_code)) AS org_name,
    region_code,
    item_code,
    transform(item_code, items.1, items.2, toString(item_code)) AS item_name,
    charges,
    paid_yuan,
    refunded_yuan,
    suspects
FROM
(
    SELECT toDate(one.day) AS day, org_code, region_code, item_code, charges, paid_yuan, refunded_yuan, suspects
    FROM charge_day AS one
    WHERE run = current.1 AND computed_at = reckoned
    UNION ALL
    SELECT day, org_code, region_code, item_code, charges, paid_yuan, refunded_yuan, suspects
    FROM v_exact_charge_day
    WHERE reckoned IS NULL
) AS a
