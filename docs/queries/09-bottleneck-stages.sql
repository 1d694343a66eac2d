-- 问：超期的办件卡在哪个环节，一共拖了几个工作日？
SELECT task_name, stage_name, held_up, held_workdays, round(workdays_avg, 1) AS workdays_avg, workdays_p90
FROM v_stage
WHERE held_up > 0
ORDER BY held_workdays DESC, held_up DESC, task_name
