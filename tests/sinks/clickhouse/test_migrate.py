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


def test_migrations_are_numbered_without_a_gap() -> None:
    assert list(range(1, len(shipped()) + 1)) == [one.id for one in shipped()]
