"""Records of the quarantine topic, for the commands that list, show and publish them again."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from streams.cli.settled import reachable, settled
from streams.cli.table import Column, print_table
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rich.console import Console

    from streams.log import Log
    from streams.quarantine import PutAside, Shelf
    from streams.settings import Settings
    from streams.topics import Topics

T = TypeVar("T")
ZONE = "Asia/Shanghai"
COLUMNS = (
    Column("号"),
    Column("隔离于"),
    Column("字段"),
    Column("原因", gives=True),
    Column("办件"),
    Column("字节", right=True, style="dim"),
    Column("重送"),
)


def settings_of(config: str | None, broker: str | None) -> "Settings | None":
    """Return the settings of the log meant; None where the store is meant: neither option is given."""
    return settled(config, {"broker.url": broker}).settings if config or broker else None


def asked(settings: "Settings", ask: "Callable[[Log, Topics], Awaitable[T]]", *, read_only: bool = True) -> T:
    """Return what is asked of the log; Trouble where it cannot be."""
    from streams.settings.kafka import log_of
    from streams.topics import Topics

    async def run() -> T:
        log = log_of(settings.broker, read_only=read_only)
        await log.start()
        try:
            return await ask(log, Topics.of(settings.topics.prefix))
        finally:
            await log.stop()

    with reachable():
        return asyncio.run(run())


def shelf(settings: "Settings") -> "Shelf":
    """Return what lies in the quarantine topic."""
    from streams.quarantine import shelf_of

    return asked(settings, lambda log, topics: shelf_of(log, topics.quarantine))


def print_asides(to: "Console", records: "Sequence[PutAside]", lying: "Shelf", total: int) -> None:
    """Print records a line each; ``total`` is how many there are."""
    from streams.cli.names import minute

    rows = [
        (
            one.id,
            minute(one.stamp, ZONE),
            one.field,
            one.reason,
            one.case_id,
            f"{one.size:,}",
            minute(lying.redriven[one.id], ZONE) if one.id in lying.redriven else "",
        )
        for one in records
    ]
    if rows:
        print_table(to, COLUMNS, rows)
    more = f"，列出前 {len(records):,} 条" if len(records) < total else ""
    to.print(f"\n共 {total:,} 条{more}" if total else "隔离主题是空的。")


def print_aside(to: "Console", one: "PutAside", lying: "Shelf") -> None:
    """Print one record with its bytes."""
    from streams.cli.names import minute

    again = lying.redriven.get(one.id)
    rows = [
        ("位置", one.where),
        ("隔离于", minute(one.stamp, ZONE)),
        ("字段", one.field or "整条"),
        ("原因", one.reason),
        ("办件", one.case_id or "读不出"),
        ("重送", minute(again, ZONE) if again is not None else "未重送"),
    ]
    print_table(to, (Column("", style="cyan"), Column("")), rows, titles=False)
    to.print(f"\n原文（{one.size:,} 字节）" if one.whole else f"\n原文（原长 {one.size:,} 字节，以下为开头）")
    to.print(one.raw.decode("utf-8", errors="backslashreplace"))


def data_of(one: "PutAside", lying: "Shelf") -> dict[str, Any]:
    """Return a record as JSON tells it."""
    return {
        "id": one.id,
        "where": one.where,
        "stamp": one.stamp,
        "field": one.field,
        "reason": one.reason,
        "case_id": one.case_id,
        "size": one.size,
        "redriven_at": lying.redriven.get(one.id),
        "record": one.raw.decode("utf-8", errors="backslashreplace"),
    }


def chosen(lying: "Shelf", ids: Sequence[str], reason: str | None) -> "list[PutAside]":
    """Return the records named, and those whose reason holds a text; Trouble where one named is not there."""
    if not ids and reason is None:
        raise Trouble("说明要哪些：写号，或用 --reason 按原因选")
    unknown = [one for one in ids if one not in lying.records]
    if unknown:
        raise Trouble(f"隔离主题没有 {'、'.join(unknown)}；jiancha quarantine list --broker 地址 列出全部")
    found = {one: lying.records[one] for one in ids}
    if reason is not None:
        found |= {one.id: one for one in lying.matching(reason)}
    return list(found.values())


def mended_of(file: str | None, ids: Sequence[str]) -> dict[str, bytes]:
    """Return the corrected records of a file, by id.

    Each line is ``{"id": …, "record": {…}}``; for a single id the file may be the record itself.
    """
    if file is None:
        return {}
    mended: dict[str, bytes] = {}
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{file}：读不出：{error}") from None
    if len(ids) == 1 and (whole := _object(text)) is not None and "event_type" in whole:
        return {ids[0]: _bytes(whole)}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        said = _object(line)
        if said is None or not isinstance(said.get("id"), str) or not isinstance(said.get("record"), dict):
            raise Trouble(f'{file}:{number}：每行应是 {{"id": 号, "record": 更正后的记录}}')
        if said["id"] not in ids:
            raise Trouble(f"{file}:{number}：id：{said['id']} 不在所选之列")
        mended[said["id"]] = _bytes(said["record"])
    return mended


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _bytes(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def log_options(command: Any) -> Any:
    """Give a command the options that name the log instead of the store."""
    command = click.option("--config", metavar="文件", help="设置文件（YAML）：看其中日志的隔离主题，不看存储")(command)
    return click.option("--broker", metavar="地址", help="日志的地址：看它的隔离主题，不看存储")(command)
