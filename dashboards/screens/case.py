"""办件: one case. Its stages, the days that count and those that do not, its cards, charges and records."""

from dashboards.model.links import ToScreen
from dashboards.model.looks import LEVELS, Colour, Mapping, Unit, reassuring
from dashboards.model.panel import Column, Grid, Kind, Panel, flow
from dashboards.model.query import Query
from dashboards.model.screen import Screen, Typed
from dashboards.screens.made import (
    CARD_COLUMN,
    COMMON,
    EDITIONS,
    LEVEL_COLUMN,
    RED_CARDS,
    listing,
    stat,
)

_THIS = "case_id = {case:String}"
_NONE = "没有，或还没有填办件编号"
_TO_CARDS = ToScreen(title="看监察信号", screen="cards")
_IDLE = Mapping(value="—", text="—", colour=Colour.QUIET)
_CLOCK = (
    Mapping(value="计入", text="▶ 计入", colour=Colour.CALM),
    Mapping(value="不计入", text="‖ 不计入", colour=Colour.YELLOW),
    Mapping(value="超期", text="● 超期", colour=Colour.RED),
    _IDLE,
)


def _clock_points(clock: str) -> str:
    """Return the points of a clock's lane: where an interval begins, and the day after it ends."""
    only = f"{_THIS} AND clock = '{clock}' AND kind != 'added'"
    begin, end = ("kind_name, NULL", "'—', NULL") if clock == "promise" else ("NULL, kind_name", "NULL, '—'")
    return f"""
    SELECT toDateTime(first_day, 'Asia/Shanghai'), 1, NULL, {begin} FROM v_case_clock WHERE {only}
    UNION ALL
    SELECT toDateTime(addDays(assumeNotNull(last_day), 1), 'Asia/Shanghai'), 0, NULL, {end} FROM v_case_clock
    WHERE {only} AND last_day IS NOT NULL
    """


_TIMELINE = f"""
WITH _points AS (
    SELECT toDateTime(coalesce(started, ended), 'Asia/Shanghai') AS at, 1 AS first,
        CAST(stage_name, 'Nullable(String)') AS stage, CAST(NULL, 'Nullable(String)') AS promise,
        CAST(NULL, 'Nullable(String)') AS statutory
    FROM v_case_stage WHERE {_THIS} AND coalesce(started, ended) IS NOT NULL
    UNION ALL
    SELECT toDateTime(assumeNotNull(ended), 'Asia/Shanghai'), 0, '—', NULL, NULL
    FROM v_case_stage WHERE {_THIS} AND ended IS NOT NULL
    UNION ALL
    {_clock_points("promise")}
    UNION ALL
    {_clock_points("statutory")}
    UNION ALL
    SELECT toDateTime(ifNull(closed_at, (SELECT now FROM v_current)), 'Asia/Shanghai'), 0, NULL, NULL, NULL
    FROM v_case WHERE {_THIS}
)
SELECT at AS time, ifNull(last_value(stage) IGNORE NULLS OVER _all, '—') AS stage_word,
    ifNull(last_value(promise) IGNORE NULLS OVER _all, '—') AS promise_word,
    ifNull(last_value(statutory) IGNORE NULLS OVER _all, '—') AS statutory_word
FROM (
    SELECT at, argMax(stage, first) AS stage, argMax(promise, first) AS promise, argMax(statutory, first) AS statutory
    FROM _points GROUP BY at
)
WINDOW _all AS (ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
ORDER BY time
"""

