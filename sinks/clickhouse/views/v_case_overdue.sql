-- 超期未办结的办件
-- 粒度：在办而到期日已过的办件每件一行
-- 时效：与办件状态同步
-- 示例：SELECT org_name, count(), max(workdays_over) FROM v_case_overdue GROUP BY org_name ORDER BY 2 DESC
CREATE OR REPLACE VIEW v_case_overdue
(
    case_id       String                            COMMENT '办件编号',
    link          String                            COMMENT '办件的地址',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    accepted_at   Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '受理时间',
    due           Nullable(Date)                    COMMENT '最先到期之日',
    due_kind      LowCardinality(String)            COMMENT '最先到期的时限：承诺、法定',
    workdays_over Nullable(Int32)                   COMMENT '已超，工作日；超期而其间全是休息日者为 0',
    days_over     Nullable(Int32)                   COMMENT '已超，自然日',
    over_promise  Bool                              COMMENT '是否超承诺时限',
    over_statutory Bool                             COMMENT '是否超法定时限',
    suspended     Bool                              COMMENT '是否挂起中（所挂起者不停止计时）',
    broken        Bool                              COMMENT '是否有记录在隔离区：判定搁置，不据此发卡',
    standing      UInt32                            COMMENT '成立或待核的信号，张',
    worst         LowCardinality(String)            COMMENT '最高级别代码，没有为空',
    worst_rank    UInt8                             COMMENT '最高级别次序，0 为无',
    worst_name    LowCardinality(String)            COMMENT '最高级别，没有为空'
)
AS
WITH (SELECT any(today) FROM v_current) AS today
SELECT
    case_id, link, task_code, task_name, org_code, org_name, region_code, accepted_at, due, due_kind,
    -workdays_left AS workdays_over,
    -days_left AS days_over,
    ifNull(promise_certain AND promise_due < today, false) AS over_promise,
    ifNull(statutory_certain AND decided_at IS NULL AND statutory_due < today, false) AS over_statutory,
    suspended, broken, standing, worst, worst_rank, worst_name
FROM v_case
WHERE open AND overdue
