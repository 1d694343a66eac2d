-- 各次运行的监察信号
-- 粒度：每次运行每规则每级别每状态一行，供比较
-- 时效：与信号同步
-- 示例：SELECT run, sum(cards) FROM v_run_card WHERE standing AND level = 'red' GROUP BY run
CREATE OR REPLACE VIEW v_run_card
(
    run           LowCardinality(String)            COMMENT '运行编号',
    rule_id       LowCardinality(String)            COMMENT '监察规则编号',
    level         LowCardinality(String)            COMMENT '级别代码',
    state         LowCardinality(String)            COMMENT '状态代码',
    standing      Bool                              COMMENT '是否成立或待核',
    cards         UInt64                            COMMENT '监察信号，张'
)
AS
SELECT run, rule_id, toString(card.level) AS level, state, standing, count() AS cards
FROM card FINAL
WHERE run IN (SELECT run FROM run)
GROUP BY run, rule_id, level, state, standing
