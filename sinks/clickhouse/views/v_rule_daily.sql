-- 规则按日
-- 粒度：每日（上海时间，按获知）每规则每部门一行
-- 时效：与信号同步
-- 示例：SELECT day, rule_name, sum(raised) FROM v_rule_daily GROUP BY day, rule_name ORDER BY day
CREATE OR REPLACE VIEW v_rule_daily
(
    day           Date                              COMMENT '获知之日',
    day_start     DateTime('Asia/Shanghai')         COMMENT '该日零点，供时间轴用',
    rule_id       LowCardinality(String)            COMMENT '监察规则编号',
    rule_name     LowCardinality(String)            COMMENT '监察规则名称',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    raised        UInt64                            COMMENT '生成，张',
    raised_red    UInt64                            COMMENT '生成时即为红牌，张',
    raised_yellow UInt64                            COMMENT '生成时为黄牌，张',
    raised_notice UInt64                            COMMENT '生成时为预警，张',
    escalated     UInt64                            COMMENT '升级，次',
    to_red        UInt64                            COMMENT '升为红牌，次',
    lowered       UInt64                            COMMENT '降级，次',
    withdrawn     UInt64                            COMMENT '撤回，次',
    closed        UInt64                            COMMENT '结束或并入，次'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT (groupArray(rule_id), groupArray(name)) FROM dim_rule FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS rules
SELECT
    toDate(known_at, 'Asia/Shanghai') AS day,
    toDateTime(day, 'Asia/Shanghai') AS day_start,
    rule_id,
    transform(rule_id, rules.1, rules.2, toString(rule_id)) AS rule_name,
    ifNull(one.org_code, '') AS org_code,
    ifNull(one.region_code, '') AS region_code,
    ifNull(one.task_code, '') AS task_code,
    countIf(move = 'raised') AS raised,
    countIf(move = 'raised' AND level = 'red') AS raised_red,
    countIf(move = 'raised' AND level = 'yellow') AS raised_yellow,
    countIf(move = 'raised' AND level = 'notice') AS raised_notice,
    countIf(move = 'escalated') AS escalated,
    countIf(move = 'escalated' AND level = 'red') AS to_red,
    countIf(move = 'lowered') AS lowered,
    countIf(move = 'withdrawn') AS withdrawn,
    countIf(move IN ('closed', 'merged')) AS closed
FROM card_transition AS one FINAL
WHERE run = current.1
GROUP BY day, rule_id, org_code, region_code, task_code
