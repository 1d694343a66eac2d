-- 运行
-- 粒度：每次运行一行
-- 时效：写入时；在线随日志推进
-- 示例：SELECT run, now, edition, read, quarantined FROM v_run ORDER BY recorded_at DESC
CREATE OR REPLACE VIEW v_run
(
    run           String                            COMMENT '运行编号',
    is_current    Bool                              COMMENT '是否当前运行',
    recorded_at   DateTime64(6, 'Asia/Shanghai')    COMMENT '写入时间',
    now           DateTime64(6, 'Asia/Shanghai')    COMMENT '信号所处的时刻',
    as_of         Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '截止时刻，没有为空',
    edition       String                            COMMENT '目录版本',
    profile       String                            COMMENT '强制采用的阈值方案，空为按目录',
    read          UInt64                            COMMENT '读入，条',
    folded        UInt64                            COMMENT '归档，条',
    duplicate     UInt64                            COMMENT '重复，条',
    quarantined   UInt64                            COMMENT '隔离，条',
    filtered      UInt64                            COMMENT '滤除，条',
    reconciles    Bool                              COMMENT '是否对得上：读入＝归档＋重复＋隔离＋滤除',
    cases         UInt64                            COMMENT '办件，件',
    cards         UInt64                            COMMENT '监察信号，张',
    defective     UInt64                            COMMENT '有读不出的字段的事件，条'
)
AS
SELECT
    run,
    run = (SELECT any(run) FROM v_current) AS is_current,
    recorded_at,
    now,
    as_of,
    edition,
    profile,
    read,
    folded,
    duplicate,
    quarantined,
    filtered,
    read = folded + duplicate + quarantined + filtered AS reconciles,
    JSONExtractUInt(detail, 'cases') AS cases,
    JSONExtractUInt(detail, 'cards') AS cards,
    JSONExtractUInt(detail, 'defective') AS defective
FROM run FINAL
