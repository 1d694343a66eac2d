"""Which agencies and stages cause it: agencies by their cards, stages by where late cases were held up longest.

A case is held up by a stage from the end of the one before (or the acceptance) to its own end, waiting included.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rules.events.words import Level
from streams.cli.demo.holdups import Holdup
from streams.cli.demo.scene import heading
from streams.cli.demo.view import View
from streams.cli.screen import SIGNS, STYLES, share
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

OF_STAGES = frozenset({"OT_STAGE_OVERDUE", "SK_STEP_MISSING", "SK_STEP_JUMP", "SK_STEP_REORDER"})
SHOWN = 6
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
    Column("环节信号", right=True),
    Column("拖住的超期办件", right=True),
    Column("合计拖延", right=True),
)


def show_causes(to: "Console", view: View, holdups: Iterable[Holdup]) -> None:
    """Show which agencies and stages cause it."""
    heading(to, "三、问题出在哪些部门、哪些环节")
    _agencies(to, view)
    to.print()
    _stages(to, view, holdups)


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


def _stages(to: "Console", view: View, holdups: Iterable[Holdup]) -> None:
    signals = Counter(
        (one.card.task_code or "", one.card.subject.partition("#")[0])
        for one in view.standing()
        if one.card.rule_id in OF_STAGES
    )
    held: Counter[tuple[str, str]] = Counter()
    spent: Counter[tuple[str, str]] = Counter()
    for one in holdups:
        held[one.task, one.stage] += 1
        spent[one.task, one.stage] += one.workdays
    worst = sorted({*signals, *held}, key=lambda key: (-spent[key], -signals[key], key))[:SHOWN]
    rows = [
        (
            view.stage(*key),
            view.names.task(key[0]),
            signals[key] or "·",
            f"{held[key]} 件" if held[key] else "·",
            f"{spent[key]} 个工作日" if spent[key] else "·",
        )
        for key in worst
    ]
    if rows:
        print_table(to, STAGES, rows)


def _count(n: int, level: Level) -> Any:
    from rich.text import Text

    return Text(f"{n:,}", STYLES[level]) if n else "·"
