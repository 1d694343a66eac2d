"""``jiancha verify``: every stored card computed again from the stored records."""

import json
from typing import TYPE_CHECKING

import click
import msgspec

from streams.cli.archive import store_option
from streams.cli.chinese import Command
from streams.cli.kinds import Whole
from streams.cli.meter import measured
from streams.cli.refused import refusals
from streams.cli.screen import console
from streams.cli.trouble import differs

if TYPE_CHECKING:
    from rich.console import Console

    from streams.verify import Verification


@click.command(
    cls=Command,
    help="""核对：从存储的事件重算每一张监察信号。

信号、变动、记录有任何不同即列出，退出码为 1。""",
)
@store_option
@click.option("--catalog", "moved", metavar="目录", help="监察目录现在何处（默认用回放时的位置）")
@click.option("--show", metavar="行数", type=Whole(), default=20, help="最多列出多少处差异（默认 20，0 为全部）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def verify(*, store: str, moved: str | None, show: int, as_json: bool) -> None:
    """Verify the store."""
    from streams.verify import verify as verified

    with refusals(), measured("核对") as report:
        found = verified(store, catalog=moved, report=report)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(found) | {"holds": found.holds}, ensure_ascii=False, indent=2))
    else:
        print_verification(console(), found, show)
    if not found.holds:
        differs()


def print_verification(to: "Console", found: "Verification", most: int = 20) -> None:
    """Print what was verified, and at most so many differences (0: all)."""
    what = f"{found.events:,} 条事件、{found.cards:,} 张信号、{found.transitions:,} 次变动"
    if found.holds:
        to.print(f"核对 ✓ 一致：由存储的事件全部重算，{what}，没有差异", style="green")
        return
    to.print(f"核对 ✗ 不一致：{what}，{len(found.differences):,} 处差异", style="bold red")
    for one in found.differences[:most] if most else found.differences:
        to.print(f"  {one}")
