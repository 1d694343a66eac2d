"""One contract for both databases: the embedded engine, and a server spoken to over the native protocol."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from sinks.clickhouse.address import Address
from sinks.clickhouse.archive import rows_of
from sinks.clickhouse.database import Database
from sinks.clickhouse.engine import Engine
from sinks.clickhouse.errors import StoreFailed
from sinks.clickhouse.migrate import migrate, shipped
from sinks.clickhouse.server import Server
from sinks.clickhouse.spool import Spool
from sinks.clickhouse.tables import CARD, CASE_STATE, EVENT, METRIC_MINUTE, QUARANTINE, RUN, TABLES, Row, Table
from tests.sinks.clickhouse.test_live import row_of
from tests.sinks.peer import Peer

WORD = "pass word"
NASTY = (
    "it's",
    'a "quote"',
    "back\\slash",
    "line\nbreak",
    "tab\there",
    "\\n",
    "中文",
    "",
    "nul\0",
    "a,b]",
    "\r",
    "{x:String}",
)
BYTES = bytes(range(31)) + b"\0"
ROWS: dict[Table, Row] = {
    EVENT: row_of(
        EVENT,
        source="s-0",
        seq=(1 << 64) - 1,
        case_id="办件",
        occurred_at=1_700_000_000_123_457,
        data_version=-(1 << 63),
        amount_yuan=Decimal("-1234567890123456.78"),
        defects=("a", "it's"),
        digest=BYTES,
        record=b'\xff\xfe{"a":"\0"}',
        line=None,
    ),
    QUARANTINE: row_of(QUARANTINE, run="r", file="f", record=b"\0\xff", at=None, line=7),
    CARD: row_of(CARD, run="r", card_id="K", level="red", peak="yellow", org_code=None, ended=None, contested=None),
    CASE_STATE: row_of(
        CASE_STATE, run="r", case_id="C", promise_due=date(2026, 1, 2), statutory_due=date(2199, 12, 31)
    ),
    METRIC_MINUTE: row_of(METRIC_MINUTE, run="r", minute=-1, value=-5),
    RUN: row_of(RUN, run="r", detail="{}", as_of=None),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = Engine(tmp_path_factory.mktemp("both") / "store", create=True)
    migrate(opened, shipped())
    yield opened
    opened.close()


@pytest.fixture(params=["embedded", "server"])
def database(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Database]:
    if request.param == "embedded":
        opened = engine.another()
        yield opened
        opened.close()
        return
    with Peer(engine, user="writer", password=WORD) as peer:
        server = Server(Address("127.0.0.1", peer.port, "writer", WORD))
        yield server
        server.close()


@pytest.mark.parametrize("text", NASTY)
def test_a_parameter_arrives_as_it_was_given(database: Database, text: str) -> None:
    answer = database.table("SELECT {x:String} AS x", {"x": text})

    assert text == answer.column("x")[0].as_py()


def test_a_list_of_parameters_arrives_as_it_was_given(database: Database) -> None:
    answer = database.table("SELECT arrayJoin({x:Array(String)}) AS x", {"x": NASTY})

    assert list(NASTY) == answer.column("x").to_pylist()


def test_numbers_arrive_as_they_were_given(database: Database) -> None:
    answer = database.table("SELECT {x:Int64} AS x, {y:Int32} AS y", {"x": -(1 << 63), "y": 5})

    assert [{"x": -(1 << 63), "y": 5}] == answer.to_pylist()


@pytest.mark.parametrize("table", TABLES[:1] + TABLES[1:4], ids=str)
def test_an_empty_answer_has_its_columns(database: Database, table: Table) -> None:
    answer = database.table(f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE 0")

    assert list(table.columns) == answer.schema.names


@pytest.mark.parametrize("table", ROWS, ids=lambda table: table.name)
def test_a_row_comes_back_as_it_was_inserted(database: Database, engine: Engine, table: Table) -> None:
    engine.run(f"TRUNCATE TABLE {table.name}")
    database.insert(table, [ROWS[table]], f"row-{id(database)}")

    query = f"SELECT {', '.join(table.columns)} FROM {table.name} FINAL"
    (found,) = rows_of(database.table(query))
    (embedded,) = rows_of(engine.table(query))

    assert found == embedded
    assert plain(ROWS[table], table) == found


@pytest.mark.parametrize("table", ROWS, ids=lambda table: table.name)
def test_a_row_comes_back_as_it_was_loaded(database: Database, engine: Engine, table: Table, tmp_path: Path) -> None:
    engine.run(f"TRUNCATE TABLE {table.name}")
    spool = Spool(table, tmp_path, "t", database.load)
    spool.add(ROWS[table])
    spool.flush()

    (found,) = rows_of(database.table(f"SELECT {', '.join(table.columns)} FROM {table.name} FINAL"))

    assert plain(ROWS[table], table) == found


def plain(row: Row, table: Table) -> dict[str, Any]:
    """Return a row as it is read: levels by their number, lists as lists."""
    levels = {"notice": 1, "yellow": 2, "red": 3, "case": 1, "agency": 2}
    enums = {"level", "peak", "tier", "worst", "level_before"}
    found = dict(zip(table.columns, row, strict=True))
    return {
        name: levels[value]
        if name in enums and value is not None
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in found.items()
    }


def test_the_same_token_inserts_once(database: Database, engine: Engine) -> None:
    engine.run("TRUNCATE TABLE metric_minute")
    token = f"once-{id(database)}"

    for _ in range(2):
        database.insert(METRIC_MINUTE, [ROWS[METRIC_MINUTE]], token)

    assert [{"n": 1}] == database.table("SELECT count() AS n FROM metric_minute").to_pylist()


def test_what_was_forgotten_can_be_loaded_again(database: Database, engine: Engine, tmp_path: Path) -> None:
    engine.run("TRUNCATE TABLE case_state")
    spool = Spool(CASE_STATE, tmp_path, "t", database.load)
    for _ in range(2):
        database.forget(CASE_STATE, "r")
        spool.add(ROWS[CASE_STATE])
        spool.flush()

    assert [{"n": 1}] == database.table("SELECT count() AS n FROM case_state").to_pylist()


def test_an_answer_comes_in_pieces(database: Database) -> None:
    pieces = list(database.batches("SELECT number AS n, toString(number) AS t FROM numbers(100000)"))

    assert 1 < len(pieces)
    assert 100_000 == sum(piece.num_rows for piece in pieces)
    assert pa.string() == pieces[0].schema.field("t").type


def test_a_refused_statement_says_why_and_with_which_number(database: Database) -> None:
    for ask in (database.table, database.run, lambda query: list(database.batches(query))):
        with pytest.raises(StoreFailed, match="nowhere") as refused:
            ask("SELECT 1 FROM nowhere")
        assert 60 == refused.value.code


def test_a_row_that_does_not_fit_is_refused_and_nothing_of_it_stays(database: Database, engine: Engine) -> None:
    engine.run("TRUNCATE TABLE card")
    good, bad = row_of(CARD, run="r", card_id="A"), row_of(CARD, run="r", card_id="B", level="purple")

    with pytest.raises(StoreFailed, match="purple"):
        database.insert(CARD, [good, bad], f"bad-{id(database)}")

    assert [{"n": 0}] == database.table("SELECT count() AS n FROM card").to_pylist()
    database.insert(CARD, [good], f"good-{id(database)}")
    assert [{"n": 1}] == database.table("SELECT count() AS n FROM card").to_pylist()


def test_another_connection_works_beside_it(database: Database) -> None:
    second = database.another()
    pieces = database.batches("SELECT number AS n FROM numbers(100000)")
    first = next(pieces)

    assert [{"x": 1}] == second.table("SELECT 1 AS x").to_pylist()
    assert 100_000 == first.num_rows + sum(piece.num_rows for piece in pieces)
    second.close()
