"""The board over a simulated city, served as the command serves it, and what the archive itself says."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rules.catalog.index import Catalog
from sinks.clickhouse.archive import Archive
from sinks.clickhouse.database import Database
from sinks.clickhouse.store import open_store
from streams.board.board import Board
from streams.cli.law import open_catalog
from streams.worker.http import Endpoint
from tests.sinks.clickhouse.city import CATALOG


@dataclass(frozen=True)
class Answer:
    """Status, headers (by lower-case name) and body of an answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def data(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.text)

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of a panel's answer by column names."""
        names = [one["name"] for one in self.data["meta"]]
        return [dict(zip(names, row, strict=True)) for row in self.data["data"]]


@dataclass(frozen=True)
class Site:
    """A running board."""

    port: int
    archive: Archive
    catalog: Catalog
    database: Database
    board: Board

    @property
    def root(self) -> str:
        """Return its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Return the answer to a request; ``path`` may hold Chinese, headers have ``_`` for ``-``."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, quote(path, safe="/?&=%:,+~"), headers=given)
            response = connection.getresponse()
            said = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, said, response.read().decode())
        finally:
            connection.close()


@contextmanager
def served(room: Path) -> Iterator[Site]:
    """Give the board over the store of a directory, on a loop of its own."""
    catalog = open_catalog(CATALOG)
    with open_store(room / "store") as store:
        database = store.another()
        board = Board(store, lambda _run: catalog)
        try:
            with listening(board) as port:
                yield Site(port, Archive(database, store.archive().run), catalog, database, board)
        finally:
            board.close()
            database.close()


@contextmanager
def listening(board: Board, token: str | None = None) -> Iterator[int]:
    """Give the port a board listens on."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> Endpoint:
        endpoint = Endpoint("127.0.0.1", 0, token)
        endpoint.app.add_routes(board.routes(loopback_only=token is None))
        await endpoint.start()
        return endpoint

    try:
        endpoint = asyncio.run_coroutine_threadsafe(begin(), loop).result(30)
        yield endpoint.port
        asyncio.run_coroutine_threadsafe(endpoint.stop(), loop).result(30)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
