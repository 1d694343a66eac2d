"""What is red, and why: the red cards by rule, and the first of them with their arithmetic."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from rules.events.words import Level
from streams.cli.demo.reasons import reason
from streams.cli.demo.view import View, heading
from streams.cli.screen import SIGNS, level_text
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.stored import StoredCard

SHOWN = 14
COLUMNS = (
    Column("级别"),
    Column("规则"),
    Column("办件（部门）", style="dim"),
    Column("部门 · 事项", gives=True),
    Column("为什么", gives=True),
)


def show_red(to: "Console", view: View) -> None:
    """Show what is red, and why."""
    counts = Counter(one.card.level for one in view.standing())
    told = "  ".join(f"{SIGNS[level]} {level_text(level).plain[2:]} {counts[level]:,} 张" for level in reversed(Level))
    heading(to, "一、什么是红的，为什么", told)
    first = _one_of_each(view.standing(Level.RED))[:SHOWN]
    rows: list[tuple[Any, ...]] = [
        (
            level_text(one.card.level),
            view.names.rule(one.card.rule_id),
            one.card.scope if one.card.scope != one.card.org_code else "—",
            _where(one, view),
            reason(one.card, view.catalog.days, view.today, view.run.zone),
        )
        for one in first
    ]
    print_table(to, COLUMNS, rows)
    rest = counts[Level.RED] - len(first)
    if rest > 0:
        to.print(f"另有 {rest:,} 张红牌；每条规则先列一张", style="dim")


def _one_of_each(cards: "list[StoredCard]") -> "list[StoredCard]":
    """Return the cards so that every rule comes once before any comes twice."""
    by_rule: defaultdict[str, list[StoredCard]] = defaultdict(list)
    for one in cards:
        by_rule[one.card.rule_id].append(one)
    longest = max((len(many) for many in by_rule.values()), default=0)
    return [many[at] for at in range(longest) for many in by_rule.values() if at < len(many)]


def _where(one: "StoredCard", view: View) -> str:
    org, task = view.names.org(one.card.org_code), view.names.task(one.card.task_code)
    return " · ".join(part for part in (short_org(org, view), task) if part)


def short_org(name: str, view: View) -> str:
    """Return the name of an agency without that of the city, which everybody knows."""
    return name.removeprefix(view.catalog.head.title)
