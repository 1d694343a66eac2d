-- Events gathered by day: what screens ask of a hundred million of them. Counted afresh from the archive for whole days
-- (rollups.py), never added to, so that reading or writing anything twice changes no number.

CREATE TABLE event_day
(
    run            LowCardinality(String)           COMMENT '运行编号',
    day            Date32                           COMMENT '到达的日期',
    org_code       LowCardinality(String)           COMMENT '部门代码，未写明为空',
    data_source    LowCardinality(String)           COMMENT '数据来源，未写明为空',
    records        UInt64                           COMMENT '记录，条，含重复件',
    defective      UInt64                           COMMENT '有读不出的字段的记录，条',
    late           UInt64                           COMMENT '发生一日以后才到的记录，条',
    last_reported  DateTime64(6, 'Asia/Shanghai')   COMMENT '最后到达时间',
    last_occurred  DateTime64(6, 'Asia/Shanghai')   COMMENT '最后发生时间',
    lag_minutes    Array(UInt32)                    COMMENT '自发生至到达，满几分钟；超过 30 日计 30 日',
    lag_records    Array(UInt64)                    COMMENT '各有几条记录',
    computed_at    DateTime64(6, 'Asia/Shanghai') DEFAULT now64(6) COMMENT '算出时间；后算者为准'
)
ENGINE = ReplacingMergeTree(computed_at)
ORDER BY (run, day, org_code, data_source)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT '按日归并的事件：部门与来源每日一行，由档案整日重算';
