"""The money in suspicious charges, exact to the fen, by rule."""

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rules.engine.cards import Card
from sinks.clickhouse.money import MONEY
from streams.cli.demo.reasons import figures_of
from streams.cli.demo.scene import heading
from streams.cli.demo.view import View
from streams.cli.screen import yuan
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

NOTHING = Decimal(0)
SORTS = MONEY
"""By rule: what sort of money it is, and the figures it is the difference of."""
COLUMNS = (
    Column("规则", style="bold"),
    Column("性质"),
    Column("笔数", right=True),
    Column("金额（元）", right=True),
    Column("最大一笔", right=True),
    Column("收费项目", gives=True),
    Column("办件", gives=True, tail=True, style="dim"),
)


def show_money(to: "Console", view: View) -> None:
    """Show the money in suspicious charges."""
    heading(to, "四、可疑收费", "金额按扣除已退、已缴存计")
    found: defaultdict[str, list[tuple[Decimal, Card]]] = defaultdict(list)
    for one in view.of(SORTS):
        found[one.card.rule_id].append((amount_of(one.card), one.card))
    rows: list[tuple[Any, ...]] = []
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for rule_id, (sort, _, _) in SORTS.items():
        amounts = found.get(rule_id)
        if not amounts:
            continue
        total = sum((amount for amount, _ in amounts), NOTHING)
        totals[sort] += total
        most, card = max(amounts, key=lambda one: (one[0], one[1].card_id))
        item = str(figures_of(card).get("收费项目", ("", ""))[1])
        name = view.item(item) or item
        rows.append((view.names.rule(rule_id), sort, len(amounts), yuan(total), yuan(most), name, card.scope))
    if not rows:
        to.print("没有。")
        return
    print_table(to, COLUMNS, rows)
    to.print("合计：" + "；".join(f"{sort} {yuan(total)} 元" for sort, total in totals.items()), style="bold")


def amount_of(card: Card) -> Decimal:
    """Return the money a card is about, yuan; nothing where its figures do not say."""
    _, plus, minus = SORTS[card.rule_id]
    figures = {name: value for name, (_, value) in figures_of(card).items()}
    return Decimal(figures.get(plus) or 0) - Decimal(figures.get(minus) or 0)
