-- 问：哪些监察信号还没有反馈，等了几个工作日？
SELECT level_sign, rule_name, org_name, task_name, state_name, workdays, link
FROM v_card_open
WHERE unanswered
ORDER BY urgency DESC, workdays DESC, card_id
