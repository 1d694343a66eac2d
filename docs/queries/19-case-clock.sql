-- 问：挂起最久的那个办件，时限里哪些日子计入、哪些不计入？（换成要看的办件编号即可）
SELECT clock_name, limit_text, kind_name, first_day, last_day, n, unit, due, basis
FROM v_case_clock
WHERE case_id = (SELECT argMax(case_id, (excluded, case_id)) FROM v_case_pause)
ORDER BY clock_name, first_day
