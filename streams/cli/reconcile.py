"""``jiancha reconcile``: the live edge counted, from the log to the store."""

import asyncio
import json
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

import click

from rules.events.instants import HOUR
from streams.cli.chinese import Command
from streams.cli.kinds import Whole
from streams.cli.screen import console
from streams.cli.settled import broker_option, config_option, reachable, settled
from streams.cli.table import Column, print_table
from streams.cli.trouble import Trouble, differs

if TYPE_CHECKING:
    from rich.console import Console

    from streams.reconcile import Account, HourOfCards, PartitionAccount, Stored
    from streams.settings import Settings

ZONE = "Asia/Shanghai"
SETTLE = 5
SHOWN = 24
OUTCOMES = {
    "folded": "计入",
    "duplicate": "重复",
    "quarantined": "隔离",
    "relayed": "转来",
    "forwarded": "转出",
    "tick": "时钟",
    "empty": "空",
}
"""What became of a record, in the order of the columns."""


@click.command(
    cls=Command,
    help="""对账：在线运行的记录和信号，从日志到存储逐项核对；有差异时退出码为 1。

每个分区：读入＝计入＋重复＋隔离＋转来＋转出＋时钟＋空，隔离的都在隔离主题，其余都已归档。
每个小时：信号主题里的变动＝存储里的变动。
工作进程在运行也可以对；在途的会显示为差异，故先等它们到达（--settle）。""",
)
@config_option
@broker_option
@click.option("--no-store", is_flag=True, help="只对日志，不看存储")
@click.option("--settle", metavar="秒数", type=Whole(), default=SETTLE, help=f"有差异时最多等几秒再看（默认 {SETTLE}）")
@click.option("--all", "whole", is_flag=True, help=f"列出所有小时（默认最近 {SHOWN} 个和有差异的）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def reconcile(
    *, config: str | None, broker: str | None, no_store: bool, settle: int, whole: bool, as_json: bool
) -> None:
    """Reconcile a live edge; exit code 1 where it does not."""
    from sinks.clickhouse.errors import StoreError
    from streams.live.state import StateSchemaError
    from streams.reconcile import stored_in

    settings = settled(config, {"broker.url": broker}).settings
    with reachable():
        try:
            if no_store:
                account = asyncio.run(_account(settings, None, settle))
            else:
                with stored_in(settings) as stored:
                    account = asyncio.run(_account(settings, stored, settle))
        except (StoreError, StateSchemaError) as error:
            raise Trouble(str(error)) from None
    if as_json:
        click.echo(json.dumps(_data(account), ensure_ascii=False, indent=2))
    else:
        _print(console(), account, whole=whole)
    if not account.holds:
        differs()


async def _account(settings: "Settings", stored: "Stored | None", settle: int) -> "Account":
    from streams.reconcile import reconciled
    from streams.settings.kafka import log_of
    from streams.topics import Topics

    log = log_of(settings.broker, read_only=True)
    await log.start()
    try:
        return await reconciled(log, Topics.of(settings.topics.prefix), stored, settle=settle, now=monotonic)
    finally:
        await log.stop()


def _print(to: "Console", account: "Account", *, whole: bool) -> None:
    from streams.cli.names import minute

    to.print("一、记录", style="bold")
    columns = ("分区", "读入", *OUTCOMES.values(), "隔离主题", "归档", "待读", "")
    print_table(
        to,
        [Column(title, right=at < len(columns) - 1) for at, title in enumerate(columns)],
        [_row(one) for one in (*account.partitions, _sum(account.partitions))],
    )
    for part in account.partitions:
        for difference in part.differences:
            to.print(f"  分区 {part.number}：{difference}", style="red")
    to.print("\n二、信号的变动", style="bold")
    hours = account.hours if whole else [one for one in account.hours[:-SHOWN] if one.differs]
    shown: list[HourOfCards] = list(hours) if whole else [*hours, *account.hours[-SHOWN:]]
    rows = [(minute(one.hour * HOUR, ZONE), f"{one.said:,}", _count(one.stored), _sign(one.differs)) for one in shown]
    print_table(to, (Column("小时"), Column("信号主题", right=True), Column("存储", right=True), Column("")), rows)
    said, stored = sum(one.said for one in account.hours), [one.stored or 0 for one in account.hours]
    told = "" if not account.hours or account.hours[0].stored is None else f"，存储 {sum(stored):,} 次"
    to.print(f"合计 信号主题 {said:,} 次{told}；重说 {account.again:,} 次（编号相同，只算一次）")
    if account.strange:
        to.print(f"  信号主题中有 {account.strange:,} 条不是变动", style="red")
    to.print("\n对账 ✓ 一致" if account.holds else "\n对账 ✗ 有差异", style="bold")


def _row(one: "PartitionAccount") -> tuple[str, ...]:
    return (
        str(one.number) if one.number >= 0 else "合计",
        f"{one.read:,}",
        *(f"{one.total.get(outcome, 0):,}" for outcome in OUTCOMES),
        f"{one.aside:,}",
        _count(one.archived),
        f"{one.waiting:,}",
        _sign(bool(one.differences)),
    )


def _sum(partitions: "Iterable[PartitionAccount]") -> "PartitionAccount":
    from streams.reconcile import PartitionAccount

    parts = list(partitions)
    archived = [one.archived for one in parts if one.archived is not None]
    aside = [one.stored_aside for one in parts if one.stored_aside is not None]
    return PartitionAccount(
        number=-1,
        read=sum(one.read for one in parts),
        total={outcome: sum(one.total.get(outcome, 0) for one in parts) for outcome in OUTCOMES},
        waiting=sum(one.waiting for one in parts),
        aside=sum(one.aside for one in parts),
        archived=sum(archived) if archived else None,
        stored_aside=sum(aside) if aside else None,
    )


def _count(count: int | None) -> str:
    return "未看" if count is None else f"{count:,}"


def _sign(differs: bool) -> str:
    return "✗" if differs else "✓"


def _data(account: "Account") -> dict[str, object]:
    from streams.cli.names import minute

    return {
        "holds": account.holds,
        "partitions": [
            {
                "partition": one.number,
                "read": one.read,
                **{outcome: one.total.get(outcome, 0) for outcome in OUTCOMES},
                "waiting": one.waiting,
                "quarantine_topic": one.aside,
                "archived": one.archived,
                "stored_quarantine": one.stored_aside,
                "differences": list(one.differences),
            }
            for one in account.partitions
        ],
        "hours": [
            {"hour": minute(one.hour * HOUR, ZONE), "cards_topic": one.said, "store": one.stored}
            for one in account.hours
        ],
        "said_again": account.again,
        "strange": account.strange,
    }
