-- 问：记录最多的那个办件是怎么办的？（换成要看的办件编号即可）
SELECT position, occurred_at, title, lag_minutes, duplicate, voided, corrected
FROM v_case_timeline
WHERE case_id = (SELECT argMax(case_id, (events, case_id)) FROM v_case)
ORDER BY position
