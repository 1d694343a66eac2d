"""The tables in the database are those the code writes, and each of their columns says what it is."""

import re
from pathlib import Path
from typing import Any

import pytest

from sinks.clickhouse.engine import Engine
from sinks.clickhouse.migrate import migrate, shipped
from sinks.clickhouse.tables import TABLES, Table

CHINESE = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    engine = Engine(tmp_path_factory.mktemp("tables") / "store", create=True)
    migrate(engine, shipped())
    answer = engine.table(
        "SELECT table, name, type, comment, default_kind FROM system.columns"
        " WHERE database = 'jiancha' ORDER BY table, position"
    ).to_pylist()
    engine.close()
    return list(answer)


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_a_table_has_the_columns_that_are_written(columns: list[dict[str, Any]], table: Table) -> None:
    written = [row["name"] for row in columns if row["table"] == table.name and row["default_kind"] != "MATERIALIZED"]

    assert list(table.columns) == written


def test_every_column_says_in_chinese_what_it_is(columns: list[dict[str, Any]]) -> None:
    assert [] == [(row["table"], row["name"]) for row in columns if not CHINESE.search(row["comment"])]


def test_every_instant_names_its_zone_and_keeps_microseconds(columns: list[dict[str, Any]]) -> None:
    instants = {found for row in columns for found in re.findall(r"DateTime(?:64)?(?:\([^)]*\))?", row["type"])}

    assert {"DateTime64(6, 'Asia/Shanghai')"} == instants


def test_money_is_decimal(columns: list[dict[str, Any]]) -> None:
    amounts = {row["type"] for row in columns if row["name"].endswith("_yuan")}
    floating = {row["name"] for row in columns if "Float" in row["type"]}

    assert amounts
    assert [] == [one for one in amounts if re.search(r"\bDecimal\(\d+, 2\)", one) is None]
    assert floating <= {"latitude", "longitude"}


def test_every_table_says_in_chinese_what_it_is(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "store", create=True)
    migrate(engine, shipped())

    answer = engine.table("SELECT name, comment FROM system.tables WHERE database = 'jiancha'").to_pylist()
    engine.close()

    assert {table.name for table in TABLES} | {"schema_migration"} <= {row["name"] for row in answer}
    assert [] == [row["name"] for row in answer if not CHINESE.search(row["comment"])]
