-- 问：各部门的承诺时限是法定时限的几成？
SELECT org_name, matters, round(100 * promise_ratio, 1) AS promise_percent
FROM v_org
WHERE promise_ratio IS NOT NULL
ORDER BY promise_percent, org_name
