"""Panels of the pipeline over what only a live run has: how far each partition has come, and what became of records."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboards.model.binding import bound
from dashboards.screens import screen_of
from sinks.clickhouse.tables import METRIC_MINUTE, Row
from tests.sinks.clickhouse.city import City, opened, settled

pytestmark = pytest.mark.slow

MINUTE = 60_000_000
START = 1_772_420_400_000_000
"""2026-03-02 11:00 in Shanghai, microseconds."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city with the figures of two partitions over ten minutes; the second stands still after the fourth."""
    room = tmp_path_factory.mktemp("live")
    settled(room, cases=20)
    with opened(room) as city:
        for partition, minutes in ((0, 10), (1, 4)):
            rows = [row for at in range(minutes) for row in figures(city.archive.run.run, partition, at)]
            city.database.insert(METRIC_MINUTE, rows, f"figures-{partition}")
            city.database.insert(METRIC_MINUTE, rows, f"figures-{partition}-again")
        yield city


def figures(run: str, partition: int, at: int) -> Sequence[Row]:
    """Return the figures of a partition at the end of a minute: 100 records folded, one a duplicate, each minute."""
    minute, source = START + at * MINUTE, f"jiancha.events-{partition}"
    return [
        (run, minute, source, "now", "", 100 * at, minute + MINUTE - 1),
        (run, minute, source, "records_total", "folded", 100 * at, 1000 + 100 * at),
        (run, minute, source, "records_total", "duplicate", 100 * at, at),
        (run, minute, source, "records_total", "quarantined", 100 * at, 3 * partition),
    ]


def shown(city: City, panel: str, step: timedelta = timedelta(minutes=1)) -> list[Mapping[str, Any]]:
    """Return what a panel shows of the hour."""
    query = screen_of("pipeline").panel(panel).query
    start = datetime.fromtimestamp(START / 1_000_000, tz=UTC)
    params = bound(query, {}, start, start + timedelta(hours=1), step)
    rows: list[Mapping[str, Any]] = city.database.table(query.sql, params).to_pylist()
    return rows


def test_the_slowest_partition_is_so_many_minutes_behind(live: City) -> None:
    (row,) = shown(live, "behind")

    assert 6 == row["n"]


def test_partitions_are_listed_slowest_first_with_their_totals(live: City) -> None:
    rows = shown(live, "partitions")

    assert ["jiancha.events-1", "jiancha.events-0"] == [row["source"] for row in rows]
    assert [(1300, 3, 3), (1900, 9, 0)] == [(row["folded"], row["duplicate"], row["quarantined"]) for row in rows]
    assert "2026-03-02 11:03:59" == rows[0]["reached"].strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(("minutes", "points"), [(1, 10), (5, 2)])
def test_what_became_of_records_adds_up_whatever_the_step(live: City, minutes: int, points: int) -> None:
    rows = shown(live, "rate", timedelta(minutes=minutes))

    assert points == len(rows)
    assert (900 + 300, 9 + 3, 0) == tuple(
        sum(row[what] for row in rows) for what in ("folded", "duplicate", "quarantined")
    )