CASE = Screen(
    key="case",
    title="监察 · 办件",
    description="一件办件的全程：环节、计入与不计入的日子、监察信号、收费、每条记录。先在上方填办件编号，或从别的看板点进来。",
    variables=(
        Typed(name="case", title="办件编号", hint="整个办件编号；从红黄牌等看板点进来时自动填上"),
        *COMMON,
    ),
    annotations=(RED_CARDS, EDITIONS),
    since="180d",
    panels=flow(
        stat(
            "days-left",
            "距最先到期",
            "在走的各时限中最先到期者，还剩多少个工作日；负数为已超。已办结、挂起中或到期日不确定时没有。",
            f"SELECT anyOrNull(workdays_left) AS n FROM v_case WHERE {_THIS}",
            Unit.WORKDAYS,
            steps=reassuring(0, 3),
            links=(ToScreen(title="看这个部门", screen="agency"),),
        ),
        stat(
            "standing",
            "成立的信号",
            "该办件成立或待核的监察信号张数。",
            f"SELECT count() AS n FROM v_card_open WHERE {_THIS}",
            Unit.CARDS,
            links=(_TO_CARDS,),
        ),
        listing(
            "head",
            "办件",
            "该办件现在的样子。点办件编号把时间范围调到它的起止。",
            f"""
            SELECT case_id, task_name, org_name, clock_state, submitted_at, accepted_at, promise_due,
                promise_workdays_left, statutory_due, statutory_workdays_left, decided_at, closed_at, worst,
                toUnixTimestamp64Milli(ifNull(submitted_at, ifNull(accepted_at, (SELECT now FROM v_current))))
                    - 3 * 86400000 AS from_ms,
                toUnixTimestamp64Milli(ifNull(closed_at, (SELECT now FROM v_current))) + 3 * 86400000 AS to_ms
            FROM v_case
            WHERE {_THIS}
            """,
            (
                Column(
                    name="case_id",
                    title="办件编号",
                    width=330,
                    links=(
                        ToScreen(
                            title="看它的起止",
                            screen="case",
                            cells={"case": "case_id"},
                            span=("from_ms", "to_ms"),
                        ),
                    ),
                ),
                Column(name="task_name", title="事项"),
                Column(name="org_name", title="责任部门"),
                Column(name="clock_state", title="计时", width=70),
                Column(name="submitted_at", title="申办", unit=Unit.INSTANT, width=140),
                Column(name="accepted_at", title="受理", unit=Unit.INSTANT, width=140),
                Column(name="promise_due", title="承诺到期", unit=Unit.DAY, width=100),
                Column(name="promise_workdays_left", title="承诺剩余", unit=Unit.WORKDAYS, width=110),
                Column(name="statutory_due", title="法定到期", unit=Unit.DAY, width=100),
                Column(name="statutory_workdays_left", title="法定剩余", unit=Unit.WORKDAYS, width=110),
                Column(name="decided_at", title="决定", unit=Unit.INSTANT, width=140),
                Column(name="closed_at", title="办结", unit=Unit.INSTANT, width=140),
                Column(name="worst", title="最高级别", mappings=LEVELS, width=90),
                Column(name="from_ms", title="起", hidden=True),
                Column(name="to_ms", title="止", hidden=True),
            ),
            w=16,
            h=4,
            empty=_NONE,
        ),
        Panel(
            id="timeline",
            kind=Kind.TIMELINE,
            title="环节与计时",
            description="上：所在环节。中、下：承诺时限与法定时限各日是计入、不计入（特别程序）还是超期；「—」为没有。"
            "只画所选时间范围内的；点上方办件编号可调到起止。",
            query=Query(sql=_TIMELINE),
            columns=(
                Column(name="time", title="时间"),
                Column(name="stage_word", title="环节", mappings=(_IDLE,)),
                Column(name="promise_word", title="承诺时限", mappings=_CLOCK),
                Column(name="statutory_word", title="法定时限", mappings=_CLOCK),
            ),
            grid=Grid(w=24, h=7),
            empty=_NONE,
        ),
        listing(
            "cards",
            "监察信号",
            "该办件的全部信号，含已撤回、办结者。点监察编号看逐行说明。",
            f"""
            SELECT level, card_id, rule_name, subject, condition_at, raised_at, state_name, standing, ended
            FROM v_card
            WHERE {_THIS}
            ORDER BY standing DESC, level_rank DESC, condition_at, card_id
            """,
            (
                LEVEL_COLUMN,
                CARD_COLUMN,
                Column(name="rule_name", title="监察规则"),
                Column(name="subject", title="监察对象"),
                Column(name="condition_at", title="成立时间", unit=Unit.INSTANT, width=140),
                Column(name="raised_at", title="生成时间", unit=Unit.INSTANT, width=140),
                Column(name="state_name", title="状态", width=80),
                Column(
                    name="standing",
                    title="成立",
                    width=60,
                    mappings=(Mapping(value="true", text="✓ 是"), Mapping(value="false", text="✕ 否")),
                ),
                Column(name="ended", title="条件结束", unit=Unit.INSTANT, width=140),
            ),
            w=14,
            h=8,
            empty=_NONE,
        ),
        listing(
            "clocks",
            "时限逐段",
            "各时限的每一段：计入、不计入、延长、超期，各多少日。",
            f"""
            SELECT clock_name, kind_name, first_day, last_day, n, unit, due, limit_text, basis
            FROM v_case_clock
            WHERE {_THIS}
            ORDER BY clock, first_day, kind
            """,
            (
                Column(name="clock_name", title="时限", width=60),
                Column(name="kind_name", title="段", width=80, mappings=_CLOCK[:3]),
                Column(name="first_day", title="首日", unit=Unit.DAY, width=100),
                Column(name="last_day", title="末日", unit=Unit.DAY, width=100),
                Column(name="n", title="日数", width=60),
                Column(name="unit", title="单位", width=90),
                Column(name="due", title="到期日", unit=Unit.DAY, width=100),
                Column(name="limit_text", title="时限长度", width=100),
                Column(name="basis", title="依据"),
            ),
            w=10,
            h=8,
            empty=_NONE,
        ),
        listing(
            "stages",
            "环节",
            "该办件经过的环节；用时自上一环节结束算起，含等待。",
            f"""
            SELECT position, stage_name, occurrence, started, ended, workdays, result_name
            FROM v_case_stage
            WHERE {_THIS}
            ORDER BY position
            """,
            (
                Column(name="position", title="次序", width=60),
                Column(name="stage_name", title="环节"),
                Column(name="occurrence", title="第几次", width=70),
                Column(name="started", title="开始", unit=Unit.INSTANT, width=140),
                Column(name="ended", title="结束", unit=Unit.INSTANT, width=140),
                Column(name="workdays", title="用时", unit=Unit.WORKDAYS, width=100),
                Column(name="result_name", title="结果", width=80),
            ),
            w=12,
            h=8,
            empty=_NONE,
        ),
        listing(
            "charges",
            "收费",
            "该办件的每笔收费。",
            f"""
            SELECT charge_key, item_name, due_yuan, paid_yuan, refunded_yuan, paid_at, state_name, suspect
            FROM v_charge
            WHERE {_THIS}
            ORDER BY paid_at, charge_key
            """,
            (
                Column(name="charge_key", title="缴款单号"),
                Column(name="item_name", title="收费项目"),
                Column(name="due_yuan", title="应缴", unit=Unit.YUAN, decimals=2, width=100),
                Column(name="paid_yuan", title="实缴", unit=Unit.YUAN, decimals=2, width=100),
                Column(name="refunded_yuan", title="已退", unit=Unit.YUAN, decimals=2, width=100),
                Column(name="paid_at", title="缴费时间", unit=Unit.INSTANT, width=140),
                Column(name="state_name", title="状态", width=80),
                Column(
                    name="suspect",
                    title="可疑",
                    width=70,
                    mappings=(
                        Mapping(value="true", text="● 可疑", colour=Colour.RED),
                        Mapping(value="false", text="✓ 无"),
                    ),
                ),
            ),
            w=12,
            h=8,
            empty=_NONE,
        ),
        listing(
            "events",
            "经过",
            "该办件的每条记录，按发生先后；迟报以分钟计。自由文本只列字数。",
            f"""
            SELECT position, occurred_at, title, lag_minutes, data_source,
                multiIf(voided, '✕ 作废', corrected, '✎ 已更正', duplicate, '＝ 重复',
                    defects > 0, '! 有缺陷', '') AS mark,
                text_chars, event_id
            FROM v_case_timeline
            WHERE {_THIS}
            ORDER BY position
            """,
            (
                Column(name="position", title="次序", width=60),
                Column(name="occurred_at", title="发生时间", unit=Unit.INSTANT, width=150),
                Column(name="title", title="事件"),
                Column(name="lag_minutes", title="迟报", unit=Unit.MINUTES, width=110),
                Column(name="data_source", title="来源", width=120),
                Column(name="mark", title="标记", width=90),
                Column(name="text_chars", title="文本字数", width=80),
                Column(name="event_id", title="事件编号"),
            ),
            h=10,
            empty=_NONE,
        ),
    ),
)
