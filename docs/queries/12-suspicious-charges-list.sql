-- 问：每笔可疑收费是哪个办件、哪个项目、多少钱？
SELECT rule_name, item_name, amount_yuan, org_name, case_id, state_name, link
FROM v_charge_suspect
ORDER BY amount_yuan DESC, card_id
