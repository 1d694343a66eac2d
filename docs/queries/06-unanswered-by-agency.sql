-- 问：各部门有多少红黄牌待反馈，最久的等了几个工作日？
SELECT org_name, countIf(level = 'red') AS red, countIf(level = 'yellow') AS yellow, max(workdays) AS workdays
FROM v_card_open
WHERE unanswered
GROUP BY org_name
ORDER BY red DESC, yellow DESC, org_name
