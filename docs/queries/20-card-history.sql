-- 问：变动最多的那张信号经过了什么？（换成要看的监察编号即可）
SELECT known_at, move_name, level_before, level_name, state_name, reason
FROM v_card_transition
WHERE card_id = (SELECT argMax(card_id, (changes, card_id)) FROM v_card)
ORDER BY seq
