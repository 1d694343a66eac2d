-- 问：记录最多的那个办件由谁经办？（须 --role internal）
SELECT occurred_at, event_name, stage_code, operator_id, operator_name
FROM v_case_timeline_internal
WHERE case_id = (SELECT argMax(case_id, (events, case_id)) FROM v_case)
ORDER BY occurred_at, event_id
