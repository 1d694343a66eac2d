"""``jiancha export``: a view or a query as CSV, XLSX or Parquet; figures for the public."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.cli.archive import store_option
from streams.cli.chinese import Command
from streams.cli.kinds import Word
from streams.cli.refused import refusals
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from sinks.clickhouse.archive import Archive
    from sinks.clickhouse.database import Database
    from streams.export.asking import Answer
    from streams.export.writing import Form

HELP = """导出一个视图，或一个查询文件（docs/queries 里有现成的）。

视图与列见 docs/data-dictionary.md。默认只能读屏幕所用的视图：没有人名、没有自由文本；
--role internal 另可读以 _internal 结尾的视图，--role custodian 另可读存有原文的表。
--public 导出公示数字：按部门或事项，不含办件与个人，5 以下的数不公开。"""


@click.command(cls=Command, help=HELP)
@click.argument("what", metavar="[视图或文件]", required=False)
@store_option
@click.option("--format", "form", metavar="格式", type=Word(("csv", "xlsx", "parquet")), help="默认看文件名，否则 csv")
@click.option("--out", metavar="文件", help="写到哪里（默认标准输出）")
@click.option(
    "--role",
    metavar="角色",
    type=Word(("reader", "internal", "custodian"), ("一般", "内部", "保管")),
    default="reader",
    help="以什么角色导出：reader 一般（默认）、internal 内部、custodian 保管",
)
@click.option("--base-url", metavar="网址", default="", help="本系统网址：写在各监察信号、办件的地址之前")
@click.option(
    "--public", metavar="主体", type=Word(("org", "task"), ("部门", "事项")), help="导出公示数字，按部门或事项"
)
def export(
    *, what: str | None, store: str, form: str | None, out: str | None, role: str, base_url: str, public: str | None
) -> None:
    """Export a view, a query, or the figures for the public."""
    from sinks.clickhouse.store import open_store
    from streams.export.asking import Refused
    from streams.export.writing import Form, form_of

    if (what is None) == (public is None):
        raise click.UsageError("给出一个视图或查询文件，或者 --public")
    path = Path(out) if out is not None else None
    chosen = Form(form) if form is not None else form_of(path)
    if path is None and chosen is not Form.CSV:
        raise click.UsageError(f"{chosen.value} 须写到文件：--out 文件.{chosen.value}")
    with refusals(), open_store(store) as held:
        archive, database = held.archive(), held.another()
        try:
            answer = _answer(database, what, role, public)
            count = _written(answer, chosen, path, _notes(archive, answer, role, public), base_url)
        except Refused as refused:
            raise Trouble(str(refused)) from None
        finally:
            database.close()
    if path is not None:
        click.echo(f"{path}：{answer.title}，{count:,} 行", err=True)


def _answer(database: "Database", what: str | None, role: str, public: str | None) -> "Answer":
    from streams.export.asking import ask
    from streams.export.public import Subject, published
    from streams.export.roles import Role

    if public is not None:
        return published(database, Subject(public))
    return ask(database, what or "", Role(role))


def _notes(archive: "Archive", answer: "Answer", role: str, public: str | None) -> list[tuple[str, str]]:
    """Return what the file says of itself."""
    from streams.cli.names import stamp
    from streams.export.roles import ROLE_NAMES, Role

    run = archive.run
    notes = [("内容", answer.title), ("截至", stamp(run.now, run.zone)), ("目录版本", run.edition)]
    if public is None:
        notes += [("运行", run.run), ("角色", ROLE_NAMES[Role(role)])]
    return notes


def _written(answer: "Answer", form: "Form", path: Path | None, notes: list[tuple[str, str]], base: str) -> int:
    """Write the file whole or not at all, and return the number of rows."""
    from streams.export.writing import write

    if path is None:
        return write(answer, form, click.get_binary_stream("stdout"), notes=notes, base=base)
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as to:
            count = write(answer, form, to, notes=notes, base=base)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return count
