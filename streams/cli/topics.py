"""``jiancha topics``: the topics of the log as the settings want them, beside those that exist."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import click

from streams.cli.chinese import Group
from streams.cli.screen import console
from streams.cli.settled import broker_option, config_option, reachable, settled
from streams.cli.table import Column, print_table
from streams.cli.trouble import differs

if TYPE_CHECKING:
    from streams.settings import Settings
    from streams.topics import Comparison, TopicPlan

COLUMNS = (
    Column("主题"),
    Column("用途"),
    Column("分区", right=True),
    Column("副本", right=True),
    Column("保留"),
    Column("时间戳"),
    Column("现状"),
)
KEPT = {"delete": "全部", "compact": "每键最后一条"}
STAMPED = {"LogAppendTime": "到达时", "CreateTime": "送入者"}


@click.group(cls=Group, help="日志的主题：应有哪些、现有哪些、差在哪里。")
def topics() -> None:
    """Group what concerns topics."""


@topics.command(help="列出应有的主题，并与现有的对照；什么也不改。")
@config_option
@broker_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def plan(config: str | None, broker: str | None, as_json: bool) -> None:
    """Show the plan beside what exists."""
    settings, found = _compared(config, broker)
    _print(settings, found, as_json=as_json)


@topics.command(help="与现有的对照；有差异时退出码为 1。什么也不改。")
@config_option
@broker_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def check(config: str | None, broker: str | None, as_json: bool) -> None:
    """Compare the plan with what exists; exit code 1 where they differ."""
    settings, found = _compared(config, broker)
    _print(settings, found, as_json=as_json)
    if not found.fits:
        differs()


@topics.command(
    help="""建立缺少的主题。

已有而不符的不改（分区数、压缩方式改了会丢状态）：列出差异，退出码为 2，什么也不建。"""
)
@config_option
@broker_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def apply(config: str | None, broker: str | None, as_json: bool) -> None:
    """Make the topics that are missing."""
    from streams.topics import applied

    settings = settled(config, {"broker.url": broker}).settings
    with reachable():
        made = asyncio.run(applied(settings)).missing
    if as_json:
        click.echo(json.dumps({"made": [topic.name for topic in made]}, ensure_ascii=False, indent=2))
    elif made:
        click.echo("\n".join(f"已建 {topic.name}（{topic.title}，{topic.partitions} 个分区）" for topic in made))
    else:
        click.echo("主题都在，无须改动。")


def _compared(config: str | None, broker: str | None) -> "tuple[Settings, Comparison]":
    from streams.topics import checked

    settings = settled(config, {"broker.url": broker}).settings
    with reachable():
        return settings, asyncio.run(checked(settings))


def _print(settings: "Settings", found: "Comparison", *, as_json: bool) -> None:
    from streams.topics import planned

    plan = planned(settings)
    missing = {topic.name for topic in found.missing}
    if as_json:
        told: dict[str, Any] = {
            "broker": settings.broker.url,
            "topics": [_data(topic) for topic in plan],
            "missing": sorted(missing),
            "unfit": [one._asdict() for one in found.unfit],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    unfit = {one.topic for one in found.unfit}
    to = console()
    rows = [
        (
            topic.name,
            topic.title,
            topic.partitions,
            topic.replication,
            KEPT[topic.config["cleanup.policy"]],
            STAMPED[topic.config["message.timestamp.type"]],
            "缺" if topic.name in missing else "不符" if topic.name in unfit else "有",
        )
        for topic in plan
    ]
    print_table(to, COLUMNS, rows)
    for one in found.unfit:
        to.print(f"不符  {one}", style="yellow")
    if found.missing and not found.unfit:
        to.print(f"\n缺 {len(missing)} 个主题：jiancha topics apply 建立")


def _data(topic: "TopicPlan") -> dict[str, Any]:
    return {
        "name": topic.name,
        "title": topic.title,
        "partitions": topic.partitions,
        "replication": topic.replication,
        "config": dict(topic.config),
    }
