-- 问：每月各类规则生成了多少信号，其中多少升成了红牌？
SELECT toStartOfMonth(day) AS month, rule_name, sum(raised) AS raised, sum(raised_red) + sum(to_red) AS red, sum(withdrawn) AS withdrawn
FROM v_rule_daily
GROUP BY month, rule_name
ORDER BY month, raised DESC, rule_name
