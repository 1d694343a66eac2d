-- Which runs there were. The row of a run is written last: a run without one is not finished and nobody sees it.

CREATE TABLE run
(
    run           String                            COMMENT '运行编号：决定结果的一切内容的摘要',
    recorded_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '写入时间',
    catalog       String                            COMMENT '目录的名称或位置',
    edition       String                            COMMENT '目录版本',
    profile       String                            COMMENT '强制采用的阈值方案，空为按目录',
    as_of         Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '截止时刻',
    now           DateTime64(6, 'Asia/Shanghai')    COMMENT '信号所处的时刻',
    read          UInt64                            COMMENT '读入条数',
    folded        UInt64                            COMMENT '归档条数',
    duplicate     UInt64                            COMMENT '重复条数',
    quarantined   UInt64                            COMMENT '隔离条数',
    filtered      UInt64                            COMMENT '滤除条数',
    detail        String CODEC(ZSTD(1))             COMMENT '全部要素，JSON'
)
ENGINE = ReplacingMergeTree(recorded_at)
ORDER BY run
COMMENT '运行：版本、来源摘要、计数；最后写入的一次为当前';
