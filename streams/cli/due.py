"""``jiancha due``: a deadline with its arithmetic, line by line."""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from streams.cli.chinese import Command
from streams.cli.kinds import WHEN, Word
from streams.cli.law import catalog_option, matter_named, open_catalog
from streams.cli.screen import console
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from rules.catalog.index import Catalog
    from rules.law import Law
    from streams.cli.reckoning import Reckoning

KINDS = Word(("promise", "statutory", "receipt", "issue"), ("承诺", "法定", "受理", "送达"))


@click.command(
    cls=Command,
    help="""计算一个事项自某日起的到期日，逐行列出算式。

事项写实施编码，或名称中独有的几个字；起算日写 2026-03-02，按小时计的写 2026-03-02T09:30。
不写 --kind 时列出承诺时限和法定时限。""",
)
@click.argument("item", metavar="事项")
@click.argument("when", metavar="起算日", type=WHEN)
@catalog_option
@click.option("--kind", type=KINDS, metavar="种类", help="promise 承诺、statutory 法定、receipt 受理、issue 送达")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def due(item: str, when: datetime | date, catalog_name: str, kind: str | None, as_json: bool) -> None:
    """Show when something is due."""
    from streams.cli.reckoning import as_data, law_on, reckoned, start_of

    catalog = open_catalog(catalog_name)
    matter = matter_named(catalog, item)
    start, exact = start_of(catalog, when)
    law = law_on(catalog, matter, start.day)
    found = [reckoned(catalog, law, one, start, exact=exact) for one in ([kind] if kind else ["promise", "statutory"])]
    if as_json:
        data = [as_data(one, law.days, catalog.head.zone) | {"task_code": matter.code} for one in found]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print(console(), catalog, law, found)


def _print(to: "Console", catalog: "Catalog", law: "Law", found: "list[Reckoning]") -> None:
    from rules.explain.words import day_text
    from streams.cli.reckoning import TITLES, lines_of

    matter, version = law.matter, law.version
    if matter is None or version is None:
        return
    agency = catalog.agencies.get(matter.org_code)
    to.print(f"{matter.name}  {matter.code}", style="bold")
    to.print(
        f"{agency.name if agency is not None else matter.org_code}；第 {version.version} 版，{version.from_} 起施行"
    )
    for one in found:
        limit = f"{one.limit}" if one.limit is not None else "无"
        ends = f"  →  {day_text(one.due.day)}" if one.due is not None and one.due.day is not None else ""
        provisional = "（暂定）" if one.due is not None and not one.due.certain else ""
        to.print(f"\n{TITLES[one.kind]} {limit}{ends}{provisional}", style="bold")
        rows = [*lines_of(one, law.days, catalog.head.zone)]
        if one.basis:
            rows.append(("依据", one.basis))
        print_table(to, (Column("", style="cyan"), Column("")), rows, indent=2, titles=False)
