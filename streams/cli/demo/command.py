"""The command ``jiancha demo``."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, time_ns
from typing import TYPE_CHECKING

import click

from streams.cli.chinese import Command
from streams.cli.demo.asked import CATALOG, MOST_SPEED, Asked, Town
from streams.cli.durations import Positive
from streams.cli.kinds import Whole
from streams.cli.refused import refusals
from streams.cli.screen import console
from streams.cli.settled import reachable
from streams.cli.trouble import Trouble, differs

if TYPE_CHECKING:
    from rich.console import Console


SPEED = Fraction(3, 2)
OWN = ("log", "store")
"""What a demonstration leaves in a folder that another must not find there."""
WARNINGS = "worker.log"


@click.command(
    cls=Command,
    help="""演示：模拟一座城市三个月，在线监察，看着日子过去，再核对。

城市的记录按到达的先后送入日志；工作进程边读边判，出示、升级、撤回信号，写入存储。
日志、判定、存储都在本进程里，只需要 Python 包；--kafka 用真的 Kafka。
末尾把埋设的违规与查出的逐条对照，并由存储全部重算；不全一致时退出码为 1。""",
)
@click.option("--cases", metavar="件数", type=Whole(1), default=2000, help="模拟多少办件（默认 2000，另加埋设的）")
@click.option("--seed", metavar="数", type=Whole(), default=1, help="随机种子（默认 1）；同一种子的城市逐字节相同")
@click.option("--months", metavar="月数", type=Whole(1), default=3, help="模拟几个月（默认 3）")
@click.option("--speed", metavar="天数", type=Positive(), default=SPEED, help="每秒过去几天（默认 1.5）")
@click.option("--fast", is_flag=True, help="不等日子过去，能多快就多快")
@click.option("--kafka", metavar="地址", help="日志用这个 Kafka（主机:端口），主题另起前缀，演示后留在那里")
@click.option(
    "--clock",
    metavar="时钟",
    type=click.Choice(["rehearsal", "scaled"]),
    default="rehearsal",
    help="rehearsal 由送入的人盖时间（默认）；scaled 由日志盖时间，加快的时钟解释它",
)
@click.option("--keep", metavar="目录", help="把日志、答案、信号和存储留在这个目录")
def demo(
    *,
    cases: int,
    seed: int,
    months: int,
    speed: Fraction,
    fast: bool,
    kafka: str | None,
    clock: str,
    keep: str | None,
) -> None:
    """Show everything on a simulated city."""
    scaled = clock == "scaled"
    if scaled and fast:
        raise Trouble("--clock scaled 的日子按时钟过去，不能再写 --fast")
    if speed > MOST_SPEED:
        raise Trouble(f"--speed 最多每秒 {MOST_SPEED} 天；不想等就写 --fast")
    asked = Asked(
        cases=cases,
        seed=seed,
        months=months,
        speed=None if fast else speed,
        broker=f"kafka://{kafka.removeprefix('kafka://')}" if kafka else None,
        prefix=f"jiancha-demo-{time_ns() // 1_000_000_000:x}" if kafka else "jiancha",
        scaled=scaled,
    )
    to = console()
    with _room(keep) as room, _warnings_in(room / WARNINGS), refusals(), reachable():
        holds = _shown(to, room, asked)
    if keep is not None:
        to.print(f"\n接着看：jiancha cards --store {Path(keep) / 'store'}", style="dim")
    if not holds:
        differs()


@contextmanager
def _room(keep: str | None) -> Iterator[Path]:
    if keep is None:
        with TemporaryDirectory(prefix="jiancha-") as name:
            yield Path(name)
        return
    room = Path(keep)
    if any((room / name).exists() for name in OWN):
        raise Trouble(f"{room} 里已有上次演示的日志或存储；请换一个目录，或先删去其中的 {'、'.join(OWN)}")
    with refusals():
        room.mkdir(parents=True, exist_ok=True)
    yield room


@contextmanager
def _warnings_in(path: Path) -> Iterator[None]:
    """Keep what libraries warn of out of the view, in a file."""
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()


def _shown(to: "Console", room: Path, asked: Asked) -> bool:
    from streams.cli.demo.closing import close
    from streams.cli.demo.live import live
    from streams.cli.law import open_catalog
    from streams.simulate.options import SimOptions
    from streams.simulate.run import write_city

    began = monotonic()
    options = SimOptions(seed=asked.seed, months=asked.months, cases=asked.cases)
    catalog = open_catalog(CATALOG)
    town = Town(asked, room, catalog, write_city(room, catalog, options), options.start)
    live(to, town)
    return close(to, town, began)
