-- 当前运行
-- 粒度：一行，最后记录的一次运行；在线部署即在线运行
-- 时效：回放为写入时，在线随日志推进
-- 示例：SELECT run, now, edition FROM v_current
CREATE OR REPLACE VIEW v_current
(
    run           String                            COMMENT '运行编号',
    now           DateTime64(6, 'Asia/Shanghai')    COMMENT '信号所处的时刻：一切「现在」以此为准',
    today         Date                              COMMENT '该时刻的日期',
    recorded_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '写入时间',
    catalog       String                            COMMENT '目录的名称',
    edition       String                            COMMENT '目录版本',
    sources       Array(String)                     COMMENT '来源的键'
)
AS
SELECT
    run,
    now,
    toDate(now, 'Asia/Shanghai') AS today,
    recorded_at,
    if(catalog LIKE '%/%', '', catalog) AS catalog,
    edition,
    JSONExtract(detail, 'sources', 'Array(Tuple(key String))').key AS sources
FROM run FINAL
ORDER BY recorded_at DESC, run
LIMIT 1
