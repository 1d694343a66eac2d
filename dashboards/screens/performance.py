"""绩效: how the agencies compare, and what stands behind each number."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import Colour, Unit, alarming, reassuring
from dashboards.model.panel import Column, Grid, Kind, Panel, flow
from dashboards.model.query import Query, within
from dashboards.model.screen import Screen
from dashboards.screens.made import (
    COMMON,
    EDITIONS,
    IN_CARDS,
    IN_MATTER,
    IN_PLACE,
    PUNCTUAL,
    RED_CARDS,
    days,
    hidden,
    listing,
    stat,
)

_TO_AGENCY = ToScreen(title="看这个部门", screen="agency", cells={"org": "org_code"})
_TO_RED = ToScreen(title="看红牌", screen="cards", cells={"org": "org_code"}, fixed={"level": "red"})
_TO_YELLOW = ToScreen(title="看黄牌", screen="cards", cells={"org": "org_code"}, fixed={"level": "yellow"})
_TO_CARDS = ToScreen(title="看信号", screen="cards", cells={"org": "org_code"})

PERFORMANCE = Screen(
    key="performance",
    title="监察 · 绩效",
    description="各部门的按时办结率、承诺压缩、在案与已认定的信号。只有已认定的信号才计分；分数另行计算。",
    variables=COMMON,
    annotations=(RED_CARDS, EDITIONS),
    since="90d",
    panels=flow(
        stat(
            "on-time",
            "按时办结率",
            "已办结、承诺到期日确定的办件中，在到期日内办结者所占。",
            PUNCTUAL,
            Unit.SHARE,
            steps=reassuring(0.95, 0.99),
            links=(ToScreen(title="看各事项", screen="item"),),
            w=6,
            decimals=1,
        ),
        stat(
            "serious-share",
            "百件红黄牌",
            "在案红牌、黄牌与办件之比，按每百件计。",
            f"""
            SELECT if(cases = 0, NULL, 100 * cards / cases) AS n
            FROM (SELECT count() AS cards FROM v_card_open WHERE level IN ('red', 'yellow') AND {IN_MATTER}) AS one
            CROSS JOIN (SELECT count() AS cases FROM v_case WHERE {IN_MATTER}) AS other
            """,
            Unit.CARDS,
            steps=alarming(1, 5),
            links=(ToScreen(title="看信号", screen="cards"),),
            w=6,
            decimals=1,
        ),
        stat(
            "verified",
            "已认定的信号",
            "监察人员已认定、将计分的信号张数。",
            f"SELECT count() AS n FROM v_card WHERE verified AND {IN_CARDS}",
            Unit.CARDS,
            links=(ToScreen(title="看信号", screen="cards"),),
            w=6,
        ),
        stat(
            "promise-ratio",
            "承诺与法定之比",
            "承诺时限与法定时限之比，各事项平均；只计两者都按工作日的事项。越小，承诺压缩得越多。",
            f"SELECT avg(promise_ratio) AS n FROM v_task WHERE {IN_MATTER}",
            Unit.SHARE,
            links=(ToScreen(title="看各事项", screen="item"),),
            w=6,
        ),
        listing(
            "agencies",
            "部门比较",
            "各部门一行，按时办结率低者在前。每个数都能点到它背后的办件或信号。",
            f"""
            SELECT org_name, cases, closed, closed_timed, on_time_share, overdue, red, yellow, serious_share,
                unanswered, verified, promise_ratio, suspect_yuan, org_code
            FROM v_org
            WHERE cases > 0 AND {IN_PLACE}
            ORDER BY on_time_share, red DESC, yellow DESC, org_code
            """,
            (
                Column(name="org_name", title="部门", links=(_TO_AGENCY,)),
                Column(name="cases", title="办件", unit=Unit.CASES, links=(_TO_AGENCY,)),
                Column(name="closed", title="已办结", unit=Unit.CASES, links=(_TO_AGENCY,)),
                Column(name="closed_timed", title="可计时", unit=Unit.CASES, links=(_TO_AGENCY,)),
                Column(
                    name="on_time_share",
                    title="按时办结率",
                    unit=Unit.SHARE,
                    decimals=1,
                    steps=reassuring(0.95, 0.99),
                    links=(_TO_AGENCY,),
                ),
                Column(name="overdue", title="在办超期", unit=Unit.CASES, steps=alarming(1, 10), links=(_TO_AGENCY,)),
                Column(name="red", title="● 红牌", unit=Unit.CARDS, links=(_TO_RED,)),
                Column(name="yellow", title="◆ 黄牌", unit=Unit.CARDS, links=(_TO_YELLOW,)),
                Column(name="serious_share", title="红黄牌比办件", unit=Unit.SHARE, decimals=1, links=(_TO_CARDS,)),
                Column(name="unanswered", title="待反馈", unit=Unit.CARDS, links=(_TO_CARDS,)),
                Column(name="verified", title="已认定", unit=Unit.CARDS, links=(_TO_CARDS,)),
                Column(name="promise_ratio", title="承诺比法定", unit=Unit.SHARE, decimals=0),
                Column(name="suspect_yuan", title="可疑金额", unit=Unit.YUAN, decimals=2, links=(_TO_CARDS,)),
                *hidden("org_code"),
            ),
            h=11,
        ),
        days(
            "closed",
            "每日办结",
            "所选时间内每日（北京时间）办结、承诺到期日确定的办件：按时的与逾期的。",
            f"""
            SELECT day_start AS time, sum(closed_timed) - sum(closed_late) AS punctual, sum(closed_late) AS late
            FROM v_org_daily
            WHERE {within("day_start")} AND {IN_PLACE}
            GROUP BY time
            ORDER BY time
            """,
            (
                Column(name="punctual", title="✓ 按时", colour=Colour.GOOD),
                Column(name="late", title="● 逾期", colour=Colour.RED),
            ),
            unit=Unit.CASES,
            h=9,
        ),
        Panel(
            id="levels",
            kind=Kind.BARS,
            title="各部门在案信号",
            description="各部门成立或待核的红牌、黄牌张数，最多 15 个部门。",
            query=Query(
                sql=f"""
                SELECT any(org_name) AS org, countIf(level = 'red') AS red, countIf(level = 'yellow') AS yellow
                FROM v_card_open
                WHERE level IN ('red', 'yellow') AND {IN_CARDS}
                GROUP BY org_code
                ORDER BY red DESC, yellow DESC, org_code
                LIMIT 15
                """
            ),
            columns=(
                Column(name="org", title="部门"),
                Column(name="red", title="● 红牌", colour=Colour.RED),
                Column(name="yellow", title="◆ 黄牌", colour=Colour.YELLOW),
            ),
            grid=Grid(w=12, h=9),
            unit=Unit.CARDS,
            decimals=0,
        ),
        listing(
            "rules",
            "信号背后的规则",
            "各部门在案红黄牌最多的规则，最多 50 行：这就是扣分将要列出的清单。",
            f"""
            SELECT any(org_name) AS org, any(rule_name) AS rule, countIf(level = 'red') AS red,
                countIf(level = 'yellow') AS yellow, count() AS cards, org_code, rule_id
            FROM v_card_open
            WHERE level IN ('red', 'yellow') AND {IN_CARDS}
            GROUP BY org_code, rule_id
            ORDER BY cards DESC, org_code, rule_id
            LIMIT 50
            """,
            (
                Column(name="org", title="部门", links=(_TO_AGENCY,)),
                Column(name="rule", title="监察规则"),
                Column(name="red", title="● 红牌", unit=Unit.CARDS),
                Column(name="yellow", title="◆ 黄牌", unit=Unit.CARDS),
                Column(
                    name="cards",
                    title="合计",
                    bar=True,
                    links=(ToScreen(title="看这些信号", screen="cards", cells={"org": "org_code", "rule": "rule_id"}),),
                ),
                *hidden("org_code", "rule_id"),
            ),
            h=9,
            ranking=True,
        ),
    ),
)
