"""The board asks with bound parameters, Grafana with text: both get the same answer to every query."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboards.grafana.sql import plugin_sql
from dashboards.model.binding import Bound, bound
from dashboards.model.query import Query
from dashboards.screens import SCREENS
from tests.dashboards.asked import BOARDS
from tests.dashboards.expand import ALL, Chosen, Value, expanded
from tests.sinks.clickhouse.city import City

pytestmark = pytest.mark.slow

DAY = 86_400_000
QUERIES: Sequence[tuple[str, str, Query]] = tuple(
    {
        (name if not name.startswith("panel") else f"{screen.key} {name}", query.sql): (screen.key, name, query)
        for screen in SCREENS
        for name, query in screen.queries()
    }.values()
)


@pytest.fixture(scope="module")
def picked(city: City) -> dict[str, list[str]]:
    """Values somebody may have chosen: two agencies with cards, a rule of theirs, two levels, a case."""
    rows = city.ask(
        "SELECT org_code, rule_id, case_id FROM v_card_open WHERE case_id != '' ORDER BY urgency DESC LIMIT 2"
    )
    return {
        "org": [row["org_code"] for row in rows],
        "rule": [rows[0]["rule_id"]],
        "level": ["red", "yellow"],
        "case": [rows[0]["case_id"]],
        "region": [],
        "task": [],
    }


@pytest.mark.parametrize(("board", "name", "query"), QUERIES, ids=[f"{b}-{n}" for b, n, _ in QUERIES])
def test_both_get_the_same_answer(
    board: str, name: str, query: Query, city: City, picked: dict[str, list[str]]
) -> None:
    del name
    end = city.archive.run.now // 1000
    values: dict[str, Value] = {key: value or ALL for key, value in picked.items()}
    values["case"] = picked["case"][0]
    text = expanded(plugin_sql(query), BOARDS[board], Chosen(values, end - 60 * DAY, end, 300))

    asked = bound(query, picked, instant(end - 60 * DAY), instant(end), timedelta(minutes=5))

    assert answer(city, text, {}) == answer(city, query.sql, asked)


def instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def answer(city: City, sql: str, params: dict[str, Bound]) -> list[dict[str, Any]]:
    """Return the rows of an answer."""
    rows: list[dict[str, Any]] = city.database.table(sql, params).to_pylist()
    return rows
