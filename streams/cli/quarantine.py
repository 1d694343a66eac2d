"""``jiancha quarantine``: records that could not be read, and why: of a store, or of the quarantine topic of a log."""

import json
from typing import TYPE_CHECKING, Any

import click

from streams.cli import asides
from streams.cli.archive import opened, store_option
from streams.cli.chinese import Group
from streams.cli.kinds import ReadFile, Whole
from streams.cli.screen import console
from streams.cli.settled import broker_option, config_option, settled
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


@click.group(
    cls=Group,
    help="""查看隔离区：读不出的记录、原因和原文。

默认看存储里回放时隔离的；写了 --broker 或 --config，看日志的隔离主题。""",
)
def quarantine() -> None:
    """Group what concerns the quarantine."""


@quarantine.command("list", help="列出隔离的记录：文件、行、字段、原因。")
@store_option
@asides.log_options
@click.option("--reason", metavar="文字", help="只列原因含有这些文字的")
@click.option("--limit", metavar="条数", type=Whole(), default=SHOWN, help=f"最多列几条（默认 {SHOWN}，0 为全部）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def list_records(
    *, store: str, config: str | None, broker: str | None, reason: str | None, limit: int, as_json: bool
) -> None:
    """List records in quarantine."""
    settings = asides.settings_of(config, broker)
    if settings is not None:
        lying = asides.shelf(settings)
        records = list(lying.records.values()) if reason is None else lying.matching(reason)
        shown = records[: limit or None]
        if as_json:
            click.echo(json.dumps([asides.data_of(one, lying) for one in shown], ensure_ascii=False, indent=2))
        else:
            asides.print_asides(console(), shown, lying, len(records))
        return
    with opened(store) as archive:
        found = archive.quarantine(None if reason else limit or None)
        total = archive.run.counts.quarantined
    if reason:
        matching = [one for one in found if reason in one.reason]
        found, total = tuple(matching[: limit or None]), len(matching)
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
@click.argument("name", metavar="号")
@store_option
@asides.log_options
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def show(*, name: str, store: str, config: str | None, broker: str | None, as_json: bool) -> None:
    """Show one record in quarantine with its bytes."""
    settings = asides.settings_of(config, broker)
    if settings is not None:
        lying = asides.shelf(settings)
        (aside,) = asides.chosen(lying, [name], None)
        if as_json:
            click.echo(json.dumps(asides.data_of(aside, lying), ensure_ascii=False, indent=2))
        else:
            asides.print_aside(console(), aside, lying)
        return
    position = Whole(0).convert(name, None, None)
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


@quarantine.command(
    help="""把隔离主题里的记录重新送入事件主题，带上 redriven 标记。

选哪些：写号，或用 --reason 按原因；同一条不会送两次，除非写 --again。
更正：--with 文件，每行 {"id": 号, "record": 更正后的记录}；只选一条时文件可以就是那条记录。""",
)
@click.argument("ids", metavar="[号…]", nargs=-1)
@click.option("--reason", metavar="文字", help="原因含有这些文字的全部记录")
@click.option("--with", "mended", metavar="文件", type=ReadFile(), help="更正后的记录")
@click.option("--again", is_flag=True, help="送过的也再送")
@config_option
@broker_option
def redrive(
    *, ids: tuple[str, ...], reason: str | None, mended: str | None, again: bool, config: str | None, broker: str | None
) -> None:
    """Publish records of the quarantine topic again."""
    from streams.clock import wall
    from streams.quarantine import redrive as run

    settings = settled(config, {"broker.url": broker}).settings
    lying = asides.shelf(settings)
    records = asides.chosen(lying, ids, reason)
    better = asides.mended_of(mended, [one.id for one in records])
    done = asides.asked(
        settings,
        lambda log, topics: run(log, topics, lying, records, better, now=wall(), again=again),
        read_only=False,
    )
    for name in done.published:
        click.echo(f"已重送 {name}{'（已更正）' if name in better else ''}")
    for name in done.before:
        click.echo(f"先前送过，未再送 {name}（要再送写 --again）")
    click.echo(f"重送 {len(done.published):,} 条，先前送过 {len(done.before):,} 条。")


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
