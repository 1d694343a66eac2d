-- 归并
-- 粒度：一行；当前运行各类归并最后一次的算出时间，没有为空
-- 时效：归并之时
-- 示例：SELECT case_days, stages, charge_days, event_days FROM v_rollup
CREATE OR REPLACE VIEW v_rollup
(
    case_days     Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '办件按日',
    stages        Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '环节用时',
    charge_days   Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '收费按日',
    event_days    Nullable(DateTime64(6, 'Asia/Shanghai')) COMMENT '记录按日'
)
AS
WITH (SELECT any(run) FROM v_current) AS current
SELECT
    (SELECT maxOrNull(computed_at) FROM case_day WHERE run = current) AS case_days,
    (SELECT maxOrNull(computed_at) FROM stage_sum WHERE run = current) AS stages,
    (SELECT maxOrNull(computed_at) FROM charge_day WHERE run = current) AS charge_days,
    (SELECT maxOrNull(computed_at) FROM event_day WHERE run = current) AS event_days
