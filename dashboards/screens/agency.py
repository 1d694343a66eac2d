"""部门: one agency, or those chosen. What is late, what becomes late, and which matters and stages cause it."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import Colour, Mapping, Unit, alarming, forbidden, reassuring
from dashboards.model.panel import Column, flow
from dashboards.model.query import within
from dashboards.model.screen import Screen
from dashboards.screens.made import (
    CASE_COLUMN,
    COMMON,
    EDITIONS,
    IN_CARDS,
    IN_MATTER,
    IN_PLACE,
    PUNCTUAL,
    RED_CARDS,
    SPAN,
    around,
    days,
    hidden,
    listing,
    stat,
)

_TO_CARDS = ToScreen(title="看这些信号", screen="cards")
_TO_ITEM = ToScreen(title="看这个事项", screen="item", cells={"task": "task_code"})

AGENCY = Screen(
    key="agency",
    title="监察 · 部门",
    description="所选部门：超期与即将超期的办件，问题集中的事项与环节。不选部门即为全部。",
    variables=COMMON,
    annotations=(RED_CARDS, EDITIONS),
    panels=flow(
        stat(
            "overdue",
            "超期未办结",
            "在办而最先到期之日已过的办件。",
            f"SELECT count() AS n FROM v_case_overdue WHERE {IN_MATTER}",
            Unit.CASES,
            steps=alarming(1, 10),
            links=(_TO_CARDS,),
            zero=True,
        ),
        stat(
            "red",
            "● 红牌成立",
            "成立或待核的红牌张数。",
            f"SELECT count() AS n FROM v_card_open WHERE level = 'red' AND {IN_CARDS}",
            Unit.CARDS,
            steps=forbidden(),
            links=(ToScreen(title="看这些红牌", screen="cards", fixed={"level": "red"}),),
            zero=True,
        ),
        stat(
            "yellow",
            "◆ 黄牌成立",
            "成立或待核的黄牌张数。",
            f"SELECT count() AS n FROM v_card_open WHERE level = 'yellow' AND {IN_CARDS}",
            Unit.CARDS,
            steps=alarming(1, 20),
            links=(ToScreen(title="看这些黄牌", screen="cards", fixed={"level": "yellow"}),),
            zero=True,
        ),
        stat(
            "unanswered",
            "待反馈",
            "成立、须反馈而尚未反馈的信号张数，不含历史。",
            f"SELECT count() AS n FROM v_card_open WHERE unanswered AND {IN_CARDS}",
            Unit.CARDS,
            steps=alarming(1, 10),
            links=(_TO_CARDS,),
            zero=True,
        ),
        stat(
            "open",
            "在办",
            "在办的办件，含挂起。",
            f"SELECT count() AS n FROM v_case WHERE open AND {IN_MATTER}",
            Unit.CASES,
            links=(ToScreen(title="看各事项", screen="item"),),
        ),
        stat(
            "on-time",
            "按时办结率",
            "已办结、承诺到期日确定的办件中，在到期日内办结者所占。",
            PUNCTUAL,
            Unit.SHARE,
            steps=reassuring(0.95, 0.99),
            links=(ToScreen(title="看绩效", screen="performance"),),
            decimals=1,
        ),
        listing(
            "late",
            "超期未办结的办件",
            "在办而到期日已过者，超得多者在前；最多 100 件。",
            f"""
            SELECT case_id, task_name, org_name, due_kind, due, workdays_over, suspended, standing,
                {around("ifNull(accepted_at, toDateTime(assumeNotNull(due), 'Asia/Shanghai'))")}
            FROM v_case_overdue
            WHERE {IN_MATTER}
            ORDER BY workdays_over DESC, due, case_id
            LIMIT 100
            """,
            (
                CASE_COLUMN,
                Column(name="task_name", title="事项"),
                Column(name="org_name", title="部门"),
                Column(name="due_kind", title="时限", width=60),
                Column(name="due", title="到期日", unit=Unit.DAY, width=100),
                Column(name="workdays_over", title="已超", unit=Unit.WORKDAYS, steps=alarming(1, 3), width=110),
                Column(
                    name="suspended",
                    title="计时",
                    width=80,
                    mappings=(Mapping(value="true", text="‖ 挂起"), Mapping(value="false", text="▶ 计时")),
                ),
                Column(name="standing", title="信号", unit=Unit.CARDS, width=70),
                *SPAN,
            ),
            w=12,
            h=9,
            empty="没有超期未办结的办件",
        ),
        listing(
            "due",
            "七日内到期的办件",
            "在办、尚未超期而七日内到期者，先到期者在前；最多 100 件。",
            f"""
            SELECT when_due, case_id, task_name, org_name, due_kind, due, workdays_left,
                {around("ifNull(accepted_at, toDateTime(assumeNotNull(due), 'Asia/Shanghai'))")}
            FROM v_case_due
            WHERE {IN_MATTER}
            ORDER BY due, case_id
            LIMIT 100
            """,
            (
                Column(
                    name="when_due",
                    title="何时",
                    width=80,
                    mappings=(
                        Mapping(value="今天", text="● 今天", colour=Colour.RED),
                        Mapping(value="明天", text="◆ 明天", colour=Colour.YELLOW),
                        Mapping(value="本周", text="○ 本周", colour=Colour.NOTICE),
                        Mapping(value="七日内", text="○ 七日内", colour=Colour.CALM),
                    ),
                ),
                CASE_COLUMN,
                Column(name="task_name", title="事项"),
                Column(name="org_name", title="部门"),
                Column(name="due_kind", title="时限", width=60),
                Column(name="due", title="到期日", unit=Unit.DAY, width=100),
                Column(name="workdays_left", title="还剩", unit=Unit.WORKDAYS, width=110),
                *SPAN,
            ),
            w=12,
            h=9,
            empty="七日内没有办件到期",
        ),
        listing(
            "stages",
            "拖住办件的环节",
            "超期办件在其中用时最长的环节：拖住几件、合计多少个工作日；最多 30 个。",
            f"""
            SELECT stage_name, task_name, org_name, held_up, held_workdays, workdays_p50, workdays_p90, signals,
                task_code
            FROM v_stage
            WHERE (held_up > 0 OR signals > 0) AND {IN_MATTER}
            ORDER BY held_workdays DESC, signals DESC, task_code, stage_code
            LIMIT 30
            """,
            (
                Column(name="stage_name", title="环节", width=110),
                Column(name="task_name", title="事项", links=(_TO_ITEM,)),
                Column(name="org_name", title="部门"),
                Column(name="held_up", title="拖住", unit=Unit.CASES, width=80),
                Column(name="held_workdays", title="合计用时", bar=True, unit=Unit.WORKDAYS, width=160),
                Column(name="workdays_p50", title="通常用时", unit=Unit.WORKDAYS, decimals=1, width=120),
                Column(name="workdays_p90", title="九成用时", unit=Unit.WORKDAYS, decimals=1, width=120),
                Column(name="signals", title="环节信号", unit=Unit.CARDS, width=80),
                *hidden("task_code"),
            ),
            w=14,
            h=9,
            ranking=True,
            empty="没有拖住办件的环节",
        ),
        days(
            "flow",
            "每日受理与办结",
            "所选时间内每日（北京时间）受理、按时或无承诺而办结、逾期办结的件数。",
            f"""
            SELECT day_start AS time, sum(accepted) AS taken, sum(closed) - sum(closed_late) AS done,
                sum(closed_late) AS late
            FROM v_org_daily
            WHERE {within("day_start")} AND {IN_PLACE}
            GROUP BY time
            ORDER BY time
            """,
            (
                Column(name="taken", title="受理", colour=Colour.CALM),
                Column(name="done", title="办结", colour=Colour.GOOD),
                Column(name="late", title="● 逾期办结", colour=Colour.RED),
            ),
            unit=Unit.CASES,
            w=10,
            h=9,
        ),
        listing(
            "agencies",
            "各部门",
            "所选部门各一行：办件、超期、在案信号、按时办结率、数据延迟。",
            f"""
            SELECT org_name, open, overdue, due_today, red, yellow, unanswered, on_time_share, lag_p95_minutes, org_code
            FROM v_org
            WHERE {IN_PLACE}
            ORDER BY red DESC, yellow DESC, overdue DESC, org_code
            """,
            (
                Column(
                    name="org_name",
                    title="部门",
                    links=(ToScreen(title="只看这个部门", screen="agency", cells={"org": "org_code"}),),
                ),
                Column(name="open", title="在办", unit=Unit.CASES),
                Column(name="overdue", title="超期", unit=Unit.CASES, steps=alarming(1, 10)),
                Column(name="due_today", title="今天到期", unit=Unit.CASES),
                Column(
                    name="red",
                    title="● 红牌",
                    unit=Unit.CARDS,
                    links=(
                        ToScreen(title="看红牌", screen="cards", cells={"org": "org_code"}, fixed={"level": "red"}),
                    ),
                ),
                Column(
                    name="yellow",
                    title="◆ 黄牌",
                    unit=Unit.CARDS,
                    links=(
                        ToScreen(title="看黄牌", screen="cards", cells={"org": "org_code"}, fixed={"level": "yellow"}),
                    ),
                ),
                Column(name="unanswered", title="待反馈", unit=Unit.CARDS, steps=alarming(1, 10)),
                Column(
                    name="on_time_share", title="按时办结率", unit=Unit.SHARE, decimals=1, steps=reassuring(0.95, 0.99)
                ),
                Column(name="lag_p95_minutes", title="数据延迟", unit=Unit.MINUTES, decimals=0),
                *hidden("org_code"),
            ),
            h=9,
        ),
    ),
)
