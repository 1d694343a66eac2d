-- 问：问题最多的是哪些事项？
SELECT task_name, org_name, cases, red, yellow, overdue, round(days_avg, 1) AS days_avg
FROM v_task
WHERE cases > 0
ORDER BY red DESC, yellow DESC, task_code
LIMIT 20
