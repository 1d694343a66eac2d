"""The store counted: a folder of our own, and one that a worker holds."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from sinks.clickhouse.errors import StoreAway, StoreFailed, StoreMissing
from sinks.clickhouse.store import open_store
from streams.clock import Clock
from streams.log import Batch
from streams.reconcile import Account, reconciled, stored_in
from streams.settings import Settings
from streams.worker.sink import Sink
from tests.streams.cli.running import ran
from tests.streams.reconcile.edge import TOPICS, edge_catalog, edge_settings, judged


class Endpoint(BaseHTTPRequestHandler):
    """Answers as the worker's endpoint does: rows as JSON lines, or an error of the database."""

    status: ClassVar[int] = 200
    body: ClassVar[str] = ""
    asked: ClassVar[list[tuple[str, str, str | None]]] = []

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append((self.path, query, self.headers["X-ClickHouse-Key"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing is written beside the tests."""


@contextmanager
def serving(status: int, body: str) -> Iterator[int]:
    Endpoint.status, Endpoint.body = status, body
    Endpoint.asked.clear()
    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def held(settings: Settings, port: int) -> Settings:
    return settings.model_copy(update={"http": settings.http.model_copy(update={"store_port": port})})


@pytest.mark.slow
class TestFolder:
    def test_what_a_sink_wrote_reconciles_from_the_log_to_the_store(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asyncio.run(sunk(tmp_path))
        config = tmp_path / "settings.yaml"
        config.write_text(
            f"broker: local://{tmp_path / 'log'}\nstore: {tmp_path / 'store'}\ntopics: {{partitions: 3}}\n",
            encoding="utf-8",
        )

        done = ran(capsys, "reconcile", "--config", config)
        told = json.loads(ran(capsys, "reconcile", "--config", config, "--json").out)

        assert (0, "") == (done.code, done.err)
        assert "对账 ✓ 一致" in done.out
        assert told["holds"]
        assert 15 == sum(one["folded"] + one["duplicate"] for one in told["partitions"])
        assert all(one["cards_topic"] == one["store"] > 0 for one in told["hours"])

    def test_a_row_that_is_gone_is_found(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asyncio.run(sunk(tmp_path))
        with open_store(tmp_path / "store") as store:
            database = store.another()
            database.run("DELETE FROM card_transition WHERE seq = 1")
            database.close()

        account = asyncio.run(counted(edge_settings(tmp_path)))

        assert not account.holds
        assert any(one.differs for one in account.hours)
        done = ran(capsys, "reconcile", "--broker", f"local://{tmp_path / 'log'}", "--no-store")
        assert (0, True) == (done.code, "未看" in done.out)

    def test_a_folder_another_holds_is_asked_through_its_port(self, tmp_path: Path) -> None:
        settings = edge_settings(tmp_path)
        with open_store(settings.store.folder, create=True), serving(200, '{"hour":7,"rows":3}\n') as port:
            with stored_in(held(settings, port)) as stored:
                assert {7: 3} == stored.hours()
                assert 3 == stored.events("t-0", 9)
            (path, query, key), *_ = Endpoint.asked
            assert "param_run=live" in path
            assert "card_transition" in query
            assert key is None
        with (
            open_store(settings.store.folder),
            serving(404, "Code: 60. DB::Exception: no such table") as port,
            stored_in(held(settings, port)) as stored,
            pytest.raises(StoreFailed, match="Code: 60"),
        ):
            stored.hours()
        with (
            open_store(settings.store.folder),
            stored_in(held(settings, port)) as stored,
            pytest.raises(StoreAway, match=str(port)),
        ):
            stored.hours()


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    settings = edge_settings(tmp_path)

    with pytest.raises(StoreMissing), stored_in(settings):
        pass

    assert not settings.store.folder.exists()


async def sunk(folder: Path) -> None:
    """Judge a small edge, and write what its log holds into its store."""
    settings = edge_settings(folder)
    async with judged(folder) as log:
        with open_store(settings.store.folder, create=True) as store:
            sink = Sink(settings, edge_catalog(folder), store, Clock(), 3)
            await sink.start()
            for topic in sink.read_topics:
                for number in range(await log.partitions(topic)):
                    if records := await log.read(topic, number, 0, 10_000):
                        await sink.take(Batch(topic, number, records))
            await sink.stop()


async def counted(settings: Settings) -> Account:
    from streams.log import LocalLog

    log = LocalLog(settings.broker.folder, read_only=True)
    await log.start()
    try:
        with stored_in(settings) as stored:
            return await reconciled(log, TOPICS, stored, now=lambda: 0.0)
    finally:
        await log.stop()
