-- 运行指标
-- 粒度：每分钟每来源每指标每细分一行
-- 时效：在线每分钟；回放没有
-- 示例：SELECT minute, source, value FROM v_pipeline WHERE metric = 'lag_records' ORDER BY minute
CREATE OR REPLACE VIEW v_pipeline
(
    minute        DateTime('Asia/Shanghai')         COMMENT '所属分钟的开始',
    source        LowCardinality(String)            COMMENT '所述的来源：主题-分区，或进程名',
    metric        LowCardinality(String)            COMMENT '指标名；以 _total 结尾的为累计',
    label         LowCardinality(String)            COMMENT '细分，没有则为空',
    value         Int64                             COMMENT '数值：条、张、次；时间为微秒，大小为字节',
    change        Int64                             COMMENT '累计值较上一分钟的增加；其余指标为 0'
)
AS
WITH (SELECT any(run) FROM v_current) AS current
SELECT
    toDateTime(one.minute, 'Asia/Shanghai') AS minute,
    source,
    metric,
    label,
    value,
    if(endsWith(metric, '_total'),
        greatest(value - lagInFrame(value, 1, value) OVER (PARTITION BY source, metric, label ORDER BY one.minute), 0), 0) AS change
FROM metric_minute AS one FINAL
WHERE run = current
