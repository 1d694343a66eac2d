"""Rows of a live run: there once, whatever is sent how often, and whatever the store does in between."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinks.clickhouse.database import Database
from sinks.clickhouse.engine import Engine
from sinks.clickhouse.errors import StoreAway, StoreFailed
from sinks.clickhouse.live import MOST_ROWS, LiveWriter, Patience, Waiting, range_token
from sinks.clickhouse.migrate import migrate, shipped
from sinks.clickhouse.tables import CARD, CARD_TRANSITION, CASE_STATE, EVENT, METRIC_MINUTE, QUARANTINE, Row, Table

MINUTE = 1_700_000_040_000_000


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = Engine(tmp_path_factory.mktemp("live") / "store", create=True)
    migrate(opened, shipped())
    yield opened
    opened.close()


@pytest.fixture
def writer(engine: Engine) -> Iterator[LiveWriter]:
    opened = LiveWriter(engine.another(), Patience(0.0, 0.0))
    yield opened
    opened.close()


def row_of(table: Table, **values: Any) -> Row:
    """Return a row that holds just these values, and something of the right kind elsewhere."""
    told = {
        "level": "red",
        "peak": "red",
        "tier": "case",
        "worst": None,
        "level_before": None,
        **({"digest": "0" * 32} if table is EVENT else {}),
        **values,
    }
    return tuple(told.get(field.name, blank(str(field.type))) for field in table.schema)


def blank(kind: str) -> Any:
    blanks: dict[str, Any] = {"list": (), "string": "", "binary": b"", "bool": False, "date": None, "decimal": None}
    return next((value for begins, value in blanks.items() if kind.startswith(begins)), 0)


def metric(minute: int, last: int, value: int) -> Row:
    return ("live", MINUTE + minute * 60_000_000, "events-0", "read_total", "", last, value)


def standing(engine: Database, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in engine.table(query).to_pylist()]


class Ailing:
    """A database that fails as it is told, and is itself again afterwards."""

    def __init__(self, database: Database, failures: Sequence[Exception], *, after: bool = False) -> None:
        self._database = database
        self._failures = list(failures)
        self._after = after

    def insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        if self._after and self._failures:
            self._database.insert(table, rows, token)
        if self._failures:
            raise self._failures.pop(0)
        self._database.insert(table, rows, token)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


def ailing(database: Database, *failures: Exception, after: bool = False) -> Database:
    it: Any = Ailing(database, failures, after=after)
    opened: Database = it
    return opened


def test_a_row_can_be_queried_when_its_insert_returns(engine: Engine, writer: LiveWriter) -> None:
    writer.insert(METRIC_MINUTE, [metric(1, 5, 50)], "queried")

    assert [(5, 50)] == standing(
        engine, f"SELECT last, value FROM metric_minute WHERE toUnixTimestamp64Micro(minute) = {MINUTE + 60_000_000}"
    )


def test_the_same_range_sent_again_leaves_no_second_row(engine: Engine, writer: LiveWriter) -> None:
    token = range_token("events", 3, 10, 19, EVENT)
    rows = [row_of(EVENT, source="events-3", seq=seq, case_id="C") for seq in range(10, 20)]

    writer.insert(EVENT, rows, token)
    writer.insert(EVENT, rows, token)

    assert [(10,)] == standing(engine, "SELECT count() FROM event WHERE source = 'events-3'")


def test_more_rows_than_one_insert_takes_all_arrive_once(engine: Engine, writer: LiveWriter) -> None:
    many = 2 * MOST_ROWS + 1
    rows = [row_of(METRIC_MINUTE, run="many", metric=str(at % 7), minute=at * 60_000_000) for at in range(many)]

    writer.insert(METRIC_MINUTE, rows, "many")
    writer.insert(METRIC_MINUTE, rows, "many")

    assert [(many,)] == standing(engine, "SELECT count() FROM metric_minute WHERE run = 'many'")


def test_nothing_is_inserted_for_no_rows(engine: Engine, writer: LiveWriter) -> None:
    before = standing(engine, "SELECT count() FROM event")

    writer.insert(EVENT, [], "none")

    assert before == standing(engine, "SELECT count() FROM event")


class TestOrder:
    """Of two rows of a key one holds, however they come."""

    @given(st.permutations([(1, "OPEN"), (2, "NOTIFIED"), (3, "CLOSED")]), st.integers())
    @settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_the_last_change_of_a_card_is_how_it_stands(
        self, engine: Engine, writer: LiveWriter, changes: list[tuple[int, str]], salt: int
    ) -> None:
        engine.run("TRUNCATE TABLE card")
        for seq, state in changes:
            row = row_of(CARD, run="live", card_id="K", seq=seq, state=state)
            writer.insert(CARD, [row], f"{salt}-{random.random()}")

        assert [(3, "CLOSED")] == standing(engine, "SELECT seq, state FROM card FINAL WHERE run = 'live'")

    @pytest.mark.parametrize("positions", [(7, 900), (900, 7)])
    def test_a_change_sent_again_keeps_its_first_place(
        self, engine: Engine, writer: LiveWriter, positions: tuple[int, int]
    ) -> None:
        for position in positions:
            row = row_of(CARD_TRANSITION, run=f"again-{positions}", card_id="K", seq=1, position=position)
            writer.insert(CARD_TRANSITION, [row], f"{positions}-{position}")

        query = f"SELECT position FROM card_transition FINAL WHERE run = 'again-{positions}'"
        assert [(7,)] == standing(engine, query)

    @pytest.mark.parametrize("versions", [(4, 11), (11, 4)])
    def test_the_state_of_a_case_is_that_of_its_latest_record(
        self, engine: Engine, writer: LiveWriter, versions: tuple[int, int]
    ) -> None:
        for version in versions:
            row = row_of(CASE_STATE, run=f"late-{versions}", case_id="C", version=version, events=version)
            writer.insert(CASE_STATE, [row], f"{versions}-{version}")

        assert [(11,)] == standing(engine, f"SELECT events FROM case_state FINAL WHERE run = 'late-{versions}'")

    def test_one_offset_of_two_partitions_is_put_aside_twice(self, engine: Engine, writer: LiveWriter) -> None:
        rows = [row_of(QUARANTINE, run="q", file=f"events-{at}", position=7) for at in (0, 1)]

        writer.insert(QUARANTINE, rows, "aside")

        assert [(2,)] == standing(engine, "SELECT count() FROM quarantine FINAL WHERE run = 'q'")

    @given(st.lists(st.integers(1, 30), min_size=1, max_size=5, unique=True), st.randoms(use_true_random=False))
    @settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_reading_everything_again_in_other_batches_changes_no_figure(
        self, engine: Engine, writer: LiveWriter, cuts: list[int], chance: random.Random
    ) -> None:
        engine.run("TRUNCATE TABLE metric_minute")
        figures = [metric(at // 10, at, at * at) for at in range(31)]
        writer.insert(METRIC_MINUTE, figures, f"whole-{chance.random()}")
        query = "SELECT minute, last, value FROM metric_minute FINAL ORDER BY minute"
        before = standing(engine, query)

        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), 31], strict=True):
            writer.insert(METRIC_MINUTE, figures[start:end], f"piece-{chance.random()}")

        assert before == standing(engine, query)
        assert 4 == len(before)


class TestAway:
    def test_an_insert_is_tried_until_the_store_takes_it(self, engine: Engine) -> None:
        waits: list[Waiting] = []
        away = [StoreAway("gone"), StoreAway("still gone")]
        writer = LiveWriter(ailing(engine.another(), *away), Patience(0.0, 0.0), waits.append)

        writer.insert(METRIC_MINUTE, [metric(7, 1, 1)], "back")
        writer.close()

        assert [("metric_minute", 1, "gone"), ("metric_minute", 2, "still gone")] == [
            (one.table, one.attempt, one.reason) for one in waits
        ]
        assert [(1,)] == standing(engine, "SELECT count() FROM metric_minute WHERE last = 1 AND value = 1")

    def test_an_insert_that_arrived_unacknowledged_is_there_once(self, engine: Engine) -> None:
        writer = LiveWriter(ailing(engine.another(), StoreAway("lost"), after=True), Patience(0.0, 0.0))

        writer.insert(EVENT, [row_of(EVENT, source="lost-0", seq=1)], "lost-0-1-1-event")
        writer.close()

        assert [(1,)] == standing(engine, "SELECT count() FROM event WHERE source = 'lost-0'")

    def test_who_waits_is_let_go_when_the_writer_is_stopped(self, engine: Engine) -> None:
        waiting = Event()
        gone = [StoreAway("gone")] * 3
        writer = LiveWriter(ailing(engine.another(), *gone), Patience(3600.0, 3600.0), lambda _: waiting.set())
        with ThreadPoolExecutor(1) as pool:
            insert = pool.submit(writer.insert, METRIC_MINUTE, [metric(9, 9, 9)], "never")
            assert waiting.wait(10)
            writer.stop()

            with pytest.raises(StoreAway, match="gone"):
                insert.result(10)
        writer.close()

    def test_a_row_the_database_refuses_is_not_tried_again(self, engine: Engine, writer: LiveWriter) -> None:
        good, bad = row_of(CARD, run="bad", card_id="A"), row_of(CARD, run="bad", card_id="B", level="purple")

        with pytest.raises(StoreFailed, match="purple"):
            writer.insert(CARD, [good, bad], "bad")

        assert [(0,)] == standing(engine, "SELECT count() FROM card WHERE run = 'bad'")
        writer.insert(CARD, [good], "good")
        assert [(1,)] == standing(engine, "SELECT count() FROM card WHERE run = 'bad'")


@given(st.integers(1, 10_000), st.integers())
def test_waits_grow_to_a_limit_and_differ(attempt: int, seed: int) -> None:
    patience = Patience(0.1, 10.0, random.Random(seed))
    longest = min(10.0, 0.1 * 2.0 ** min(attempt - 1, 60))

    assert longest / 2 <= patience.wait(attempt) <= longest


def test_queries_are_answered_while_rows_are_inserted(engine: Engine, writer: LiveWriter) -> None:
    def insert(batch: int) -> None:
        rows = [row_of(EVENT, source="busy-0", seq=batch * 100 + at) for at in range(100)]
        writer.insert(EVENT, rows, f"busy-0-{batch}")

    with ThreadPoolExecutor(1) as pool:
        inserts = pool.map(insert, range(20))
        counts = [standing(engine, "SELECT count() FROM event WHERE source = 'busy-0'")[0][0] for _ in range(20)]
        list(inserts)

    assert counts == sorted(counts)
    assert all(count % 100 == 0 for count in counts)
    assert [(2000,)] == standing(engine, "SELECT count() FROM event WHERE source = 'busy-0'")
