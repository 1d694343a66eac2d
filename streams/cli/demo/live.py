"""The live part: the worker started, the days shown as they pass, and one line of what came of it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rules.explain.words import day_text
from streams.cli.demo.asked import Asked, Town, settings_of
from streams.cli.demo.frame import pace_text, standing_text
from streams.cli.demo.glance import Glance, Span
from streams.cli.demo.passing import pass_days
from streams.cli.demo.scene import Scene, names_in
from streams.cli.demo.watching import watching

if TYPE_CHECKING:
    from rich.console import Console

    from streams.worker.service import Service


def live(to: "Console", town: Town) -> None:
    """Feed the city to a worker and show its days; return when all is judged and stored, and the worker has ended.

    Trouble says what broke it.
    """
    from sinks.clickhouse.errors import StoreError
    from streams.cli.trouble import Trouble
    from streams.feed import FeedOptions
    from streams.live.guard import TooManyAside
    from streams.worker.stall import Stalled

    asked, as_of = town.asked, town.as_of
    scene = Scene(town.catalog, names_in(town.catalog), town.catalog.days.day_of(as_of))
    settings = settings_of(town, datetime.now(UTC))
    speed = None if asked.scaled else asked.times
    options = FeedOptions(sources=(str(town.written.events),), until=as_of, speed=speed)
    last: list[Glance] = []
    to.print(_opening(town, scene), style="bold")
    try:
        with watching(to, scene) as show:

            def shown(glance: Glance) -> None:
                last[:] = [glance]
                show(glance)

            pass_days(
                settings, options, Span(town.begins, as_of), lambda service: _addresses(to, asked, service), shown
            )
    except (StoreError, TooManyAside, Stalled) as error:
        raise Trouble(str(error)) from None
    for glance in last:
        to.print(f"{day_text(scene.today)}  日子过完，全部判定、入库；{pace_text(glance)}")
        to.print(standing_text(glance))


def _opening(town: Town, scene: Scene) -> str:
    first, speed = town.opens.toordinal(), town.asked.speed
    pace = "能多快就多快" if speed is None else f"每秒 {float(speed):g} 天"
    title = scene.catalog.head.title
    return f"{title}监察演示  {town.written.lines:,} 条记录，{day_text(first)}起 {scene.today - first} 天，{pace}"


def _addresses(to: "Console", asked: Asked, service: "Service") -> None:
    """Say where else one may look while the days pass."""
    where = f"{asked.broker}，主题前缀 {asked.prefix}" if asked.broker else "本机（一个文件）"
    to.print(f"日志：{where}", style="dim")
    endpoint = service.endpoint
    if endpoint is not None and any(one.canonical == "/" for one in endpoint.app.router.resources()):
        to.print(f"同时可在浏览器看 http://{endpoint.host}:{endpoint.port}/", style="dim")
    if service.store_port:
        host = service.settings.http.host
        to.print(f"存储可用任何 ClickHouse 客户端查询（只读）：http://{host}:{service.store_port}/", style="dim")
