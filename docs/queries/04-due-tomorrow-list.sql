-- 问：今天和明天到期的是哪些办件，由谁在办？
SELECT when_due, case_id, org_name, task_name, due_kind, workdays_left, link
FROM v_case_due
WHERE when_rank <= 2
ORDER BY when_rank, org_name, case_id
