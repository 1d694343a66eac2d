-- 工作日序数
-- 粒度：一行；供各视图计算工作日数
-- 时效：随目录版本
-- 示例：SELECT serials[toInt32(toDate('2026-03-02')) - first_day + 1] FROM v_workday_index
CREATE OR REPLACE VIEW v_workday_index
(
    first_day     Int32                             COMMENT '首日，自 1970-01-01 起的日数',
    serials       Array(UInt32)                     COMMENT '自首日起逐日：至该日（含）的工作日数，个'
)
AS
SELECT
    toInt32(min(day)) AS first_day,
    arrayMap(one -> one.2, arraySort(groupArray((day, serial)))) AS serials
FROM dim_day FINAL
WHERE edition = (SELECT any(edition) FROM v_current)
