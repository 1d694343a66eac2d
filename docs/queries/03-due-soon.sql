-- 问：今天、明天、本周、七日之内各有多少办件到期？
SELECT when_due, count() AS cases, countIf(due_kind = '法定') AS statutory
FROM v_case_due
GROUP BY when_due, when_rank
ORDER BY when_rank
