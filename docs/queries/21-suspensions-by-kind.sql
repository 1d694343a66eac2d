-- 问：特别程序用了哪些、几次、平均几天，多少不该停钟？
SELECT kind_name, count() AS times, countIf(stops_clock) AS stops_clock, round(avg(dateDiff('hour', started, ended)) / 24, 1) AS days_avg
FROM v_case_pause
GROUP BY kind_name
ORDER BY times DESC, kind_name
