-- 监察信号的变动
-- 粒度：每张信号的每次变动一行
-- 时效：与信号同步
-- 示例：SELECT known_at, move_name, level_name, reason FROM v_card_transition WHERE card_id = 'ABC' ORDER BY seq
CREATE OR REPLACE VIEW v_card_transition
(
    card_id       String                            COMMENT '监察编号',
    link          String                            COMMENT '该信号的地址',
    seq           UInt32                            COMMENT '该信号的第几次变动，从 1 起',
    position      UInt64                            COMMENT '在全部变动中的次序',
    known_at      DateTime64(6, 'Asia/Shanghai')    COMMENT '获知时间',
    condition_at  DateTime64(6, 'Asia/Shanghai')    COMMENT '条件成立时间',
    move          LowCardinality(String)            COMMENT '变动代码',
    move_name     LowCardinality(String)            COMMENT '变动：生成、升级、降级、维持、待核、撤回、恢复、并入、结束、督办',
    level         LowCardinality(String)            COMMENT '级别代码',
    level_rank    UInt8                             COMMENT '级别次序：1 预警 2 黄牌 3 红牌',
    level_name    LowCardinality(String)            COMMENT '级别',
    level_before  LowCardinality(String)            COMMENT '变动前级别，初次为空',
    state         LowCardinality(String)            COMMENT '状态代码',
    state_name    LowCardinality(String)            COMMENT '状态',
    state_before  LowCardinality(String)            COMMENT '变动前状态，初次为空',
    cause         String                            COMMENT '引起变动的事件编号；到时触发则为空',
    reason        String                            COMMENT '变动原因',
    rule_id       LowCardinality(String)            COMMENT '监察规则编号',
    rule_name     LowCardinality(String)            COMMENT '监察规则名称',
    scope         String                            COMMENT '所属办件编号；对部门的为部门代码',
    case_id       String                            COMMENT '办件编号；对部门的为空',
    subject       String                            COMMENT '监察对象',
    org_code      LowCardinality(String)            COMMENT '责任部门代码',
    org_name      LowCardinality(String)            COMMENT '责任部门名称',
    task_code     LowCardinality(String)            COMMENT '实施编码',
    task_name     LowCardinality(String)            COMMENT '事项名称，目录未载者为代码',
    region_code   LowCardinality(String)            COMMENT '行政区划代码'
)
AS
WITH
    (SELECT any((run, edition)) FROM v_current) AS current,
    (SELECT (groupArray(rule_id), groupArray(name), groupArray(tier)) FROM dim_rule FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS rules,
    (SELECT (groupArray(task_code), groupArray(name)) FROM dim_matter FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS matters,
    (SELECT (groupArray(org_code), groupArray(name)) FROM dim_agency FINAL WHERE edition = (SELECT any(edition) FROM v_current)) AS agencies,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'state') AS states,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'level') AS levels,
    (SELECT (groupArray(code), groupArray(name)) FROM dim_word FINAL WHERE kind = 'move') AS moves
SELECT
    card_id,
    concat('/card/', card_id) AS link,
    seq,
    position,
    known_at,
    condition_at,
    move,
    transform(move, moves.1, moves.2, toString(move)) AS move_name,
    toString(one.level) AS level,
    toUInt8(one.level) AS level_rank,
    transform(toString(one.level), levels.1, levels.2, toString(one.level)) AS level_name,
    transform(ifNull(toString(one.level_before), ''), levels.1, levels.2, '') AS level_before,
    state,
    transform(state, states.1, states.2, toString(state)) AS state_name,
    transform(ifNull(toString(one.state_before), ''), states.1, states.2, '') AS state_before,
    cause,
    reason,
    rule_id,
    transform(rule_id, rules.1, rules.2, toString(rule_id)) AS rule_name,
    scope,
    if(transform(rule_id, rules.1, rules.3, '') = 'agency', '', scope) AS case_id,
    subject,
    ifNull(one.org_code, '') AS org_code,
    transform(ifNull(toString(one.org_code), ''), agencies.1, agencies.2, ifNull(toString(one.org_code), '')) AS org_name,
    ifNull(one.task_code, '') AS task_code,
    transform(ifNull(toString(one.task_code), ''), matters.1, matters.2, ifNull(toString(one.task_code), '')) AS task_name,
    ifNull(one.region_code, '') AS region_code
FROM card_transition AS one FINAL
WHERE run = current.1
