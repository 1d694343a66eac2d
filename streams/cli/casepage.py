"""One case whole: what it is, what happened, which days count, its stages, its cards."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rules.cases.case import Case, Stage
from rules.clocks.clock import Clock, promise_clock, statutory_clock
from rules.engine.asof import AsOf
from rules.explain.words import day_text
from rules.law import Law
from streams.cli.cards import print_cards
from streams.cli.intervals import COUNTED, Interval, intervals
from streams.cli.names import Names, minute
from streams.cli.reckoning import IN_HOURS, TITLES
from streams.cli.table import Column, print_table
from streams.cli.timeline import Line, event_type, timeline

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.stored import CaseState, StoredCard

CLOCKS = (("promise", promise_clock), ("statutory", statutory_clock))
EVENTS = (
    Column("发生"),
    Column("事件", style="bold"),
    Column("内容", gives=True),
    Column("备注", gives=True, style="yellow"),
    Column("事件编号", style="dim"),
)
STAGES = (
    Column("环节"),
    Column("名称"),
    Column("开始"),
    Column("结束"),
    Column("经办"),
    Column("限", right=True),
)
COLOURS = {"计入": "green", "不计入": "dim", "超期": "bold red", "延长": "cyan"}


def print_case(
    to: "Console",
    asked: AsOf[Case],
    state: "CaseState | None",
    cards: "Sequence[StoredCard]",
    *,
    names: Names,
    zone: str,
) -> None:
    """Print a case."""
    docket, law = asked.docket, asked.law
    if docket is None:
        return
    case = docket.facts
    today = asked.engine.catalog.days.day_of(asked.now)
    to.print(f"办件 {docket.key}  {names.task(case.task_code)}", style="bold")
    print_table(to, (Column("", style="cyan"), Column("")), list(_head(asked, state, names, zone)), titles=False)
    to.print("\n【经过】", style="bold cyan")
    rows = [
        (one.when, one.what, one.particulars, one.remark, one.filed.event.event_id)
        for one in timeline(docket, law, zone)
    ]
    print_table(to, EVENTS, rows, indent=2)
    if law is not None:
        for name, ask in CLOCKS:
            clock = ask(case, law)
            if isinstance(clock, Clock):
                _print_clock(to, f"{TITLES[name]} {clock.due.limit}", clock, law, today)
            else:
                to.print(f"\n【{TITLES[name]}】", style="bold cyan")
                to.print(f"  {getattr(clock, 'why', '') or getattr(clock, 'missing', '')}")
    if case.stages:
        to.print("\n【环节】", style="bold cyan")
        print_table(to, STAGES, [_stage_row(stage, law, zone) for stage in _in_order(case)], indent=2)
    to.print("\n【监察信号】", style="bold cyan")
    if cards:
        print_cards(to, cards, names, zone, indent=2)
    else:
        to.print("  没有；为什么没有：jiancha explain --case 办件 --rule 规则")


def case_data(asked: AsOf[Case], cards: Sequence[dict[str, Any]], names: Names, zone: str) -> dict[str, Any]:
    """Return a case as plain data."""
    docket, law = asked.docket, asked.law
    if docket is None:
        return {}
    case = docket.facts
    today = asked.engine.catalog.days.day_of(asked.now)
    clocks = {name: ask(case, law) for name, ask in CLOCKS} if law is not None else {}
    return {
        "case_id": docket.key,
        "task_code": case.task_code,
        "task_name": names.task(case.task_code),
        "org_code": case.org_code,
        "org_name": names.org(case.org_code),
        "profile": law.profile if law is not None else None,
        "broken": docket.broken,
        "events": [_event_data(one) for one in timeline(docket, law, zone)],
        "clocks": [
            _clock_data(name, clock, law, today) for name, clock in clocks.items() if isinstance(clock, Clock) and law
        ],
        "stages": [
            {"stage": stage.key, "started": _minute(stage.started, zone), "ended": _minute(stage.ended, zone)}
            for stage in _in_order(case)
        ],
        "cards": list(cards),
    }


def _head(asked: AsOf[Case], state: "CaseState | None", names: Names, zone: str) -> Iterator[tuple[str, str]]:
    docket, law = asked.docket, asked.law
    if docket is None:
        return
    case = docket.facts
    yield "部门", f"{names.org(case.org_code)}  {case.org_code or ''}".strip()
    if law is not None:
        version = f"第 {law.version.version} 版" if law.version is not None else law.why_no_matter
        yield "依据", f"{case.task_code or '未写明事项'}，{version}，方案 {law.profile}"
    finished = case.finished
    now = f"已于 {minute(finished.at, zone)} 结束" if finished is not None else "在办"
    suspended = "，挂起中" if state is not None and state.suspended else ""
    yield "状态", f"{now}{suspended}（截至 {minute(asked.now, zone)}）"
    if docket.broken:
        yield "注意", "另有记录在隔离区：凡须断言「没有发生」的规则都不作结论"


def _print_clock(to: "Console", title: str, clock: Clock, law: Law, today: int) -> None:
    due = clock.due
    if due.day is None:
        ends = "挂起中，到期日未定"
    elif due.limit.unit in IN_HOURS:
        ends = f"到期 {minute(due.late_from, law.catalog.head.zone)}"
    else:
        ends = f"到期 {day_text(due.day)}{'' if due.certain else '（暂定）'}"
    to.print(f"\n【{title}】{ends}", style="bold cyan")
    total = 0
    rows: list[tuple[Any, ...]] = []
    for one in intervals(law.days, clock, today):
        total += one.n if one.kind == COUNTED else 0
        rows.append(_interval_row(one, total))
    columns = (Column(""), Column(""), Column("", right=True), Column("", right=True), Column("", gives=True))
    print_table(to, columns, rows, indent=2, titles=False)
    if due.limit.unit in IN_HOURS:
        zone = law.catalog.head.zone
        stopped = f"止于 {minute(clock.stop.at, zone)}" if clock.stop is not None else "尚未停止"
        to.print(f"  自 {minute(clock.accepted.at, zone)} 起按小时计，{stopped}")
    if due.assumption is not None:
        to.print(f"  假设：{due.assumption}")


def _interval_row(one: Interval, total: int) -> tuple[Any, ...]:
    from rich.text import Text

    kind = Text(one.kind, COLOURS[one.kind])
    if one.kind == "延长":
        return kind, "", f"+{one.n} 日", "", one.why
    span = f"{one.first} 至 {one.last or '今'}"
    return kind, span, f"{one.n} 日", f"累计 {total}" if one.kind == COUNTED else "", one.why


def _stage_row(stage: Stage, law: Law | None, zone: str) -> tuple[str, ...]:
    declared = law.stage(stage.code) if law is not None else None
    said = stage.completed or stage.entered
    name = (declared.name if declared is not None else "") or (
        getattr(said.event, "stage_name", None) or "" if said else ""
    )
    operator = said.event.operator_id or "" if said is not None else ""
    limit = str(declared.limit) if declared is not None and declared.limit is not None else ""
    return stage.key, name, _minute(stage.started, zone), _minute(stage.ended, zone), operator, limit


def _in_order(case: Case) -> list[Stage]:
    return sorted(case.stages.values(), key=lambda stage: (stage.started or stage.ended or 0, stage.key))


def _minute(instant: int | None, zone: str) -> str:
    return minute(instant, zone) if instant is not None else ""


def _event_data(one: Line) -> dict[str, Any]:
    event = one.filed.event
    return {
        "event_id": event.event_id,
        "event_type": event_type(one),
        "when": one.when,
        "what": one.what,
        "particulars": one.particulars,
        "remark": one.remark,
    }


def _clock_data(name: str, clock: Clock, law: Law, today: int) -> dict[str, Any]:
    from datetime import date

    due = clock.due
    return {
        "kind": name,
        "limit": due.limit.n,
        "unit": due.limit.unit.value,
        "start": date.fromordinal(due.start).isoformat(),
        "due": None if due.day is None else date.fromordinal(due.day).isoformat(),
        "certain": due.certain,
        "intervals": [
            {
                "kind": one.kind,
                "from": one.first.isoformat(),
                "through": one.last.isoformat() if one.last is not None else None,
                "days": one.n,
                "why": one.why,
            }
            for one in intervals(law.days, clock, today)
        ],
    }
