-- 问：事项、收费、日历近来有什么变动？
SELECT toDate(at, 'Asia/Shanghai') AS day, kind_name, title, text
FROM v_annotation
WHERE kind NOT IN ('red', 'edition')
ORDER BY day DESC, title
LIMIT 50
