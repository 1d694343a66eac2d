-- 问：各部门的数据来得及时、完整吗？
SELECT org_name, source_name, records, lag_p50_minutes, lag_p95_minutes, round(100 * late_share, 2) AS late_percent, silent_workdays
FROM v_data_quality
WHERE org_code != ''
ORDER BY silent_workdays DESC, lag_p95_minutes DESC, org_name
