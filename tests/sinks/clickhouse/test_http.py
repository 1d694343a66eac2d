"""The ClickHouse HTTP interface, asked as clients ask it, while the engine is written to."""

import asyncio
import gzip
import json
import struct
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import pyarrow as pa
import pytest

from sinks.clickhouse.engine import Engine
from sinks.clickhouse.http import HELLO, HttpReader
from sinks.clickhouse.live import LiveWriter
from sinks.clickhouse.migrate import migrate, shipped
from sinks.clickhouse.reading import Limits
from sinks.clickhouse.tables import METRIC_MINUTE

T = TypeVar("T")
WORD = "s:cret"
ENDLESS = "SELECT count() FROM numbers(1000000000000)"


@dataclass
class Answer:
    status: int
    headers: Any
    body: bytes


@dataclass
class Asker:
    session: aiohttp.ClientSession
    address: str

    async def ask(self, query: str | None = None, *, method: str = "GET", data: Any = None, **more: Any) -> Answer:
        headers = more.pop("headers", None)
        params = {**({"query": query} if query is not None else {}), **more}
        async with self.session.request(method, self.address, params=params, data=data, headers=headers) as answer:
            return Answer(answer.status, answer.headers, await answer.read())


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = Engine(tmp_path_factory.mktemp("http") / "store", create=True)
    migrate(opened, shipped())
    opened.run(
        "CREATE TABLE t (a UInt64, b LowCardinality(String), c Nullable(Decimal(18, 2))) ENGINE = MergeTree ORDER BY a"
    )
    opened.run("INSERT INTO t SELECT number, concat('值', toString(number % 3)), number / 4 FROM numbers(1000)")
    yield opened
    opened.close()


@asynccontextmanager
async def served(engine: Engine, *, auto_decompress: bool = True, **more: Any) -> AsyncIterator[Asker]:
    reader = HttpReader(engine, **more)
    port = await reader.start(port=0)
    async with aiohttp.ClientSession(auto_decompress=auto_decompress) as session:
        try:
            yield Asker(session, f"http://127.0.0.1:{port}/")
        finally:
            await reader.stop()


def asking(engine: Engine, work: Callable[[Asker], Awaitable[T]], **more: Any) -> T:
    async def run() -> T:
        async with served(engine, **more) as asker:
            return await asyncio.wait_for(work(asker), 30)

    return asyncio.run(run())


def asked(engine: Engine, query: str | None = None, **more: Any) -> Answer:
    return asking(engine, lambda asker: asker.ask(query, **more))


class TestAsking:
    def test_a_question_in_the_address_is_answered(self, engine: Engine) -> None:
        assert b"1000\n" == asked(engine, "SELECT count() FROM t").body

    def test_a_question_in_the_body_is_answered(self, engine: Engine) -> None:
        assert b"1000\n" == asked(engine, method="POST", data=b"SELECT count() FROM t").body

    def test_a_question_may_begin_in_the_address_and_end_in_the_body(self, engine: Engine) -> None:
        assert b"1000\n" == asked(engine, "SELECT count()", method="POST", data=b"FROM t").body

    def test_nothing_asked_says_that_somebody_is_there(self, engine: Engine) -> None:
        assert b"Ok.\n" == asked(engine).body

    def test_parameters_arrive_as_clients_escape_them(self, engine: Engine) -> None:
        answer = asked(
            engine,
            "SELECT {x:String} AS x, {y:Array(String)} AS y, {n:Int64} AS n FORMAT JSONEachRow",
            param_x="it's\\ta\\\\b中",
            param_y="['a','b']",
            param_n="-7",
        )

        assert {"x": "it's\ta\\b中", "y": ["a", "b"], "n": -7} == json.loads(answer.body)

    def test_the_database_may_be_another(self, engine: Engine) -> None:
        assert b"1\n" == asked(engine, "SELECT count() FROM one", database="system").body

    def test_settings_that_shape_an_answer_are_heeded_others_are_not(self, engine: Engine) -> None:
        query = "SELECT toInt64(1) AS x, getSetting('readonly') AS r"
        more = {"output_format_json_quote_64bit_integers": "1", "readonly": "0", "max_execution_time": "9999"}

        answer = asked(engine, query, default_format="JSONEachRow", **more)

        assert {"x": "1", "r": "1"} == {name: str(value) for name, value in json.loads(answer.body).items()}
        assert isinstance(json.loads(answer.body)["x"], str)


