-- 问：信号多在星期几生成？
SELECT toDayOfWeek(day) AS weekday, sum(raised) AS raised, sum(raised_red) AS red
FROM v_rule_daily
GROUP BY weekday
ORDER BY weekday
