"""Which agencies and stages cause it: agencies by their cards, stages by where late cases stood longest."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.events.handling import StageCompleted
from rules.events.instants import instant_of
from rules.events.words import Level
from streams.cli.demo.view import View, heading
from streams.cli.screen import SIGNS, STYLES, share
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.archive import Archive

LATE = frozenset({"OT_PROMISE_OVERDUE", "OT_STATUTORY_OVER", "OT_STAGE_OVERDUE"})
OF_STAGES = frozenset({"OT_STAGE_OVERDUE", "SK_STEP_MISSING", "SK_STEP_JUMP", "SK_STEP_REORDER"})
SHOWN = 6
STAGE_TYPE = "stage.completed"
AGENCIES = (
    Column("部门", style="bold", gives=True),
    Column("办件", right=True),
    Column(f"{SIGNS[Level.RED]} 红牌", right=True),
    Column(f"{SIGNS[Level.YELLOW]} 黄牌", right=True),
    Column(f"{SIGNS[Level.NOTICE]} 预警", right=True),
    Column("红黄牌／办件", right=True),
    Column("最多的规则", gives=True),
)
STAGES = (
    Column("环节", style="bold", gives=True),
    Column("事项", gives=True),
    Column("信号", right=True),
    Column("超期办件停留最久", right=True),
    Column("合计停留", right=True),
)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a late case stood in a stage: matter, stage, working days."""

    case_id: str
    task: str
    stage: str
    workdays: int


def show_causes(to: "Console", view: View, stays: Iterable[Stay]) -> None:
    """Show which agencies and stages cause it."""
    heading(to, "三、问题出在哪些部门、哪些环节")
    _agencies(to, view)
    to.print()
    _stages(to, view, stays)


def stays_of(archive: "Archive", view: View) -> list[Stay]:
    """Return how long late cases stood in each stage; one pass over the archive."""
    late = {one.card.scope for one in view.of(LATE)}
    tasks = {one.case_id: one.task_code for one in view.cases if one.case_id in late}
    days = view.catalog.days
    found: list[Stay] = []
    for stored in archive.all_events():
        if stored.event_type != STAGE_TYPE or stored.case_id not in tasks:
            continue
        event = stored.event
        if isinstance(event, StageCompleted) and event.started_at is not None and event.stage_code is not None:
            end = instant_of(event.ended_at) if event.ended_at is not None else stored.occurred_at
            spent = days.working_between(days.day_of(instant_of(event.started_at)), days.day_of(end))
            found.append(Stay(stored.case_id, tasks[stored.case_id], event.stage_code, spent))
    return sorted(found, key=lambda stay: (stay.case_id, stay.stage, stay.workdays))


def _agencies(to: "Console", view: View) -> None:
    cases = Counter(one.org_code for one in view.cases)
    cards: defaultdict[str, Counter[Level]] = defaultdict(Counter)
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in view.standing():
        org = one.card.org_code or ""
        cards[org][one.card.level] += 1
        rules[org][one.card.rule_id] += 1
    worst = sorted(cards, key=lambda org: (-cards[org][Level.RED], -cards[org][Level.YELLOW], org))[:SHOWN]
    rows: list[tuple[Any, ...]] = []
    for org in worst:
        serious = cards[org][Level.RED] + cards[org][Level.YELLOW]
        often = "、".join(f"{view.names.rule(rule)} {n}" for rule, n in rules[org].most_common(2))
        levels = [_count(cards[org][level], level) for level in (Level.RED, Level.YELLOW, Level.NOTICE)]
        rows.append((view.org(org), f"{cases[org]:,}", *levels, share(serious, cases[org]), often))
    print_table(to, AGENCIES, rows)


def _stages(to: "Console", view: View, stays: Iterable[Stay]) -> None:
    signals = Counter(
        (one.card.task_code or "", one.card.subject.partition("#")[0])
        for one in view.standing()
        if one.card.rule_id in OF_STAGES
    )
    longest: dict[str, Stay] = {}
    for stay in stays:
        best = longest.get(stay.case_id)
        if best is None or stay.workdays > best.workdays:
            longest[stay.case_id] = stay
    held = Counter((stay.task, stay.stage) for stay in longest.values())
    spent: Counter[tuple[str, str]] = Counter()
    for stay in longest.values():
        spent[stay.task, stay.stage] += stay.workdays
    keys = {*signals, *held}
    worst = sorted(keys, key=lambda key: (-(signals[key] + held[key]), -spent[key], key))[:SHOWN]
    rows = [
        (
            _stage_name(view, *key),
            view.names.task(key[0]),
            signals[key] or "·",
            f"{held[key]} 件" if held[key] else "·",
            f"{spent[key]} 个工作日" if spent[key] else "·",
        )
        for key in worst
    ]
    print_table(to, STAGES, rows)


def _stage_name(view: View, task: str, code: str) -> str:
    matter = view.catalog.matters.get(task)
    stages = [stage for version in matter.versions for stage in version.flow] if matter is not None else []
    return next((f"{stage.name}（{code}）" for stage in stages if stage.code == code), code)


def _count(n: int, level: Level) -> Any:
    from rich.text import Text

    return Text(f"{n:,}", STYLES[level]) if n else "·"
