"""事项: matters, their limits, how they are kept, and which of their stages take long."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import Unit, alarming, forbidden, reassuring
from dashboards.model.panel import Column, flow
from dashboards.model.query import within
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

ITEM = Screen(
    key="item",
    title="监察 · 事项",
    description="所选事项：时限、办件、按时办结率、各环节用时、信号。不选事项即为全部。",
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
            links=(ToScreen(title="看超期办件", screen="agency"),),
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
            "open",
            "在办",
            "在办的办件，含挂起。",
            f"SELECT count() AS n FROM v_case WHERE open AND {IN_MATTER}",
            Unit.CASES,
            links=(ToScreen(title="看各部门", screen="agency"),),
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
        stat(
            "promise-ratio",
            "承诺与法定之比",
            "承诺时限与法定时限之比，各事项平均；只计两者都按工作日的事项。越小，承诺压缩得越多。",
            f"SELECT avg(promise_ratio) AS n FROM v_task WHERE {IN_MATTER}",
            Unit.SHARE,
            links=(ToScreen(title="看绩效", screen="performance"),),
        ),
        listing(
            "matters",
            "各事项",
            "所选事项各一行，问题多者在前；最多 300 个。",
            f"""
            SELECT task_name, org_name, promise_text, statutory_text, cases, open, overdue, red, yellow, unanswered,
                on_time_share, days_avg, days_p90, task_code
            FROM v_task
            WHERE {IN_MATTER}
            ORDER BY red DESC, yellow DESC, overdue DESC, cases DESC, task_code
            LIMIT 300
            """,
            (
                Column(
                    name="task_name",
                    title="事项",
                    links=(ToScreen(title="只看这个事项", screen="item", cells={"task": "task_code"}),),
                ),
                Column(name="org_name", title="部门", width=180),
                Column(name="promise_text", title="承诺", width=100),
                Column(name="statutory_text", title="法定", width=100),
                Column(name="cases", title="办件", unit=Unit.CASES, width=80),
                Column(name="open", title="在办", unit=Unit.CASES, width=80),
                Column(name="overdue", title="超期", unit=Unit.CASES, steps=alarming(1, 10), width=80),
                Column(
                    name="red",
                    title="● 红牌",
                    unit=Unit.CARDS,
                    width=80,
                    links=(
                        ToScreen(title="看红牌", screen="cards", cells={"task": "task_code"}, fixed={"level": "red"}),
                    ),
                ),
                Column(
                    name="yellow",
                    title="◆ 黄牌",
                    unit=Unit.CARDS,
                    width=80,
                    links=(
                        ToScreen(
                            title="看黄牌", screen="cards", cells={"task": "task_code"}, fixed={"level": "yellow"}
                        ),
                    ),
                ),
                Column(name="unanswered", title="待反馈", unit=Unit.CARDS, width=80),
                Column(
                    name="on_time_share",
                    title="按时办结率",
                    unit=Unit.SHARE,
                    decimals=1,
                    steps=reassuring(0.95, 0.99),
                    width=100,
                ),
                Column(name="days_avg", title="平均用时", unit=Unit.DAYS, decimals=1, width=90),
                Column(name="days_p90", title="九成用时", unit=Unit.DAYS, decimals=1, width=90),
                *hidden("task_code"),
            ),
            h=11,
        ),
        listing(
            "stages",
            "各环节用时",
            "已经过的环节：通常（中位数）与九成在多少个工作日内，含等待；用时长者在前，最多 50 个。",
            f"""
            SELECT stage_name, task_name, passages, running, workdays_p50, workdays_p90, workdays_max, signals
            FROM v_stage
            WHERE passages > 0 AND {IN_MATTER}
            ORDER BY workdays_p90 DESC, passages DESC, task_code, stage_code
            LIMIT 50
            """,
            (
                Column(name="stage_name", title="环节", width=110),
                Column(name="task_name", title="事项"),
                Column(name="passages", title="已经过", unit=Unit.TIMES, width=80),
                Column(name="running", title="正在此", unit=Unit.CASES, width=80),
                Column(name="workdays_p50", title="通常", unit=Unit.WORKDAYS, decimals=1, width=110),
                Column(name="workdays_p90", title="九成", unit=Unit.WORKDAYS, decimals=1, bar=True, width=160),
                Column(name="workdays_max", title="最长", unit=Unit.WORKDAYS, width=110),
                Column(name="signals", title="环节信号", unit=Unit.CARDS, width=80),
            ),
            w=14,
            h=9,
            ranking=True,
        ),
        days(
            "daily",
            "每日新成立的信号",
            "按条件成立之日（北京时间）计，含后来撤回、办结者。",
            f"""
            SELECT toStartOfDay(condition_at, 'Asia/Shanghai') AS time, countIf(level = 'red') AS red,
                countIf(level = 'yellow') AS yellow, countIf(level = 'notice') AS notice
            FROM v_card
            WHERE {within("condition_at")} AND {IN_CARDS}
            GROUP BY time
            ORDER BY time
            """,
            LEVEL_BARS,
            unit=Unit.CARDS,
            w=10,
            h=9,
        ),
        listing(
            "cards",
            "在案信号",
            "成立或待核的信号，待反馈与级别高者在前；最多 100 张。",
            f"""
            SELECT level, card_id, rule_name, task_name, case_id, condition_at, state_name, {around("condition_at")}
            FROM v_card_open
            WHERE {IN_CARDS}
            ORDER BY urgency DESC, condition_at, card_id
            LIMIT 100
            """,
            (
                LEVEL_COLUMN,
                CARD_COLUMN,
                Column(name="rule_name", title="监察规则", width=150),
                Column(name="task_name", title="事项"),
                CASE_COLUMN,
                Column(name="condition_at", title="成立时间", unit=Unit.INSTANT, width=150),
                Column(name="state_name", title="状态", width=80),
                *SPAN,
            ),
            h=9,
            empty="没有在案信号",
        ),
    ),
)
