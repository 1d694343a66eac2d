"""``jiancha explain``: why a card stands, or what a rule answers of a case, also why there is no card."""

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from streams.cli.archive import catalog_of, opened, store_option
from streams.cli.chinese import Command
from streams.cli.kinds import WHEN
from streams.cli.screen import console
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from rules.declare import Rule
    from rules.explain import Statement
    from sinks.clickhouse.archive import Archive


@click.command(
    cls=Command,
    help="""说明一张监察信号：条款、算式、计入与不计入的日期、证据、每次变动及理由。

也可以问任何办件和规则：explain --case 办件 --rule 规则，没有信号时说明为什么没有。""",
)
@click.argument("card_id", metavar="[监察编号]", required=False)
@store_option
@click.option("--case", "case_id", metavar="办件", help="办件编号，与 --rule 同用；规则以部门为对象的写部门")
@click.option("--rule", "rule_id", metavar="编号", help="规则编号，与 --case 同用")
@click.option("--as-of", metavar="时刻", type=WHEN, help="截至何时（默认回放所至）")
@click.option("--catalog", "moved", metavar="目录", help="监察目录现在何处（默认用回放时的位置）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def explain(
    *,
    card_id: str | None,
    store: str,
    case_id: str | None,
    rule_id: str | None,
    as_of: date | None,
    moved: str | None,
    as_json: bool,
) -> None:
    """Explain a card, or the answer of a rule about a case."""
    from streams.cli.asking import as_plain

    if (card_id is None) == (case_id is None):
        raise Trouble("写监察编号，或者写 --case 办件 --rule 规则")
    if case_id is not None and rule_id is None:
        raise Trouble("--case 须与 --rule 同用；jiancha case 办件 看全部经过")
    with opened(store) as archive:
        statement = _statement(archive, card_id=card_id, case_id=case_id, rule_id=rule_id, as_of=as_of, moved=moved)
    if as_json:
        click.echo(json.dumps(as_plain(statement), ensure_ascii=False, indent=2))
    else:
        print_statement(statement)


def print_statement(statement: "Statement") -> None:
    """Print an explanation, its titles set off."""
    to = console()
    to.print(statement.title, style="bold")
    for section in statement.sections:
        to.print(f"\n【{section.title}】", style="bold cyan")
        for line in section.lines:
            to.print(f"  {line}")


def _statement(
    archive: "Archive",
    *,
    card_id: str | None,
    case_id: str | None,
    rule_id: str | None,
    as_of: date | None,
    moved: str | None,
) -> "Statement":
    from rules.explain import explain_card, explain_rule
    from rules.registry import BY_ID
    from streams.cli.asking import as_of_scope
    from streams.cli.replay import instant_in
    from streams.cli.rules import rule_named

    catalog = catalog_of(archive.run, moved)
    now = instant_in(as_of, archive.run.zone) if as_of is not None else None
    if card_id is None:
        rule = rule_named(rule_id or "")
        scope = _scope(rule, case_id or "", catalog)
        return explain_rule(rule, as_of_scope(archive, catalog, rule, scope, now), catalog)
    stored = archive.card(card_id.strip().upper())
    if stored is None:
        raise Trouble(f"存储里没有监察信号「{card_id}」；jiancha cards 列出全部")
    card = stored.card
    history = [one.transition for one in archive.transitions(card.card_id)]
    asked = as_of_scope(archive, catalog, rule_named(card.rule_id), card.scope, now)
    statement = explain_card(card, history, asked, catalog, BY_ID)
    return _with_cards(statement, archive, card.finding.events, catalog.head.zone)


def _with_cards(statement: "Statement", archive: "Archive", evidence: Iterable[str], zone: str) -> "Statement":
    """Return the statement with the cards that are its evidence, where a card rests on cards."""
    from rules.engine.cards import STATE_NAMES
    from rules.explain import Section, Statement
    from rules.explain.words import level_text
    from rules.registry import BY_ID
    from streams.cli.names import minute

    found = [one.card for one in map(archive.card, evidence) if one is not None]
    if not found:
        return statement
    lines = tuple(
        f"{card.card_id}  {level_text(card.level)} {BY_ID[card.rule_id].name}，{STATE_NAMES[card.state]}，"
        f"办件 {card.scope}，条件成立 {minute(card.condition_at, zone)}"
        for card in found
    )
    return Statement(statement.title, (*statement.sections, Section("作为证据的信号", lines)))


def _scope(rule: "Rule", written: str, catalog: "Catalog") -> str:
    """Return what a rule is asked about: a case as written, an agency by its code or name."""
    from rules.declare import Tier
    from streams.cli.names import Names

    if rule.tier is Tier.CASE:
        return written
    names = Names({code: agency.name for code, agency in catalog.agencies.items()}, {})
    return names.org_code(written)
