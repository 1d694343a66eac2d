"""``jiancha board``: the page over a store that nobody writes just now."""

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from streams.cli.archive import store_option
from streams.cli.chinese import Command
from streams.cli.law import open_catalog
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from sinks.clickhouse.stored import Run

PORT = 8765


@click.command(
    cls=Command,
    help="""在浏览器里看一个存储：总览、红黄牌、部门、收费、办件、逐行说明。

只读，只答本机；正在运行的 jiancha run 自带同样的页面，不必另开。Ctrl-C 结束。""",
)
@store_option
@click.option("--port", metavar="端口", type=click.IntRange(0, 65535), default=PORT, help=f"端口（默认 {PORT}）")
@click.option("--catalog", "moved", metavar="目录", help="监察目录现在何处（默认用回放时的位置）")
def board(*, store: str, port: int, moved: str | None) -> None:
    """Serve the board over a store until stopped."""
    from sinks.clickhouse.store import open_store
    from streams.board.board import Board
    from streams.cli.refused import refusals
    from streams.worker.http import Endpoint

    if "://" in store:
        raise Trouble("看板只看目录里的存储；ClickHouse 服务器上的请用 Grafana")
    loaded: dict[str, Catalog] = {}

    def catalog_of(run: "Run") -> "Catalog":
        if run.run not in loaded:
            loaded[run.run] = open_catalog(moved or run.catalog, profile=run.profile or None)
        return loaded[run.run]

    async def serve() -> None:
        stopped = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        endpoint = Endpoint("127.0.0.1", port)
        endpoint.app.add_routes(page.routes(loopback_only=True))
        await endpoint.start()
        click.echo(f"看板：http://127.0.0.1:{endpoint.port}/", err=True)
        try:
            await stopped.wait()
        finally:
            await endpoint.stop()

    with refusals(), open_store(store) as held:
        held.archive()
        page = Board(held, catalog_of)
        try:
            asyncio.run(serve())
        finally:
            page.close()
