"""A simulated city in a store, replayed twice: as of an earlier day, then to its end, which is the current run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.catalog.index import Catalog
from rules.events.instants import DAY, instant_of
from sinks.clickhouse.archive import Archive
from sinks.clickhouse.database import Database, Param
from sinks.clickhouse.store import open_store
from streams.cli.law import open_catalog
from streams.replay import ReplaySettings, replay
from streams.simulate.options import SimOptions
from streams.simulate.run import write_city

CATALOG = "shili"


@dataclass(frozen=True)
class City:
    """The store of the city, open: the archive of its current run, its catalogue, and a connection for questions."""

    archive: Archive
    catalog: Catalog
    database: Database

    @property
    def today(self) -> int:
        """Return the local date (ordinal) of the run."""
        return self.catalog.days.day_of(self.archive.run.now)

    def ask(self, query: str, **params: Param) -> list[dict[str, Any]]:
        """Return the rows a query answers."""
        rows: list[dict[str, Any]] = self.database.table(query, params).to_pylist()
        return rows


def settled(room: Path, cases: int = 260, seed: int = 7) -> ReplaySettings:
    """Simulate a city in a directory, replay it as of 20 days before its end, then to its end; return how."""
    catalog = open_catalog(CATALOG)
    city = write_city(room, catalog, SimOptions(seed=seed, months=2, cases=cases))
    end = instant_of(city.as_of)
    earlier, last = (
        ReplaySettings(sources=(str(city.events),), catalog=CATALOG, as_of=until, store=room / "store", workers=1)
        for until in (end - 20 * DAY, end)
    )
    replay(earlier)
    replay(last)
    return last


@contextmanager
def opened(room: Path) -> Iterator[City]:
    """Give the city of a directory, its store open."""
    with open_store(room / "store") as store:
        database = store.another()
        try:
            yield City(store.archive(), open_catalog(CATALOG), database)
        finally:
            database.close()
