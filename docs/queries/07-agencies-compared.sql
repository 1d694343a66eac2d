-- 问：各部门办件、按时办结率、红黄牌各是多少？
SELECT org_name, cases, open, overdue, red, yellow, round(100 * on_time_share, 1) AS on_time_percent, unanswered
FROM v_org
WHERE cases > 0
ORDER BY serious_share DESC, org_name
