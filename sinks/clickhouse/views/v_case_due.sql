-- 即将到期的办件
-- 粒度：在办、尚未超期、七日内到期的办件每件一行
-- 时效：与办件状态同步
-- 示例：SELECT when_due, count() FROM v_case_due GROUP BY when_due
CREATE OR REPLACE VIEW v_case_due
(
    case_id       String                            COMMENT '办件编号',
    link          String                            COMMENT '办件的地址',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    accepted_at   Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '受理时间',
    due           Nullable(Date)                    COMMENT '最先到期之日：当日办结为按时',
    due_kind      LowCardinality(String)            COMMENT '最先到期的时限：承诺、法定',
    promise_due   Nullable(Date)                    COMMENT '承诺到期日',
    statutory_due Nullable(Date)                    COMMENT '法定到期日',
    days_left     Nullable(Int32)                   COMMENT '距到期，自然日',
    workdays_left Nullable(Int32)                   COMMENT '距到期，工作日',
    when_due      LowCardinality(String)            COMMENT '何时：今天、明天、本周、七日内',
    when_rank     UInt8                             COMMENT '何时的次序，从 1 起',
    worst_rank    UInt8                             COMMENT '已有信号的最高级别次序，0 为无'
)
AS
WITH (SELECT any(today) FROM v_current) AS today
SELECT
    case_id, link, task_code, task_name, org_code, org_name, region_code, accepted_at, due, due_kind,
    promise_due, statutory_due, days_left, workdays_left,
    ['今天', '明天', '本周', '七日内'][when_rank] AS when_due,
    multiIf(days_left = 0, 1, days_left = 1, 2, due <= toStartOfWeek(today, 1) + 6, 3, 4) AS when_rank,
    worst_rank
FROM v_case
WHERE open AND NOT overdue AND days_left <= 7
