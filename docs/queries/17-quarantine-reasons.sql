-- 问：读不出的记录是哪个字段、什么原因？
SELECT if(field = '', '整条', field) AS field_name, splitByRegexp('[：（]', reason)[1] AS why, count() AS records, any(file) AS example_file, any(line) AS example_line
FROM v_quarantine
GROUP BY field_name, why
ORDER BY records DESC, field_name
