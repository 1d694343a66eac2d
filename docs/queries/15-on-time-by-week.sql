-- 问：每周办结多少，按时办结率是多少？
SELECT toStartOfWeek(day, 1) AS week, sum(closed) AS closed, round(100 * (1 - sum(closed_late) / nullIf(sum(closed_timed), 0)), 1) AS on_time_percent
FROM v_org_daily
GROUP BY week
HAVING closed > 0
ORDER BY week
