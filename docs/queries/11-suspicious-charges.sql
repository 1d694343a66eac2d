-- 问：可疑收费有多少笔，涉及多少钱？
SELECT money_sort, rule_name, count() AS charges, sum(amount_yuan) AS total_yuan, max(amount_yuan) AS largest_yuan
FROM v_charge_suspect
GROUP BY money_sort, rule_name
ORDER BY total_yuan DESC, rule_name
