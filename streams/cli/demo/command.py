"""The command ``jiancha demo``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

import click

from streams.cli.chinese import Command
from streams.cli.kinds import Whole
from streams.cli.meter import measured, metered
from streams.cli.refused import refusals
from streams.cli.screen import console
from streams.cli.trouble import differs

if TYPE_CHECKING:
    from rich.console import Console

CATALOG = "shili"


@click.command(
    cls=Command,
    help="""演示：模拟一座城市三个月，回放、核对，并显示监察人员首先要看的。

末尾把埋设的违规与查出的逐条对照；不全一致时退出码为 1。""",
)
@click.option("--cases", metavar="件数", type=Whole(1), default=2000, help="模拟多少办件（默认 2000，另加埋设的）")
@click.option("--seed", metavar="数", type=Whole(), default=1, help="随机种子（默认 1）；同一种子结果逐字节相同")
@click.option("--months", metavar="月数", type=Whole(1), default=3, help="模拟几个月（默认 3）")
@click.option("--keep", metavar="目录", help="把日志、答案、信号和存储留在这个目录")
def demo(*, cases: int, seed: int, months: int, keep: str | None) -> None:
    """Show everything on a simulated city."""
    to = console()
    with refusals(), _room(keep) as room:
        holds = _shown(to, room, cases=cases, seed=seed, months=months)
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
    room.mkdir(parents=True, exist_ok=True)
    yield room


def _shown(to: "Console", room: Path, *, cases: int, seed: int, months: int) -> bool:
    from rules.events.instants import instant_of
    from sinks.clickhouse.store import open_store
    from streams.cli.agreement import agreement
    from streams.cli.answerkey import read_cards, read_key
    from streams.cli.demo.causes import show_causes
    from streams.cli.demo.holdups import holdups_of
    from streams.cli.demo.money import show_money
    from streams.cli.demo.proof import show_proof
    from streams.cli.demo.quality import lateness_of, show_quality
    from streams.cli.demo.red import show_red
    from streams.cli.demo.soon import show_soon
    from streams.cli.demo.view import view_of
    from streams.cli.law import open_catalog
    from streams.cli.names import minute
    from streams.replay import ReplaySettings, replay
    from streams.simulate.options import SimOptions
    from streams.simulate.run import write_city
    from streams.verify import verify

    began = monotonic()
    catalog = open_catalog(CATALOG)
    city = write_city(room, catalog, SimOptions(seed=seed, months=months, cases=cases))
    settings = ReplaySettings(
        sources=(str(city.events),),
        catalog=CATALOG,
        as_of=instant_of(city.as_of),
        store=room / "store",
        cards=room / "cards.jsonl",
    )
    with metered() as report:
        replay(settings, report)
    with open_store(room / "store") as store:
        archive = store.archive()
        view = view_of(archive, catalog)
        holdups, lateness, quarantined = holdups_of(archive, view), lateness_of(archive), archive.quarantine()
    with measured("核对") as told:
        verified = verify(room / "store", report=told)
    found = agreement(read_cards(str(room / "cards.jsonl")), read_key(str(city.answers)), complete=True)
    seconds = monotonic() - began
    to.print(
        f"{catalog.head.title}监察演示  {view.run.cases:,} 件、{view.run.counts.read:,} 条记录，"
        f"截至 {minute(view.run.now, view.run.zone)}，用时 {seconds:.0f} 秒",
        style="bold",
    )
    show_red(to, view)
    show_soon(to, view)
    show_causes(to, view, holdups)
    show_money(to, view)
    show_quality(to, view, lateness, quarantined)
    return show_proof(to, found, verified)
