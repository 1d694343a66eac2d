"""``jiancha explain``: why a card stands, or what a rule answers of a case, also why there is no card."""

import json
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
    from streams.cli.replay import instant_in
    from streams.cli.rules import rule_named
    from streams.cli.statements import card_statement, rule_statement

    catalog = catalog_of(archive.run, moved)
    now = instant_in(as_of, archive.run.zone) if as_of is not None else None
    if card_id is not None:
        return card_statement(archive, catalog, card_id, now)
    rule = rule_named(rule_id or "")
    return rule_statement(archive, catalog, rule, _scope(rule, case_id or "", catalog), now)


def _scope(rule: "Rule", written: str, catalog: "Catalog") -> str:
    """Return what a rule is asked about: a case as written, an agency by its code or name."""
    from rules.declare import Tier
    from streams.cli.names import Names

    if rule.tier is Tier.CASE:
        return written
    names = Names({code: agency.name for code, agency in catalog.agencies.items()}, {})
    return names.org_code(written)
