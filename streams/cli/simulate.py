"""``jiancha simulate``: a deterministic city, its event log and the key of what was planted in it."""

import json
from datetime import date
from pathlib import Path

import click

from streams.cli.chinese import Command
from streams.cli.kinds import DAY, Whole
from streams.cli.law import DEFAULT as DEFAULT_CATALOG
from streams.cli.law import catalog_option, open_catalog
from streams.cli.refused import refusals
from streams.cli.trouble import Trouble

DEFAULT = "jiancha-city"


@click.command(
    cls=Command,
    help="""模拟一座城市的审批：写出事件日志 events.jsonl 和答案 answers.csv。

同一种子和件数，结果逐字节相同。答案列出埋设的违规（found）和须不报的近似情形（quiet）。""",
)
@click.option("--out", metavar="目录", default=DEFAULT, help=f"写到哪里（默认 ./{DEFAULT}）")
@click.option("--seed", metavar="数", type=Whole(), default=1, help="随机种子（默认 1）")
@click.option("--start", metavar="日期", type=DAY, help="从哪一天起（默认 2026-01-05）")
@click.option("--months", metavar="月数", type=Whole(1), default=3, help="几个月（默认 3）")
@click.option("--cases", metavar="件数", type=Whole(1), default=3000, help="多少办件（默认 3000，另加埋设的）")
@catalog_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果")
def simulate(
    *, out: str, seed: int, start: date | None, months: int, cases: int, catalog_name: str, as_json: bool
) -> None:
    """Simulate a city."""
    from streams.simulate.options import SimOptions
    from streams.simulate.run import Unfit, write_city

    catalog = open_catalog(catalog_name)
    options = SimOptions(seed=seed, months=months, cases=cases)
    if start is not None:
        options = SimOptions(seed=seed, start=start, months=months, cases=cases)
    try:
        with refusals():
            city = write_city(Path(out), catalog, options)
    except Unfit as unfit:
        raise Trouble(str(unfit)) from None
    if as_json:
        told = {"events": str(city.events), "answers": str(city.answers), "lines": city.lines, "rows": city.rows}
        click.echo(json.dumps(told | {"as_of": city.as_of}, ensure_ascii=False, indent=2))
        return
    click.echo(f"事件 {city.events}：{city.lines:,} 行\n答案 {city.answers}：{city.rows:,} 行，截至 {city.as_of}")
    law = "" if catalog_name == DEFAULT_CATALOG else f" --catalog {catalog_name}"
    click.echo(f"\n回放：jiancha replay {city.events} --as-of {city.as_of} --cards cards.jsonl{law}")
    click.echo(f"对照：jiancha compare cards.jsonl {city.answers}")
