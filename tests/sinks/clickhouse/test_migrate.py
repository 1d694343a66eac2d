from collections.abc import Iterator
from pathlib import Path

import pytest

from sinks.clickhouse.engine import Engine
from sinks.clickhouse.errors import MigrationEdited, StoreFailed, StoreTooNew
from sinks.clickhouse.migrate import Migration, migrate, shipped

FIRST = Migration(1, "0001_first.sql", "CREATE TABLE a (x UInt8) ENGINE = MergeTree ORDER BY x;\n")
SECOND = Migration(2, "0002_second.sql", "-- two;\nCREATE TABLE b (x UInt8) ENGINE = MergeTree ORDER BY x;\n")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = Engine(tmp_path / "store", create=True)
    yield opened
    opened.close()


def tables(engine: Engine) -> list[str]:
    answer = engine.table("SELECT name FROM system.tables WHERE database = 'jiancha' ORDER BY name")
    return list(answer.column("name").to_pylist())


def test_each_migration_is_applied_once(engine: Engine) -> None:
    assert (FIRST,) == migrate(engine, [FIRST])
    assert (SECOND,) == migrate(engine, [FIRST, SECOND])
    assert () == migrate(engine, [FIRST, SECOND])
    assert ["a", "b", "schema_migration"] == tables(engine)


def test_migrations_are_applied_in_the_order_of_their_numbers(engine: Engine) -> None:
    assert (FIRST, SECOND) == migrate(engine, [SECOND, FIRST])


def test_an_edited_migration_is_refused_before_anything_is_done(engine: Engine) -> None:
    migrate(engine, [FIRST])
    edited = Migration(1, FIRST.name, FIRST.text.replace("UInt8", "UInt16"))

    with pytest.raises(MigrationEdited, match=r"0001_first\.sql 执行之后被改过"):
        migrate(engine, [edited, SECOND])

    assert ["a", "schema_migration"] == tables(engine)


def test_a_store_of_a_later_program_is_refused(engine: Engine) -> None:
    migrate(engine, [FIRST, SECOND])

    with pytest.raises(StoreTooNew, match=r"0002_second\.sql"):
        migrate(engine, [FIRST])


def test_a_migration_that_fails_is_not_remembered(engine: Engine) -> None:
    bad = Migration(2, "0002_bad.sql", "CREATE TABLE c (x NoSuchType) ENGINE = MergeTree ORDER BY x;\n")

    with pytest.raises(StoreFailed):
        migrate(engine, [FIRST, bad])

    assert (SECOND,) == migrate(engine, [FIRST, SECOND])


def test_no_two_migrations_have_one_number() -> None:
    numbers = [one.id for one in shipped()]

    assert sorted(set(numbers)) == numbers


class TestMove:
    """Rows written before versions came stay as they were, also where the move broke off and is run again."""

    BEFORE = 5
    ROWS = (
        "INSERT INTO card (run, card_id, seq, state, condition_at) VALUES ('r', 'K', 2, 'X', 7), ('r', 'L', 1, '', 8)",
        "INSERT INTO card_transition (run, card_id, seq, position) VALUES ('r', 'K', 1, 5), ('r', 'K', 2, 9)",
        "INSERT INTO case_state (run, case_id, events) VALUES ('r', 'C', 3), ('r', 'D', 4)",
        "INSERT INTO quarantine (run, position, record) VALUES ('r', 1, 'x'), ('r', 2, 'y')",
    )
    KEPT = (
        "SELECT card_id, seq, state, toUnixTimestamp64Micro(condition_at) AS at FROM card FINAL ORDER BY card_id",
        "SELECT card_id, seq, position FROM card_transition FINAL ORDER BY seq",
        "SELECT case_id, events FROM case_state FINAL ORDER BY case_id",
        "SELECT position, record FROM quarantine FINAL ORDER BY position",
    )

    def old(self, engine: Engine) -> list[list[dict[str, object]]]:
        engine.run("DROP DATABASE jiancha SYNC")
        engine.run("CREATE DATABASE jiancha")
        engine.run("USE jiancha")
        migrate(engine, [one for one in shipped() if one.id < self.BEFORE])
        for rows in self.ROWS:
            engine.run(rows)
        return self.kept(engine)

    def kept(self, engine: Engine) -> list[list[dict[str, object]]]:
        return [engine.table(query).to_pylist() for query in self.KEPT]

    def test_keeps_every_row(self, engine: Engine) -> None:
        before = self.old(engine)

        migrate(engine, shipped())

        assert before == self.kept(engine)
        assert [2, 2, 2, 2] == [len(rows) for rows in before]

    def test_keeps_every_row_wherever_it_was_broken_off(self, engine: Engine) -> None:
        (move,) = (one for one in shipped() if one.id == self.BEFORE)

        for done in range(len(move.statements())):
            before = self.old(engine)
            for statement in move.statements()[:done]:
                engine.run(statement)
            migrate(engine, [one for one in shipped() if one.id <= self.BEFORE])

            assert before == self.kept(engine), move.statements()[done]

    def test_gives_each_row_its_version(self, engine: Engine) -> None:
        self.old(engine)

        migrate(engine, shipped())

        states = engine.table("SELECT version FROM case_state FINAL ORDER BY case_id").column("version").to_pylist()
        assert [3, 4] == states
