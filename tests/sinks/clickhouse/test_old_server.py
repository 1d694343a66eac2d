"""The write path on a real server that had no part in how the peer of the other tests came about."""

from collections.abc import Iterator

import pytest

from rules.events.words import Level
from sinks.clickhouse.address import Address
from sinks.clickhouse.errors import StoreAway, StoreFailed
from sinks.clickhouse.live import LiveWriter, Patience, Waiting
from sinks.clickhouse.migrate import shipped
from sinks.clickhouse.server import Server
from sinks.clickhouse.tables import CARD, METRIC_MINUTE
from tests.sinks.clickhouse.test_live import metric, row_of
from tests.sinks.oldserver import USER, WORD, OldServer, degraded, old_server

__all__ = ["old_server"]

LATEST = "ENGINE = ReplacingMergeTree(seq)"


@pytest.fixture(scope="module")
def running(old_server: OldServer) -> Iterator[OldServer]:
    with old_server as started:
        server = Server(at(started))
        statements = [text for one in shipped() for text in one.statements()]
        card = next(text for text in statements if "CREATE TABLE card\n" in text)
        metrics = next(text for text in statements if "CREATE TABLE IF NOT EXISTS metric_minute\n" in text)
        server.run(degraded(card).replace("ENGINE = ReplacingMergeTree", LATEST))
        server.run(degraded(metrics))
        server.close()
        yield started


def at(server: OldServer, password: str = WORD) -> Address:
    return Address("127.0.0.1", server.port, USER, password, "default")


@pytest.fixture
def server(running: OldServer) -> Iterator[Server]:
    opened = Server(at(running))
    yield opened
    opened.close()


def test_it_is_another_server(server: Server) -> None:
    assert server.table("SELECT version() AS v").column("v")[0].as_py().startswith("18.")


def test_a_card_comes_back_as_it_was_inserted(server: Server) -> None:
    card = row_of(
        CARD, run="r", card_id="监'察", level="yellow", seq=7, finding='{"a": "\\\\"}', org_code=None, ended=None
    )

    server.insert(CARD, [card], "t")

    (found,) = server.table(
        "SELECT card_id, level, seq, finding, org_code, ended FROM card FINAL WHERE run = 'r'"
    ).to_pylist()
    expected = {
        "card_id": "监'察",
        "level": Level.YELLOW,
        "seq": 7,
        "finding": card[-3],
        "org_code": None,
        "ended": None,
    }
    assert expected == found


def test_an_older_row_never_wins(server: Server) -> None:
    for seq, state in ((2, "CLOSED"), (1, "OPEN")):
        server.insert(CARD, [row_of(CARD, run="late", card_id="K", seq=seq, state=state)], f"t{seq}")

    answer = server.table("SELECT state FROM card FINAL WHERE run = {run:String}", {"run": "late"})

    assert ["CLOSED"] == answer.column("state").to_pylist()


def test_many_rows_arrive(server: Server) -> None:
    server.insert(METRIC_MINUTE, [metric(minute, minute, minute) for minute in range(20_000)], "many")

    answer = server.table("SELECT count() AS n, sum(value) AS s FROM metric_minute FINAL WHERE run = 'live'")

    assert [{"n": 20_000, "s": sum(range(20_000))}] == answer.to_pylist()


def test_what_it_refuses_is_refused_with_its_number(server: Server) -> None:
    with pytest.raises(StoreFailed) as unknown:
        server.table("SELECT 1 FROM nowhere")
    with pytest.raises(StoreFailed):
        server.insert(CARD, [row_of(CARD, level="purple")], "t")

    assert 60 == unknown.value.code
    assert [{"x": 1}] == server.table("SELECT 1 AS x").to_pylist()


def test_a_wrong_password_is_refused(running: OldServer) -> None:
    with pytest.raises(StoreFailed, match="password"):
        Server(at(running, "wrong")).table("SELECT 1")


def test_a_killed_server_is_away_and_back_after_it_was_started(running: OldServer) -> None:
    def start_again(waiting: Waiting) -> None:
        if waiting.attempt == 2:
            running.start()

    server = Server(at(running))
    writer = LiveWriter(server, Patience(0.0, 0.0), start_again)
    writer.insert(METRIC_MINUTE, [("k", 1, "s", "m", "", 1, 1)], "before")

    running.kill()
    with pytest.raises(StoreAway):
        Server(at(running)).table("SELECT 1")
    writer.insert(METRIC_MINUTE, [("k", 2, "s", "m", "", 2, 2)], "after")

    answer = server.table("SELECT count() AS n FROM metric_minute FINAL WHERE run = 'k'")
    writer.close()
    assert [{"n": 2}] == answer.to_pylist()
