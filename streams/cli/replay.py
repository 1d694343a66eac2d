"""``jiancha replay``: a log is read, judged and stored; what came of it is told in Chinese."""

import json
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import click

from streams.cli.archive import DEFAULT, store_option
from streams.cli.chinese import Command
from streams.cli.kinds import WHEN, ReadFile, Whole
from streams.cli.law import catalog_option, open_catalog
from streams.cli.meter import metered
from streams.cli.refused import refusals
from streams.cli.screen import console


@click.command(
    cls=Command,
    help="""读入事件日志，逐件判定，写入存储。

来源是规范的 JSON 行文件、经 --mapping 映射的 CSV、XES 等，可以是 .gz，「-」为标准输入。
读不出的记录进隔离区，计数总能对上：读入＝计入＋重复＋隔离＋过滤。
之后用 jiancha cards、case、explain、verify 查看。""",
)
@click.argument("sources", metavar="来源…", nargs=-1, required=True, type=ReadFile(stdin=True))
@click.option("--mapping", metavar="文件", type=ReadFile(), help="映射文件（YAML），说明外来记录怎样成为事件")
@catalog_option
@click.option("--profile", metavar="名称", help="阈值方案，用于全部办件（默认由目录按地区、部门、类型决定）")
@click.option("--as-of", metavar="时刻", type=WHEN, help="截至何时（默认到最后一条记录）；日期指该日零点")
@store_option
@click.option("--no-store", is_flag=True, help="不写存储，只判定")
@click.option("--cards", metavar="文件", help="另把监察信号写成 JSON 行")
@click.option("--strict", is_flag=True, help="遇到第一条读不出的记录即停止")
@click.option("--workers", metavar="个数", type=Whole(1), help="用几个进程判定（默认按输入大小）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果")
def replay(
    *,
    sources: tuple[str, ...],
    mapping: str | None,
    catalog_name: str,
    profile: str | None,
    as_of: date | None,
    store: str,
    no_store: bool,
    cards: str | None,
    strict: bool,
    workers: int | None,
    as_json: bool,
) -> None:
    """Replay a log."""
    from streams.cli.outcome import as_data, print_summary
    from streams.replay import ReplaySettings
    from streams.replay import replay as run

    settings = ReplaySettings(
        sources=sources,
        mapping=Path(mapping) if mapping else None,
        catalog=catalog_name,
        profile=profile,
        as_of=instant_in(as_of, open_catalog(catalog_name).head.zone) if as_of is not None else None,
        store=None if no_store else store,
        cards=Path(cards) if cards else None,
        strict=strict,
        workers=workers,
    )
    began = monotonic()
    with refusals(), metered() as report:
        summary = run(settings, report)
    seconds = monotonic() - began
    if as_json:
        click.echo(json.dumps(as_data(summary, seconds), ensure_ascii=False, indent=2))
    else:
        print_summary(console(), summary, seconds)
        if not no_store and store == DEFAULT:
            click.echo("\n查看：jiancha cards；说明一张：jiancha explain 监察编号；核对：jiancha verify")


def instant_in(when: date, zone: str) -> int:
    """Return the instant (microseconds) a person wrote, local to a zone; a date is its first instant."""
    from rules.events.instants import from_datetime

    moment = when if isinstance(when, datetime) else datetime.combine(when, datetime.min.time())
    return from_datetime(moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone)))
