"""红黄牌: cards, the unanswered first."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import Unit, alarming, forbidden
from dashboards.model.panel import Column, flow
from dashboards.model.query import within
from dashboards.model.screen import Screen
from dashboards.screens.made import (
    CARD_COLUMN,
    CASE_COLUMN,
    COMMON,
    EDITIONS,
    IN_CARDS,
    LEVEL_BARS,
    LEVEL_COLUMN,
    RED_CARDS,
    SPAN,
    around,
    days,
    hidden,
    listing,
    stat,
)

_HERE = ToScreen(title="只看红牌", screen="cards", fixed={"level": "red"})

CARDS = Screen(
    key="cards",
    title="监察 · 红黄牌",
    description="监察信号：待反馈者在前，每张都能看到逐行说明和所属办件。",
    variables=COMMON,
    annotations=(RED_CARDS, EDITIONS),
    panels=flow(
        stat(
            "unanswered-red",
            "● 红牌待反馈",
            "成立、须反馈而部门尚未反馈的红牌张数，不含历史。",
            f"SELECT count() AS n FROM v_card_open WHERE unanswered AND level = 'red' AND {IN_CARDS}",
            Unit.CARDS,
            steps=forbidden(),
            links=(_HERE,),
            zero=True,
        ),
        stat(
            "unanswered-yellow",
            "◆ 黄牌待反馈",
            "成立、须反馈而部门尚未反馈的黄牌张数，不含历史。",
            f"SELECT count() AS n FROM v_card_open WHERE unanswered AND level = 'yellow' AND {IN_CARDS}",
            Unit.CARDS,
            steps=alarming(1, 20),
            links=(ToScreen(title="只看黄牌", screen="cards", fixed={"level": "yellow"}),),
            zero=True,
        ),
        stat(
            "review",
            "待核",
            "迟到的免责证据使两个判定并存、等监察人员认定的信号张数。",
            f"SELECT count() AS n FROM v_card_open WHERE state = 'REVIEW' AND {IN_CARDS}",
            Unit.CARDS,
            steps=alarming(1, 10),
            links=(ToScreen(title="看数据质量", screen="quality"),),
            zero=True,
        ),
        stat(
            "appealed",
            "申诉中",
            "部门已申诉、尚未认定的信号张数。",
            f"SELECT count() AS n FROM v_card_open WHERE state = 'APPEALED' AND {IN_CARDS}",
            Unit.CARDS,
            links=(ToScreen(title="看各部门", screen="performance"),),
        ),
        stat(
            "verified",
            "已认定",
            "监察人员已认定的信号张数：只有它们计分。",
            f"SELECT count() AS n FROM v_card WHERE verified AND {IN_CARDS}",
            Unit.CARDS,
            links=(ToScreen(title="看各部门", screen="performance"),),
        ),
        stat(
            "raised",
            "所选时间内新生成",
            "首次生成时间在所选时间内的信号张数，含后来撤回、办结者。",
            f"SELECT count() AS n FROM v_card WHERE {within('raised_at')} AND {IN_CARDS}",
            Unit.CARDS,
            links=(_HERE,),
        ),
        listing(
            "unanswered",
            "待反馈的信号",
            "成立、须反馈而部门尚未反馈者，红先于黄，早成立者在前；最多 200 张。",
            f"""
            SELECT level, card_id, rule_name, org_name, task_name, case_id, condition_at, workdays, state_name,
                {around("condition_at")}
            FROM v_card_open
            WHERE unanswered AND {IN_CARDS}
            ORDER BY level_rank DESC, condition_at, card_id
            LIMIT 200
            """,
            (
                LEVEL_COLUMN,
                CARD_COLUMN,
                Column(name="rule_name", title="监察规则", width=150),
                Column(name="org_name", title="责任部门"),
                Column(name="task_name", title="事项"),
                CASE_COLUMN,
                Column(name="condition_at", title="成立时间", unit=Unit.INSTANT, width=150),
                Column(name="workdays", title="已成立", unit=Unit.WORKDAYS, steps=alarming(3, 5), width=110),
                Column(name="state_name", title="状态", width=80),
                *SPAN,
            ),
            h=10,
            empty="没有待反馈的信号",
        ),
        days(
            "daily",
            "每日新生成的信号",
            "按首次生成之日（北京时间）计，含后来撤回、办结者。",
            f"""
            SELECT toStartOfDay(raised_at, 'Asia/Shanghai') AS time, countIf(level = 'red') AS red,
                countIf(level = 'yellow') AS yellow, countIf(level = 'notice') AS notice
            FROM v_card
            WHERE {within("raised_at")} AND {IN_CARDS}
            GROUP BY time
            ORDER BY time
            """,
            LEVEL_BARS,
            unit=Unit.CARDS,
        ),
        listing(
            "by-rule",
            "各规则的信号",
            "各条规则成立或待核的信号张数，及其中待反馈的。",
            f"""
            SELECT any(rule_name) AS rule, countIf(level = 'red') AS red, countIf(level = 'yellow') AS yellow,
                countIf(level = 'notice') AS notice, countIf(unanswered) AS waiting, count() AS cards, rule_id
            FROM v_card_open
            WHERE {IN_CARDS}
            GROUP BY rule_id
            ORDER BY cards DESC, rule_id
            """,
            (
                Column(
                    name="rule",
                    title="监察规则",
                    links=(ToScreen(title="看这条规则的信号", screen="cards", cells={"rule": "rule_id"}),),
                ),
                Column(name="red", title="● 红牌", width=75),
                Column(name="yellow", title="◆ 黄牌", width=75),
                Column(name="notice", title="○ 预警", width=75),
                Column(name="waiting", title="待反馈", width=75),
                Column(name="cards", title="合计", bar=True),
                *hidden("rule_id"),
            ),
            w=12,
            h=8,
            ranking=True,
        ),
        listing(
            "moves",
            "最近的变动",
            "所选时间内获知的变动，最近者在前；最多 100 次。变动原因一并列出。",
            f"""
            SELECT known_at, card_id, move_name, level, level_before, state_name, rule_name, org_name, reason
            FROM v_card_transition
            WHERE {within("known_at")} AND {IN_CARDS}
            ORDER BY known_at DESC, position DESC
            LIMIT 100
            """,
            (
                Column(name="known_at", title="获知时间", unit=Unit.INSTANT, width=150),
                CARD_COLUMN,
                Column(name="move_name", title="变动", width=70),
                LEVEL_COLUMN,
                Column(name="level_before", title="原级别", width=70),
                Column(name="state_name", title="状态", width=80),
                Column(name="rule_name", title="监察规则", width=150),
                Column(name="org_name", title="责任部门"),
                Column(name="reason", title="原因"),
            ),
            h=9,
        ),
        listing(
            "all",
            "所选时间内成立的全部信号",
            "条件成立时间在所选时间内的信号，含已撤回、办结者，级别高者在前；最多 500 张。",
            f"""
            SELECT level, card_id, rule_name, org_name, task_name, case_id, condition_at, state_name, amount_yuan,
                {around("condition_at")}
            FROM v_card
            WHERE {within("condition_at")} AND {IN_CARDS}
            ORDER BY level_rank DESC, condition_at DESC, card_id
            LIMIT 500
            """,
            (
                LEVEL_COLUMN,
                CARD_COLUMN,
                Column(name="rule_name", title="监察规则", width=150),
                Column(name="org_name", title="责任部门"),
                Column(name="task_name", title="事项"),
                CASE_COLUMN,
                Column(name="condition_at", title="成立时间", unit=Unit.INSTANT, width=150),
                Column(name="state_name", title="状态", width=80),
                Column(name="amount_yuan", title="涉及金额", unit=Unit.YUAN, decimals=2, width=120),
                *SPAN,
            ),
            h=10,
        ),
    ),
)
