-- 问：各次运行的信号有多少不同？
SELECT a.run AS run, any(b.recorded_at) AS recorded_at, any(b.edition) AS edition, sumIf(a.cards, a.standing AND a.level = 'red') AS red, sumIf(a.cards, a.standing AND a.level = 'yellow') AS yellow
FROM v_run_card AS a
INNER JOIN v_run AS b ON a.run = b.run
GROUP BY run
ORDER BY recorded_at DESC
