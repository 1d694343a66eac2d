-- 监察规则
-- 粒度：每条规则一行，附在案信号
-- 时效：与信号同步
-- 示例：SELECT rule_id, name, family_name, red, yellow FROM v_rule ORDER BY red DESC
CREATE OR REPLACE VIEW v_rule
(
    rule_id       String                            COMMENT '监察规则编号',
    name          String                            COMMENT '规则名称',
    family        UInt8                             COMMENT '监察类型代码',
    family_name   String                            COMMENT '监察类型',
    tier          String                            COMMENT '监察层级：case 对办件，agency 对部门',
    version       UInt32                            COMMENT '规则版本',
    basis         String                            COMMENT '依据',
    says          String                            COMMENT '规则说明',
    cards         UInt64                            COMMENT '监察信号，张，含已撤回',
    red           UInt64                            COMMENT '在案红牌，张',
    yellow        UInt64                            COMMENT '在案黄牌，张',
    notice        UInt64                            COMMENT '在案预警，张',
    withdrawn     UInt64                            COMMENT '自动撤回，张',
    revoked       UInt64                            COMMENT '已撤销，张'
)
AS
WITH (SELECT any((run, edition)) FROM v_current) AS current
SELECT
    a.rule_id AS rule_id, a.name AS name, a.family AS family, toString(a.family_name) AS family_name,
    toString(a.tier) AS tier, a.version AS version, a.basis AS basis, a.says AS says,
    b.cards AS cards, b.red AS red, b.yellow AS yellow, b.notice AS notice, b.withdrawn AS withdrawn, b.revoked AS revoked
FROM (SELECT * FROM dim_rule FINAL WHERE edition = current.2) AS a
ANY LEFT JOIN
(
    SELECT
        toString(rule_id) AS rule_id, count() AS cards,
        countIf(standing AND level = 'red') AS red, countIf(standing AND level = 'yellow') AS yellow,
        countIf(standing AND level = 'notice') AS notice,
        countIf(state = 'WITHDRAWN') AS withdrawn, countIf(state = 'REVOKED') AS revoked
    FROM card FINAL
    WHERE run = current.1
    GROUP BY rule_id
) AS b ON a.rule_id = b.rule_id
