-- 问：在办的办件现在停在哪个环节，停了多久？
SELECT a.case_id AS case_id, a.stage_name AS stage_name, a.started AS started, b.org_name AS org_name, b.workdays_left AS workdays_left
FROM v_case_stage AS a
INNER JOIN v_case AS b ON a.case_id = b.case_id
WHERE a.running AND b.open
ORDER BY started, case_id
