"""总览: the wall. What is unanswered, what is late, what becomes late; read from five metres away."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import Unit, alarming, forbidden
from dashboards.model.panel import Column, Grid, Kind, Panel, flow
from dashboards.model.query import Query
from dashboards.model.screen import Screen
from dashboards.screens.made import (
    CARD_COLUMN,
    CASE_COLUMN,
    COMMON,
    EDITIONS,
    IN_CARDS,
    IN_MATTER,
    LEVEL_BARS,
    LEVEL_COLUMN,
    RED_CARDS,
    SPAN,
    around,
    hidden,
    listing,
    stat,
)

_TO_RED = ToScreen(title="看这些红牌", screen="cards", fixed={"level": "red"})
_TO_YELLOW = ToScreen(title="看这些黄牌", screen="cards", fixed={"level": "yellow"})
_TO_LATE = ToScreen(title="看超期办件", screen="agency")

OVERVIEW = Screen(
    key="overview",
    title="监察 · 总览",
    description="大屏：未答复的红黄牌、超期与即将超期的办件、问题集中的部门。一切以信号所处的时刻为现在。",
    variables=COMMON,
    annotations=(RED_CARDS, EDITIONS),
    refresh="10s",
    panels=flow(
        stat(
            "unanswered-red",
            "● 红牌待反馈",
            "成立、须反馈而部门尚未反馈的红牌张数，不含历史。",
            f"SELECT count() AS n FROM v_card_open WHERE unanswered AND level = 'red' AND {IN_CARDS}",
            Unit.CARDS,
            steps=forbidden(),
            links=(_TO_RED,),
            zero=True,
        ),
        stat(
            "unanswered-yellow",
            "◆ 黄牌待反馈",
            "成立、须反馈而部门尚未反馈的黄牌张数，不含历史。",
            f"SELECT count() AS n FROM v_card_open WHERE unanswered AND level = 'yellow' AND {IN_CARDS}",
            Unit.CARDS,
            steps=alarming(1, 20),
            links=(_TO_YELLOW,),
            zero=True,
        ),
        stat(
            "overdue",
            "超期未办结",
            "在办而最先到期之日已过的办件。挂起中、到期日不确定者不计。",
            f"SELECT count() AS n FROM v_case_overdue WHERE {IN_MATTER}",
            Unit.CASES,
            steps=alarming(1, 10),
            links=(_TO_LATE,),
            zero=True,
        ),
        stat(
            "due-today",
            "今天到期",
            "在办、今天到期的办件：今天办结仍为按时。",
            f"SELECT count() AS n FROM v_case_due WHERE when_due = '今天' AND {IN_MATTER}",
            Unit.CASES,
            steps=alarming(1, 10),
            links=(_TO_LATE,),
            zero=True,
        ),
        stat(
            "due-tomorrow",
            "明天到期",
            "在办、明天到期的办件。",
            f"SELECT count() AS n FROM v_case_due WHERE when_due = '明天' AND {IN_MATTER}",
            Unit.CASES,
            links=(_TO_LATE,),
            zero=True,
        ),
        stat(
            "suspect-money",
            "可疑收费",
            "成立或待核的收费监察信号所涉金额之和，元。",
            f"SELECT sum(amount_yuan) AS n FROM v_card_open WHERE family = 4 AND {IN_CARDS}",
            Unit.YUAN,
            steps=alarming(0.01, 10000),
            links=(ToScreen(title="看可疑收费", screen="charges"),),
            decimals=2,
            zero=True,
        ),
        listing(
            "first-to-answer",
            "最急的待反馈信号",
            "待反馈的红牌、黄牌，红先于黄，早成立者在前；最多 20 张。点监察编号看逐行说明，点办件编号看这件办件。",
            f"""
            SELECT level, card_id, rule_name, org_name, case_id, workdays, state_name, {around("condition_at")}
            FROM v_card_open
            WHERE unanswered AND {IN_CARDS}
            ORDER BY level_rank DESC, condition_at, card_id
            LIMIT 20
            """,
            (
                LEVEL_COLUMN,
                CARD_COLUMN,
                Column(name="rule_name", title="监察规则"),
                Column(name="org_name", title="责任部门"),
                CASE_COLUMN,
                Column(name="workdays", title="已成立", unit=Unit.WORKDAYS, steps=alarming(3, 5), width=110),
                Column(name="state_name", title="状态", width=80),
                *SPAN,
            ),
            w=15,
            h=10,
            empty="没有待反馈的红黄牌",
        ),
        listing(
            "agencies",
            "红黄牌多的部门",
            "各部门成立或待核的红牌、黄牌张数，最多 15 个部门。点部门名称看该部门。",
            f"""
            SELECT any(org_name) AS org, countIf(level = 'red') AS red, countIf(level = 'yellow') AS yellow,
                countIf(level IN ('red', 'yellow')) AS serious, org_code
            FROM v_card_open
            WHERE {IN_CARDS}
            GROUP BY org_code
            HAVING serious > 0
            ORDER BY red DESC, yellow DESC, org_code
            LIMIT 15
            """,
            (
                Column(
                    name="org",
                    title="部门",
                    links=(ToScreen(title="看这个部门", screen="agency", cells={"org": "org_code"}),),
                ),
                Column(name="red", title="● 红牌", unit=Unit.CARDS, width=80),
                Column(name="yellow", title="◆ 黄牌", unit=Unit.CARDS, width=80),
                Column(
                    name="serious",
                    title="合计",
                    bar=True,
                    links=(ToScreen(title="看这些信号", screen="cards", cells={"org": "org_code"}),),
                ),
                *hidden("org_code"),
            ),
            w=9,
            h=10,
            ranking=True,
            empty="没有红黄牌",
        ),
        Panel(
            id="last-days",
            kind=Kind.BARS,
            title="近 30 日新成立的信号",
            description="按条件成立之日（北京时间）计的监察信号张数，含后来撤销、办结者；至信号所处的今天为止，与所选时间无关。",
            query=Query(
                sql=f"""
                SELECT formatDateTime(day, '%m-%d') AS date, sum(is_red) AS red, sum(is_yellow) AS yellow,
                    sum(is_notice) AS notice
                FROM (
                    SELECT toDate(condition_at, 'Asia/Shanghai') AS day, toUInt64(level = 'red') AS is_red,
                        toUInt64(level = 'yellow') AS is_yellow, toUInt64(level = 'notice') AS is_notice
                    FROM v_card
                    WHERE day BETWEEN (SELECT today FROM v_current) - 29 AND (SELECT today FROM v_current)
                        AND {IN_CARDS}
                    UNION ALL
                    SELECT today - back, 0, 0, 0 FROM v_current ARRAY JOIN range(30) AS back
                )
                GROUP BY day
                ORDER BY day
                """
            ),
            columns=(Column(name="date", title="日期"), *LEVEL_BARS),
            grid=Grid(w=12, h=8),
            unit=Unit.CARDS,
            decimals=0,
        ),
        listing(
            "rules",
            "信号多的规则",
            "各条监察规则成立或待核的信号张数，最多 10 条。",
            f"""
            SELECT any(rule_name) AS rule, any(family_name) AS family, count() AS cards, rule_id
            FROM v_card_open
            WHERE {IN_CARDS}
            GROUP BY rule_id
            ORDER BY cards DESC, rule_id
            LIMIT 10
            """,
            (
                Column(name="rule", title="监察规则"),
                Column(name="family", title="类型", width=90),
                Column(
                    name="cards",
                    title="张数",
                    bar=True,
                    links=(ToScreen(title="看这些信号", screen="cards", cells={"rule": "rule_id"}),),
                ),
                *hidden("rule_id"),
            ),
            w=6,
            h=8,
            ranking=True,
        ),
        listing(
            "latest",
            "最近的变动",
            "最近获知的 10 次信号变动：生成、升级、撤回、督办等。",
            f"""
            SELECT known_at, level, move_name, rule_name, org_name, card_id
            FROM v_card_transition
            WHERE {IN_CARDS}
            ORDER BY known_at DESC, position DESC
            LIMIT 10
            """,
            (
                Column(name="known_at", title="获知时间", unit=Unit.INSTANT, width=140),
                LEVEL_COLUMN,
                Column(name="move_name", title="变动", width=60, links=(CARD_COLUMN.links[0],)),
                Column(name="rule_name", title="规则"),
                Column(name="org_name", title="部门"),
                *hidden("card_id"),
            ),
            w=6,
            h=8,
        ),
    ),
)
