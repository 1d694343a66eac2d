"""``jiancha quarantine``: records that could not be read, and why."""

import json
from typing import TYPE_CHECKING, Any

import click

from streams.cli.archive import opened, store_option
from streams.cli.chinese import Group
from streams.cli.kinds import Whole
from streams.cli.screen import console
from streams.cli.table import Column, print_table
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from sinks.clickhouse.stored import Quarantined

SHOWN = 50
COLUMNS = (
    Column("号", right=True),
    Column("位置"),
    Column("字段"),
    Column("原因", gives=True),
    Column("办件"),
    Column("字节", right=True, style="dim"),
)


@click.group(cls=Group, help="查看隔离区：读不出的记录、原因和原文。")
def quarantine() -> None:
    """Group what concerns the quarantine."""


@quarantine.command("list", help="列出隔离的记录：文件、行、字段、原因。")
@store_option
@click.option("--limit", metavar="条数", type=Whole(), default=SHOWN, help=f"最多列几条（默认 {SHOWN}，0 为全部）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def list_records(store: str, limit: int, as_json: bool) -> None:
    """List records in quarantine."""
    with opened(store) as archive:
        found = archive.quarantine(limit or None)
        total = archive.run.counts.quarantined
    if as_json:
        click.echo(json.dumps([_data(one) for one in found], ensure_ascii=False, indent=2))
        return
    to = console()
    rows = [(one.position, _where(one), one.field, one.reason, one.case_id, f"{one.size:,}") for one in found]
    if rows:
        print_table(to, COLUMNS, rows)
    to.print(
        f"\n共 {total:,} 条" + (f"，列出前 {len(found):,} 条" if len(found) < total else "")
        if total
        else "隔离区是空的。"
    )


@quarantine.command("show", help="显示一条隔离的记录及其原文（号见 quarantine list）。")
@click.argument("position", metavar="号", type=Whole(0))
@store_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def show(position: int, store: str, as_json: bool) -> None:
    """Show one record in quarantine with its bytes."""
    with opened(store) as archive:
        one = next((one for one in archive.quarantine() if one.position == position), None)
    if one is None:
        raise Trouble(f"隔离区没有 {position} 号；jiancha quarantine list 列出全部")
    if as_json:
        click.echo(json.dumps(_data(one), ensure_ascii=False, indent=2))
        return
    to = console()
    cut = f"（原长 {one.size:,} 字节，以下为开头）" if one.size > len(one.record) else f"（{one.size:,} 字节）"
    rows = [
        ("位置", _where(one)),
        ("字段", one.field or "整条"),
        ("原因", one.reason),
        ("办件", one.case_id or "读不出"),
        ("摘要", one.digest),
    ]
    print_table(to, (Column("", style="cyan"), Column("")), rows, titles=False)
    to.print(f"\n原文{cut}")
    to.print(one.record.decode("utf-8", errors="backslashreplace"))


def _where(one: "Quarantined") -> str:
    line = f":{one.line}" if one.line is not None else ""
    return f"{one.file}{line}" + (f"（{one.trace}）" if one.trace else "")


def _data(one: "Quarantined") -> dict[str, Any]:
    return {
        "position": one.position,
        "file": one.file,
        "line": one.line,
        "record_in_line": one.trace,
        "field": one.field,
        "reason": one.reason,
        "case_id": one.case_id,
        "size": one.size,
        "digest": one.digest,
        "record": one.record.decode("utf-8", errors="backslashreplace"),
    }
