"""``jiancha case``: one case whole, its events, intervals, stages and cards."""

import json
from datetime import date

import click

from streams.cli.archive import catalog_of, opened, store_option
from streams.cli.chinese import Command
from streams.cli.kinds import WHEN
from streams.cli.screen import console


@click.command(
    cls=Command,
    help="""显示一个办件的全部经过：事件、计入和不计入的日期、环节、监察信号。""",
)
@click.argument("case_id", metavar="办件编号")
@store_option
@click.option("--as-of", metavar="时刻", type=WHEN, help="截至何时所知（默认回放所至；信号总是回放所至）")
@click.option("--catalog", "moved", metavar="目录", help="监察目录现在何处（默认用回放时的位置）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def case(*, case_id: str, store: str, as_of: date | None, moved: str | None, as_json: bool) -> None:
    """Show a case."""
    from sinks.clickhouse.stored import CardFilter
    from streams.cli.asking import case_as_of
    from streams.cli.cards import card_data
    from streams.cli.casepage import case_data, print_case
    from streams.cli.names import names_of
    from streams.cli.replay import instant_in

    with opened(store) as archive:
        catalog = catalog_of(archive.run, moved)
        zone = archive.run.zone
        now = instant_in(as_of, zone) if as_of is not None else None
        asked = case_as_of(archive, catalog, case_id, now)
        state, names = archive.case_state(case_id), names_of(archive.run)
        cards = archive.cards(CardFilter(case=case_id))
    if as_json:
        data = case_data(asked, [card_data(one, names, zone) for one in cards], names, zone)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print_case(console(), asked, state, cards, names=names, zone=zone)
