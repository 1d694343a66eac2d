-- 问：各收费项目收了多少、退了多少、还欠多少没缴？
SELECT
    item_name,
    countIf(paid_at IS NOT NULL) AS charges,
    sum(paid_yuan) AS paid_in_yuan,
    sum(refunded_yuan) AS paid_back_yuan,
    sumIf(ifNull(due_yuan, 0), paid_at IS NULL) AS unpaid_yuan,
    countIf(suspect) AS suspects
FROM v_charge
WHERE NOT service
GROUP BY item_name
ORDER BY paid_in_yuan DESC, item_name
