"""A server that goes away, comes back, refuses, and is not the one it should be."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sinks.clickhouse.address import Address, address_of, is_address
from sinks.clickhouse.engine import Engine
from sinks.clickhouse.errors import StoreAway, StoreFailed, StoreTooOld
from sinks.clickhouse.live import LiveWriter, Patience, Waiting
from sinks.clickhouse.server import Server
from sinks.clickhouse.store import open_store, upgrade
from sinks.clickhouse.tables import METRIC_MINUTE, Row
from tests.sinks.peer import Fault, Peer

WORD = "s/p:e@c%"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = Engine(tmp_path / "store", create=True)
    yield opened
    opened.close()


@pytest.fixture
def peer(engine: Engine) -> Iterator[Peer]:
    upgrade(engine)
    with Peer(engine) as started:
        yield started


def at(peer: Peer) -> Address:
    return Address("127.0.0.1", peer.port)


def metrics(first: int, last: int) -> list[Row]:
    return [("live", minute * 60_000_000, "s", "m", "", minute, minute) for minute in range(first, last + 1)]


def counted(engine: Engine) -> tuple[int, int]:
    """Return how many rows there are, and how many of them have keys of their own."""
    row = engine.table("SELECT count() AS n, uniqExact(last) AS u FROM metric_minute").to_pylist()[0]
    return row["n"], row["u"]


class TestWriting:
    @pytest.mark.parametrize("fault", [Fault.BEFORE, Fault.AFTER, Fault.BUSY])
    def test_what_breaks_off_is_there_once_in_the_end(self, engine: Engine, peer: Peer, fault: Fault) -> None:
        waits: list[Waiting] = []
        writer = LiveWriter(Server(at(peer)), Patience(0.0, 0.0), waits.append)
        peer.faults += [fault, fault]

        for batch in range(4):
            writer.insert(METRIC_MINUTE, metrics(batch * 10, batch * 10 + 9), f"topic-0-{batch}")
        writer.close()

        assert (40, 40) == counted(engine)
        assert 2 == len(waits)

    def test_a_server_that_was_started_again_is_written_to_by_the_same_writer(self, engine: Engine, peer: Peer) -> None:
        writer = LiveWriter(Server(at(peer)), Patience(0.0, 0.0), lambda waiting: back(peer, waiting))
        writer.insert(METRIC_MINUTE, metrics(0, 9), "a")

        peer.stop()
        writer.insert(METRIC_MINUTE, metrics(10, 19), "b")
        writer.close()

        assert (20, 20) == counted(engine)

    def test_a_server_that_does_not_answer_in_time_is_away(
        self, engine: Engine, peer: Peer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sinks.clickhouse.server.ANSWER_SECONDS", 0.3)
        server = Server(at(peer))
        peer.faults.append(Fault.SILENT)

        with pytest.raises(StoreAway):
            server.insert(METRIC_MINUTE, metrics(0, 9), "slow")
        server.insert(METRIC_MINUTE, metrics(0, 9), "slow")
        server.close()

        assert (10, 10) == counted(engine)


def back(peer: Peer, waiting: Waiting) -> None:
    """Start a server again at the third attempt to reach it."""
    if waiting.attempt == 3:
        peer.start()


class TestReaching:
    def test_nobody_there_is_away_and_told_without_the_password(self) -> None:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            server = Server(Address("127.0.0.1", held.getsockname()[1], password=WORD))

            with pytest.raises(StoreAway) as away:
                server.table("SELECT 1")

        assert "127.0.0.1" in str(away.value)
        assert WORD not in str(away.value)

    def test_another_host_is_asked_where_the_first_is_not_there(self, peer: Peer) -> None:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            server = Server(Address("127.0.0.1", held.getsockname()[1], others=(f"127.0.0.1:{peer.port}",)))

            assert [{"x": 1}] == server.table("SELECT 1 AS x").to_pylist()
        server.close()

    def test_a_wrong_password_is_refused_and_not_tried_again(self, engine: Engine) -> None:
        with Peer(engine, password=WORD) as peer:
            with pytest.raises(StoreFailed, match="Authentication failed") as refused:
                Server(at(peer)).table("SELECT 1")
            server = Server(address_of(f"clickhouse://default:s%2Fp%3Ae%40c%25@127.0.0.1:{peer.port}"))

            assert [{"x": 1}] == server.table("SELECT 1 AS x").to_pylist()
            server.close()

        assert 516 == refused.value.code

    def test_a_connection_may_be_encrypted(self, engine: Engine, tmp_path: Path) -> None:
        context, certificate = certified(tmp_path)
        with Peer(engine, tls=context) as peer:
            server = Server(Address("localhost", peer.port, secure=True, ca_file=certificate))

            assert [{"x": 1}] == server.table("SELECT 1 AS x").to_pylist()
            server.close()

    def test_a_certificate_that_nobody_vouches_for_is_refused(self, engine: Engine, tmp_path: Path) -> None:
        context, _ = certified(tmp_path)
        with Peer(engine, tls=context) as peer, pytest.raises(StoreFailed, match="证书"):
            Server(Address("localhost", peer.port, secure=True)).table("SELECT 1")


def certified(directory: Path) -> tuple[ssl.SSLContext, Path]:
    """Return what a server named localhost shows, and the file that vouches for it."""
    certificate, key = directory / "cert.pem", directory / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*make, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


class TestSchema:
    def test_a_server_without_it_is_refused_until_it_is_made(self, engine: Engine) -> None:
        with Peer(engine) as peer:
            with pytest.raises(StoreTooOld, match="jiancha store migrate"):
                open_store(f"clickhouse://127.0.0.1:{peer.port}")
            with pytest.raises(StoreTooOld, match="还没有这个库"):
                open_store(f"clickhouse://127.0.0.1:{peer.port}/other")

            server = Server(at(peer))
            server.make_database()
            applied = upgrade(server)
            server.close()

            assert applied
            with open_store(f"clickhouse://127.0.0.1:{peer.port}") as store:
                assert () == store.runs()

    def test_a_database_of_its_own_is_made(self, engine: Engine) -> None:
        with Peer(engine) as peer:
            server = Server(Address("127.0.0.1", peer.port, database="bureau"))
            server.make_database()

            assert [{"d": "bureau"}] == server.table("SELECT currentDatabase() AS d").to_pylist()
            server.close()


class TestAddress:
    def test_says_where_and_as_whom(self) -> None:
        address = address_of(
            "clickhouses://u%40x:p%2Fw@ch.example:9441/jc?ca_file=/etc/ca.pem&alt_hosts=a:1,b:2&cluster=c"
        )

        expected = Address("ch.example", 9441, "u@x", "p/w", "jc", True, Path("/etc/ca.pem"), ("a:1", "b:2"), "c")
        assert expected == address

    @pytest.mark.parametrize(
        ("url", "port", "secure"),
        [
            ("clickhouse://h", 9000, False),
            ("clickhouse://h?secure=1", 9440, True),
            ("clickhouses://h", 9440, True),
            ("clickhouse://[::1]:9001/x", 9001, False),
        ],
    )
    def test_has_the_usual_port(self, url: str, port: int, secure: bool) -> None:
        assert (port, secure) == (address_of(url).port, address_of(url).secure)

    @pytest.mark.parametrize(
        "url",
        [
            "clickhouse://",
            "clickhouse://h:0x",
            "clickhouse://h:99999",
            "clickhouse://h/a`b",
            "clickhouse://h?user=x",
            "http://h",
        ],
    )
    def test_that_is_wrong_is_refused(self, url: str) -> None:
        with pytest.raises(StoreFailed, match="ClickHouse"):
            address_of(url)

    def test_is_shown_without_the_password(self) -> None:
        address = address_of(f"clickhouse://u:{'hidden'}@h")

        assert "hidden" not in f"{address} {address!r}"

    @pytest.mark.parametrize(
        ("place", "server"),
        [("clickhouse://h", True), ("clickhouses://h", True), ("jiancha-store", False), (Path("clickhouse"), False)],
    )
    def test_is_told_from_a_directory(self, place: Path | str, server: bool) -> None:
        assert server == is_address(place)
