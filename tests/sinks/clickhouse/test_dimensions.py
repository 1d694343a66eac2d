from datetime import date

import pytest

from rules.catalog.index import Catalog
from rules.registry import BY_ID, RULES
from sinks.clickhouse.dimension_tables import (
    DIM_AGENCY,
    DIM_CHANGE,
    DIM_DAY,
    DIM_MATTER,
    DIM_RULE,
    DIM_STAGE,
    DIM_WORD,
    DIMENSIONS,
)
from sinks.clickhouse.dimensions import dimension_rows
from sinks.clickhouse.money import MONEY
from sinks.clickhouse.tables import Row, Table
from sinks.clickhouse.words import event_names
from streams.cli.law import open_catalog


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return open_catalog("shili")


@pytest.fixture(scope="module")
def rows(catalog: Catalog) -> dict[Table, list[Row]]:
    return dict(dimension_rows(catalog))


def test_every_table_gets_rows_of_its_columns(rows: dict[Table, list[Row]]) -> None:
    assert set(DIMENSIONS) == rows.keys()
    assert all(len(row) == len(table.columns) for table, many in rows.items() for row in many)


def test_no_two_rows_have_one_key(rows: dict[Table, list[Row]]) -> None:
    keys = {DIM_RULE: 2, DIM_AGENCY: 2, DIM_MATTER: 2, DIM_STAGE: 3, DIM_DAY: 2, DIM_WORD: 2}

    for table, width in keys.items():
        found = [row[:width] for row in rows[table]]
        assert len(found) == len(set(found)), table.name


def test_rules_agencies_and_matters_are_all_named(catalog: Catalog, rows: dict[Table, list[Row]]) -> None:
    assert {rule.id: rule.name for rule in RULES} == {row[1]: row[4] for row in rows[DIM_RULE]}
    assert {one.org_code: one.name for one in catalog.agencies.values()} == {row[1]: row[2] for row in rows[DIM_AGENCY]}
    assert {one.code: one.name for one in catalog.matters.values()} == {row[1]: row[2] for row in rows[DIM_MATTER]}


def test_the_figures_that_say_the_money_are_those_of_the_rule(rows: dict[Table, list[Row]]) -> None:
    found = {row[1]: dict(zip(DIM_RULE.columns, row, strict=True)) for row in rows[DIM_RULE]}

    for rule_id, (sort, plus, minus) in MONEY.items():
        row, names = found[rule_id], [name for name, _ in BY_ID[rule_id].figures]
        assert (sort, plus) == (row["money_sort"], names[row["money_plus"] - 1])
        assert minus == (names[row["money_minus"] - 1] if row["money_minus"] else "")
    assert {rule_id for rule_id, row in found.items() if row["money_sort"]} == set(MONEY)


def test_days_count_as_the_calendar_does(catalog: Catalog, rows: dict[Table, list[Row]]) -> None:
    serial = {row[1]: row[3] for row in rows[DIM_DAY]}
    before, after = date(2026, 1, 30), date(2026, 3, 2)

    assert serial[after] - serial[before] == catalog.days.working_between(before.toordinal(), after.toordinal())
    assert len(serial) == (max(serial) - min(serial)).days + 1


def test_a_day_without_a_notice_is_not_certain(rows: dict[Table, list[Row]]) -> None:
    certain = {row[1]: row[4] for row in rows[DIM_DAY]}

    assert certain[date(2026, 3, 2)]
    assert not certain[max(certain)]


def test_dated_changes_of_the_law_are_marks(rows: dict[Table, list[Row]]) -> None:
    kinds = {row[2] for row in rows[DIM_CHANGE]}

    assert {"matter", "tariff", "calendar"} <= kinds
    assert all(row[1] > date(1949, 10, 1) and row[4] and row[5] for row in rows[DIM_CHANGE])


def test_every_event_type_has_a_chinese_name() -> None:
    assert all(name and not name.isascii() and name == name.strip() for name in event_names().values())
