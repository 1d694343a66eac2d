-- 问：超期未办结的办件在哪些部门，最多超了几个工作日？
SELECT org_name, count() AS cases, max(workdays_over) AS workdays_over, countIf(over_statutory) AS over_statutory
FROM v_case_overdue
GROUP BY org_name
ORDER BY cases DESC, org_name
