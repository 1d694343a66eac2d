"""``jiancha dashboards``: screens written as files, compared with a Grafana, published into it."""

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.cli.chinese import Group
from streams.cli.screen import console
from streams.cli.trouble import Trouble, differs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from dashboards.grafana.board import Place
    from dashboards.publish.client import Grafana
    from dashboards.publish.plan import Change, Plan

FOLDER = "jiancha"
SHOWN = 12
"""Lines of a difference shown without --full."""


@click.group(
    "dashboards",
    cls=Group,
    help="""看板：写成文件，或经接口发布到已有的 Grafana。

自己的 Grafana 用文件供给（docker/grafana，由 make dashboards 生成）；别人的用 plan 看差异，再 publish。""",
)
def dashboards() -> None:
    """Write, compare, publish dashboards."""


def _place(command: "Callable[..., None]") -> "Callable[..., None]":
    source = click.option(
        "--source", metavar="UID", default="jiancha-clickhouse", help="数据源的 uid（默认 jiancha-clickhouse）"
    )
    board = click.option(
        "--board", metavar="地址", default="http://127.0.0.1:8765", help="监察网页的地址，逐行说明的链接指向它"
    )
    return source(board(command))


def _grafana(command: "Callable[..., None]") -> "Callable[..., None]":
    for option in (
        click.option("--folder", metavar="UID", default=FOLDER, help="文件夹的 uid（默认 jiancha）"),
        click.option("--ca", metavar="文件", type=click.Path(exists=True, dir_okay=False), help="签发机构的证书"),
        click.option(
            "--token-file", metavar="文件", type=click.Path(path_type=Path), help="令牌所在文件；不写则读 GRAFANA_TOKEN"
        ),
        click.option(
            "--url", metavar="地址", envvar="GRAFANA_URL", required=True, help="Grafana 的地址（GRAFANA_URL）"
        ),
    ):
        command = option(command)
    return _place(command)


@dashboards.command(
    help="""把看板、数据源、告警等写成 Grafana 文件供给所读的文件。

目录里由本命令写过而不再需要的文件一并删去。"""
)
@click.argument("directory", metavar="目录", type=click.Path(path_type=Path, file_okay=False))
@_place
def write(directory: Path, source: str, board: str) -> None:
    """Write the files."""
    from dashboards.grafana.files import files, write_files

    written = write_files(directory, files(_at(source, board)))
    click.echo(f"已写 {written} 个文件到 {directory}")


@dashboards.command(help="看发布会改什么，不写任何东西。有要改的退出码为 1。")
@click.option("--full", is_flag=True, help="列出全部差异行")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@_grafana
def plan(
    *,
    url: str,
    token_file: Path | None,
    ca: str | None,
    folder: str,
    source: str,
    board: str,
    full: bool,
    as_json: bool,
) -> None:
    """Show what would change."""
    with _opened(url, token_file, ca) as grafana:
        found = _planned(grafana, folder, _at(source, board))
    if as_json:
        click.echo(_json(found))
    else:
        _show(console(), found, full=full)
    if not found.idle:
        differs()


@dashboards.command(
    help="""把看板发布到 Grafana：新建或更改带有我们标签的，别人的一概不动。

先看 plan。--playlist 一并建立大屏轮播，并写出它的地址。"""
)
@click.option("--title", metavar="名称", default="监察", help="文件夹的名称，须新建时用（默认 监察）")
@click.option("--playlist", is_flag=True, help="一并建立大屏轮播")
@_grafana
def publish(
    *,
    url: str,
    token_file: Path | None,
    ca: str | None,
    folder: str,
    source: str,
    board: str,
    title: str,
    playlist: bool,
) -> None:
    """Carry the plan out."""
    from dashboards.publish.playlist import put_playlist
    from dashboards.publish.publish import publish as carry_out
    from dashboards.screens import WALL

    with _opened(url, token_file, ca) as grafana:
        found = _planned(grafana, folder, _at(source, board))
        written = carry_out(grafana, found, title)
        wall = put_playlist(grafana, WALL) if playlist else ""
    for change in written:
        click.echo(f"{change.turn.value}  {change.uid}  {change.title}")
    click.echo(f"已写 {len(written)} 个看板，{len(found.changes) - len(written)} 个不变")
    if wall:
        click.echo(f"大屏轮播：{wall}")


@dashboards.command(help="只建立或修正大屏轮播，写出它的地址：轮播不能用文件供给。")
@_grafana
def wall(*, url: str, token_file: Path | None, ca: str | None, folder: str, source: str, board: str) -> None:
    """Make the playlist."""
    from dashboards.publish.playlist import put_playlist
    from dashboards.screens import WALL

    del folder, source, board
    with _opened(url, token_file, ca) as grafana:
        click.echo(put_playlist(grafana, WALL))


def _at(source: str, board: str) -> "Place":
    from dashboards.grafana.board import Place

    return Place(source_uid=source, board=board.rstrip("/"))


@contextmanager
def _opened(url: str, token_file: Path | None, ca: str | None) -> "Iterator[Grafana]":
    from dashboards.publish.client import Grafana
    from dashboards.publish.errors import PublishError
    from dashboards.publish.gate import pass_gate

    try:
        with Grafana(url, _token(token_file), verify=ca or True) as grafana:
            pass_gate(grafana)
            yield grafana
    except PublishError as err:
        raise Trouble(str(err)) from None


def _token(file: Path | None) -> str:
    from os import environ

    if file is None:
        return environ.get("GRAFANA_TOKEN", "")
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise Trouble(f"令牌文件 {file} 读不出：{err}") from None


def _planned(grafana: "Grafana", folder: str, place: "Place") -> "Plan":
    from dashboards.publish.plan import plan as compared
    from dashboards.screens import SCREENS

    return compared(grafana, SCREENS, place, folder)


def _json(found: "Plan") -> str:
    changes = [
        {"uid": one.uid, "title": one.title, "turn": one.turn.name.lower(), "lines": list(one.lines)}
        for one in found.changes
    ]
    told = {"folder": found.folder_uid, "folder_missing": found.folder_missing, "dashboards": changes}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _show(to: "Console", found: "Plan", *, full: bool) -> None:
    if found.folder_missing:
        to.print(f"新建  文件夹 {found.folder_uid}")
    for change in found.changes:
        to.print(f"{change.turn.value}  {change.uid}  {change.title}", markup=False, highlight=False)
        _show_lines(to, change, full=full)


def _show_lines(to: "Console", change: "Change", *, full: bool) -> None:
    from dashboards.publish.plan import Turn

    if change.turn is not Turn.CHANGED and not full:
        return
    lines = change.lines if full else change.lines[:SHOWN]
    for line in lines:
        to.print(f"    {line}", markup=False, highlight=False)
    if len(lines) < len(change.lines):
        to.print(f"    …还有 {len(change.lines) - len(lines)} 行，用 --full 列出", style="dim")
