"""What is red, and why: the red cards, every rule once before any comes twice, each with its arithmetic."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rules.engine.cards import LEVEL_NAMES
from rules.events.words import Level
from streams.cli.demo.reasons import reason
from streams.cli.demo.scene import heading
from streams.cli.demo.view import View
from streams.cli.screen import SIGNS, level_text
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.stored import StoredCard

SHOWN = 12
COLUMNS = (Column(""), Column("", style="bold"), Column("", gives=True), Column("", gives=True, tail=True, style="dim"))
INDENT = 8
"""Columns of the level before the rule: the reason stands below the rule."""


def show_red(to: "Console", view: View) -> None:
    """Show what is red, and why."""
    counts = Counter(one.card.level for one in view.standing())
    told = "  ".join(f"{SIGNS[level]} {LEVEL_NAMES[level]} {counts[level]:,} 张" for level in reversed(Level))
    heading(to, "一、什么是红的，为什么", told)
    first = one_of_each(view.standing(Level.RED))[:SHOWN]
    rows = [
        (
            level_text(one.card.level),
            view.names.rule(one.card.rule_id),
            view.place(one.card.org_code, one.card.task_code),
            one.card.scope if one.card.scope != one.card.org_code else "",
        )
        for one in first
    ]
    below = [reason(one.card, view) for one in first]
    print_table(to, COLUMNS, rows, titles=False, below=[" " * INDENT + line for line in below])
    rest = counts[Level.RED] - len(first)
    if rest > 0:
        to.print(f"另有 {rest:,} 张红牌；每条规则先列一张", style="dim")


def one_of_each(cards: "list[StoredCard]") -> "list[StoredCard]":
    """Return the cards so that every rule comes once before any comes twice."""
    by_rule: defaultdict[str, list[StoredCard]] = defaultdict(list)
    for one in cards:
        by_rule[one.card.rule_id].append(one)
    longest = max((len(many) for many in by_rule.values()), default=0)
    return [many[at] for at in range(longest) for many in by_rule.values() if at < len(many)]