class TestForms:
    def test_the_format_in_the_question_goes_before_that_of_the_request(self, engine: Engine) -> None:
        answer = asked(engine, "SELECT 1 AS x FORMAT JSONEachRow", default_format="CSV")

        assert {"x": 1} == json.loads(answer.body)
        assert "JSONEachRow" == answer.headers["X-ClickHouse-Format"]

    def test_a_header_names_the_format(self, engine: Engine) -> None:
        answer = asked(engine, "SELECT 'a' AS x", headers={"X-ClickHouse-Format": "CSVWithNames"})

        assert b'"x"\n"a"\n' == answer.body
        assert answer.headers["Content-Type"].startswith("text/csv")

    @pytest.mark.parametrize(
        ("form", "body"),
        [
            ("TabSeparated", "0\t值0\n".encode()),
            ("CSV", '0,"值0"\n'.encode()),
            ("RowBinary", b"\0" * 8 + b"\4" + "值0".encode()),
            ("Native", b"\2\1\1a\6UInt64" + b"\0" * 8 + b"\1b\6String\4" + "值0".encode()),
        ],
    )
    def test_an_answer_has_the_format_asked_for(self, engine: Engine, form: str, body: bytes) -> None:
        assert (
            body
            == asked(engine, "SELECT a, CAST(b AS String) AS b FROM t ORDER BY a LIMIT 1", default_format=form).body
        )

    def test_an_answer_may_be_arrow(self, engine: Engine) -> None:
        body = asked(engine, "SELECT sum(c) AS money FROM t", default_format="ArrowStream").body

        assert ["124875.00"] == [str(row) for row in pa.ipc.open_stream(body).read_all().column("money").to_pylist()]

    def test_an_answer_may_be_packed(self, engine: Engine) -> None:
        answer = asking(
            engine,
            lambda asker: asker.ask(
                "SELECT a FROM t ORDER BY a", enable_http_compression="1", headers={"Accept-Encoding": "gzip"}
            ),
            auto_decompress=False,
        )

        assert "gzip" == answer.headers["Content-Encoding"]
        assert 1000 == gzip.decompress(answer.body).count(b"\n")


class TestHello:
    """What clickhouse-go, and with it Grafana, asks first."""

    def test_an_old_client_is_told_who_answers(self, engine: Engine) -> None:
        body = asked(engine, HELLO, default_format="Native").body

        assert body.startswith(b"\4\1\rdisplayName()\6String")
        assert engine.answer("SELECT version()", "TSV").rstrip() in body

    def test_a_new_client_is_told_in_its_own_form_to_read_the_plain_one(self, engine: Engine) -> None:
        body = asked(engine, HELLO, default_format="Native", client_protocol_version="54483").body

        block_info = b"\1\0\2" + struct.pack("<i", -1) + b"\0"
        assert body.startswith(block_info + b"\4\1\rdisplayName()\6String\0")
        assert b"\nrevision()\6UInt32\0" + struct.pack("<I", 0) in body


class TestErrors:
    @pytest.mark.parametrize(
        ("query", "status", "code"),
        [
            ("selec 1", 400, 62),
            ("SELECT 1; SELECT 2", 400, 62),
            ("SELECT 1 FROM nowhere", 404, 60),
            ("SELECT nothing FROM t", 404, 47),
            ("SELECT nosuch(1)", 404, 46),
            ("SELECT 1 FORMAT NoSuch", 404, 73),
            ("SELECT throwIf(1)", 500, 395),
            ("INSERT INTO t (a) VALUES (1)", 500, 164),
            ("SELECT 1 SETTINGS readonly = 0", 500, 164),
            ("SELECT file('/etc/hostname')", 500, 497),
        ],
    )
    def test_are_told_as_clickhouse_tells_them(self, engine: Engine, query: str, status: int, code: int) -> None:
        answer = asked(engine, query)

        assert (status, str(code)) == (answer.status, answer.headers["X-ClickHouse-Exception-Code"])
        assert answer.body.startswith(f"Code: {code}. DB::Exception: ".encode())

    @pytest.mark.parametrize("database", ["nowhere", "no`where", "../x"])
    def test_tell_of_a_database_that_is_not_there(self, engine: Engine, database: str) -> None:
        answer = asked(engine, "SELECT 1", database=database)

        assert (404, "81") == (answer.status, answer.headers["X-ClickHouse-Exception-Code"])

    def test_tell_of_what_is_not_supported(self, engine: Engine) -> None:
        assert 501 == asked(engine, "SELECT 1", compress="1").status
        assert 501 == asked(engine, "SELECT 1", method="PUT").status

    def test_tell_of_a_body_that_is_no_text(self, engine: Engine) -> None:
        assert 400 == asked(engine, method="POST", data=b"SELECT '\xff'").status


