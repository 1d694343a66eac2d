-- What only a live run has: figures of the pipeline, deliveries. Every row has a natural key and says by itself
-- which of two rows of a key holds, so that reading the topics again changes nothing.

CREATE TABLE IF NOT EXISTS metric_minute
(
    run           LowCardinality(String)            COMMENT '运行编号',
    minute        DateTime64(6, 'Asia/Shanghai')    COMMENT '所属分钟的开始，按日志时钟',
    source        LowCardinality(String)            COMMENT '所述的来源：主题-分区；说进程的为进程名',
    metric        LowCardinality(String)            COMMENT '指标名；以 _total 结尾的为自开始以来的累计，其余为当时的值',
    label         LowCardinality(String)            COMMENT '细分，如监察规则与级别、处理结果；没有则为空',
    last          UInt64                            COMMENT '统计到来源的哪个位移；同一分钟内大者为准',
    value         Int64                             COMMENT '数值：条数、张数、次数；时间为微秒，大小为字节'
)
ENGINE = ReplacingMergeTree(last)
ORDER BY (run, metric, source, label, minute)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '运行指标：每分钟一行，截至该分钟最后一条记录；累计值之差即该段的发生数，重读不变';

CREATE TABLE IF NOT EXISTS delivery
(
    run           LowCardinality(String)            COMMENT '运行编号',
    card_id       String                            COMMENT '监察编号',
    seq           UInt32                            COMMENT '所送达的是该信号的第几次变动',
    endpoint      LowCardinality(String)            COMMENT '送达对象的名称',
    attempt       UInt32                            COMMENT '第几次尝试，从 1 起',
    at            DateTime64(6, 'Asia/Shanghai')    COMMENT '尝试的时间',
    status        LowCardinality(String)            COMMENT '结果：delivered 已送达、refused 被拒绝、failed 未成将再试、abandoned 已放弃',
    code          Nullable(UInt16)                  COMMENT '对方应答的 HTTP 状态码；没有应答则为空',
    took          UInt32                            COMMENT '用时，毫秒',
    reason        String                            COMMENT '未成的原因',
    digest        String                            COMMENT '所送内容的 SHA-256，十六进制'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (run, card_id, seq, endpoint, attempt)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '送达：每次尝试一行';
