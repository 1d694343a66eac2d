-- 问：现在有哪些办件超期未办结，各超了几个工作日？
SELECT case_id, org_name, task_name, due_kind, due, workdays_over, worst_name, link
FROM v_case_overdue
ORDER BY workdays_over DESC, case_id