class TestLimits:
    def test_a_question_ends_when_its_time_is_over(self, engine: Engine) -> None:
        answer = asked(engine, ENDLESS, max_execution_time="0.3")

        assert (408, "159") == (answer.status, answer.headers["X-ClickHouse-Exception-Code"])

    def test_nobody_may_take_longer_than_the_limit(self, engine: Engine) -> None:
        answer = asking(engine, lambda asker: asker.ask(ENDLESS, max_execution_time="600"), limits=Limits(seconds=1))

        assert 408 == answer.status

    def test_an_answer_has_not_more_rows_than_the_limit(self, engine: Engine) -> None:
        answer = asking(engine, lambda asker: asker.ask("SELECT a FROM t"), limits=Limits(rows=999))

        assert "396" == answer.headers["X-ClickHouse-Exception-Code"]

    def test_who_asks_while_too_many_wait_is_turned_away(self, engine: Engine) -> None:
        async def work(asker: Asker) -> Answer:
            asks = [asyncio.create_task(asker.ask(ENDLESS)) for _ in range(2)]
            await until_running(engine, 2)
            answer = await asker.ask("SELECT 1")
            for one in asks:
                one.cancel()
            return answer

        answer = asking(engine, work, limits=Limits(at_once=2, waiting=0))

        assert "202" == answer.headers["X-ClickHouse-Exception-Code"]

    def test_a_question_nobody_waits_for_is_ended(self, engine: Engine) -> None:
        async def work(asker: Asker) -> bool:
            asks = asyncio.create_task(asker.ask(ENDLESS))
            await until_running(engine, 1)
            asks.cancel()
            await until_running(engine, 0)
            return True

        assert asking(engine, work)

    def test_stopping_ends_what_runs(self, engine: Engine) -> None:
        async def run() -> Answer | BaseException:
            async with served(engine, limits=Limits(seconds=600)) as asker:
                asks = asyncio.create_task(asker.ask(ENDLESS))
                await until_running(engine, 1)
            return (await asyncio.gather(asks, return_exceptions=True))[0]

        ended = asyncio.run(asyncio.wait_for(run(), 30))

        assert isinstance(ended, BaseException) or ended.status == 500


RUNNING = f"SELECT count() FROM system.processes WHERE query = '{ENDLESS}'"


async def until_running(engine: Engine, many: int) -> None:
    while await asyncio.to_thread(engine.answer, RUNNING, "TSV") != b"%d\n" % many:
        pass


class TestPassword:
    @pytest.mark.parametrize(
        ("more", "status"),
        [
            ({}, 401),
            ({"password": "wrong"}, 403),
            ({"password": WORD}, 200),
            ({"headers": {"X-ClickHouse-User": "default", "X-ClickHouse-Key": WORD}}, 200),
            ({"headers": {"Authorization": "Basic " + b64encode(b"any:s:cret").decode()}}, 200),
            ({"headers": {"Authorization": "Basic ="}}, 401),
            ({"headers": {"Authorization": "Bearer s:cret"}}, 200),
        ],
    )
    def test_is_asked_for_as_clickhouse_asks(self, engine: Engine, more: dict[str, Any], status: int) -> None:
        assert status == asking(engine, lambda asker: asker.ask("SELECT 1", **more), password=WORD).status

    def test_must_be_set_where_others_could_ask(self, engine: Engine) -> None:
        async def run() -> None:
            with pytest.raises(ValueError, match="口令"):
                await HttpReader(engine).start("192.0.2.1", 0)

        asyncio.run(run())

    def test_is_not_needed_on_this_machine_unless_a_page_from_elsewhere_asks(self, engine: Engine) -> None:
        assert 403 == asked(engine, "SELECT 1", headers={"Host": "elsewhere.example"}).status


def test_who_looks_after_the_service_is_answered(engine: Engine) -> None:
    async def work(asker: Asker) -> bytes:
        async with asker.session.get(f"{asker.address}ping") as answer:
            return await answer.read()

    assert b"Ok.\n" == asking(engine, work)


def test_questions_are_answered_while_rows_are_inserted(engine: Engine) -> None:
    writer = LiveWriter(engine.another())

    def insert() -> None:
        for at in range(30):
            writer.insert(METRIC_MINUTE, [("live", at * 60_000_000, "s", "m", "", at, at)], f"while-{at}")

    async def work(asker: Asker) -> list[int]:
        return [int((await asker.ask("SELECT count() FROM metric_minute")).body) for _ in range(30)]

    with ThreadPoolExecutor(1) as pool:
        inserts = pool.submit(insert)
        counts = asking(engine, work)
        inserts.result()
    writer.close()

    assert counts == sorted(counts)
    assert b"30\n" == asked(engine, "SELECT count() FROM metric_minute").body
