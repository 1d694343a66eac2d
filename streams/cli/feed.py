"""``jiancha feed``: a source is published to the events topic of the log."""

import asyncio
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from streams.cli.chinese import Command
from streams.cli.durations import Duration, Positive
from streams.cli.kinds import WHEN, ReadFile
from streams.cli.law import open_catalog
from streams.cli.meter import metered
from streams.cli.refused import refusals
from streams.cli.replay import instant_in
from streams.cli.settled import broker_option, config_option, reachable, settled
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from streams.feed import Fed, FeedOptions
    from streams.feed.options import Report
    from streams.settings import Settings


@click.command(
    cls=Command,
    help="""把来源送入日志的事件主题：以办件编号为键，按到达时间的先后。

来源同 jiancha replay：规范的 JSON 行、经 --mapping 映射的 CSV、XES 等，可以是 .gz，「-」为标准输入。
没有办件编号的记录（心跳、停机公告）送入每个分区。证件号、手机号在送入前遮去。
读不出的：知道办件编号的随该办件送入，由工作进程隔离；其余直接进隔离主题。
计数总能对上：读入＝送入＋隔离＋过滤。中断后可以重来：送过两次的算作重复。
时钟为 rehearsal 时记录带自己的到达时间，并插入时钟记录；为 scaled 时到了那一刻才送。""",
)
@click.argument("sources", metavar="来源…", nargs=-1, required=True, type=ReadFile(stdin=True))
@click.option("--mapping", metavar="文件", type=ReadFile(), help="映射文件（YAML），说明外来记录怎样成为事件")
@click.option("--catalog", "catalog_name", metavar="目录", help="监察目录：自带的名称或一个目录（默认按设置）")
@click.option("--until", metavar="时刻", type=WHEN, help="之后到达的不送（计入过滤）；日期指该日零点")
@click.option("--rate", metavar="条数", type=Positive(), help="每秒最多送几条")
@click.option("--speed", metavar="倍数", type=Positive(), help="按到达时间的间隔送，快多少倍（默认不等）")
@click.option("--ticks-every", metavar="时长", type=Duration(), help="演练时每隔多久插入时钟记录，如 1h（默认）")
@config_option
@broker_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果")
def feed(
    *,
    sources: tuple[str, ...],
    mapping: str | None,
    catalog_name: str | None,
    until: date | None,
    rate: Fraction | None,
    speed: Fraction | None,
    ticks_every: int | None,
    config: str | None,
    broker: str | None,
    as_json: bool,
) -> None:
    """Publish a source to the log."""
    from rules.events.instants import HOUR
    from streams.feed import FeedOptions

    settings = settled(config, {"broker.url": broker, "catalog": catalog_name}).settings
    _check(settings, speed=speed, ticks_every=ticks_every)
    catalog = open_catalog(settings.catalog, profile=settings.profile)
    options = FeedOptions(
        sources=sources,
        mapping=Path(mapping) if mapping else None,
        until=instant_in(until, catalog.head.zone) if until is not None else None,
        rate=rate,
        speed=speed,
        ticks_every=ticks_every or HOUR,
    )
    began = monotonic()
    with reachable(), refusals(), metered() as report:
        fed = asyncio.run(_fed(settings, catalog, options, report))
    seconds = monotonic() - began
    click.echo(json.dumps(_data(fed, seconds), ensure_ascii=False, indent=2) if as_json else _summary(fed, seconds))


def _check(settings: "Settings", *, speed: Fraction | None, ticks_every: int | None) -> None:
    from streams.settings.clock import ClockKind

    kind = settings.clock.kind
    if speed is not None and kind is ClockKind.SCALED:
        raise Trouble(f"时钟已经加快 {settings.clock.factor} 倍（clock.factor），不能再写 --speed")
    if ticks_every is not None and kind is not ClockKind.REHEARSAL:
        raise Trouble("--ticks-every 只用于演练（clock.kind: rehearsal）；平时由工作进程插入时钟记录")


async def _fed(settings: "Settings", catalog: "Catalog", options: "FeedOptions", report: "Report | None") -> "Fed":
    from streams.feed import feed as run
    from streams.settings.kafka import log_of
    from streams.topics import ensure_topics

    await ensure_topics(settings)
    log = log_of(settings.broker)
    await log.start()
    try:
        return await run(settings, catalog, log, options, report)
    finally:
        await log.stop()


def _summary(fed: "Fed", seconds: float) -> str:
    aside, left = sum(fed.quarantined.values()), sum(fed.filtered.values())
    each = fed.published / max(seconds, 0.001)
    account = f"读入 {fed.read:,} ＝ 送入 {fed.published:,} ＋ 隔离 {aside:,} ＋ 过滤 {left:,}"
    lines = [f"{account}（{seconds:.1f} 秒，每秒 {each:,.0f} 条）"]
    if fed.unreadable:
        lines.append(f"  送入的有 {fed.unreadable:,} 条读不出，随其办件送入，由工作进程隔离")
    lines += [f"  隔离 {count:,}  {reason}" for reason, count in fed.quarantined.items()]
    lines += [f"  过滤 {count:,}  {reason}" for reason, count in fed.filtered.items()]
    if fed.copies:
        lines.append(f"  不属于办件的记录送入每个分区，另有 {fed.copies:,} 份")
    if fed.ticks:
        lines.append(f"  时钟记录 {fed.ticks:,} 条")
    if aside:
        lines.append("查看：jiancha quarantine list --broker 日志地址")
    return "\n".join(lines)


def _data(fed: "Fed", seconds: float) -> dict[str, Any]:
    return {
        "read": fed.read,
        "published": fed.published,
        "unreadable": fed.unreadable,
        "quarantined": dict(fed.quarantined),
        "filtered": dict(fed.filtered),
        "copies": fed.copies,
        "ticks": fed.ticks,
        "first": fed.first,
        "last": fed.last,
        "seconds": round(seconds, 3),
    }
