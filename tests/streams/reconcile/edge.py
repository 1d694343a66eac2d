"""A small live edge: a log that was fed, its partitions judged, what they said made durable."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rules.catalog.index import Catalog
from streams.cli.law import open_catalog
from streams.feed import FeedOptions, feed
from streams.live.cases import CasePartition
from streams.live.desk import Desk
from streams.live.guard import Guard
from streams.live.outlet import Outlet
from streams.log import Batch, LocalLog
from streams.settings import Settings
from streams.topics import Topics
from tests.streams.cli.town import good_case, late_case, record, write_log, write_town
from tests.streams.logs import settings_in, started

TOPICS = Topics.of("jiancha")
TIMELESS = '{"event_id": "X2", "event_type": "case.accepted", "case_id": "C-LATE"}'


def edge_settings(folder: Path) -> Settings:
    """Return the settings of the edge in a folder."""
    return settings_in(folder, CLOCK="rehearsal", CATALOG=str(folder / "lizi"), STORE=str(folder / "store"))


def edge_catalog(folder: Path) -> Catalog:
    """Return the catalogue of the edge, written where it is not there yet."""
    return open_catalog(str(write_town(folder / "lizi")))


@asynccontextmanager
async def judged(folder: Path) -> AsyncIterator[LocalLog]:
    """Give the log of an edge all of whose records are judged: two cases, a word about a source, one unreadable."""
    catalog, settings = edge_catalog(folder), edge_settings(folder)
    word = record("", 1, "source.heartbeat", "2026-03-05T12:00:00", complete_through="2026-03-05T12:00:00+08:00")
    source = write_log(folder / "log.jsonl", [*late_case(), *good_case(), good_case()[0], word], TIMELESS)
    async with started(settings) as log:
        await feed(settings, catalog, log, FeedOptions(sources=(str(source),)))
        outlet = Outlet(log, TOPICS, real=lambda instant: instant)
        await outlet.open()
        count = await log.partitions(TOPICS.events)
        for number in range(count):
            partition = CasePartition(catalog, TOPICS.events, number, count, sim=lambda stamp: stamp)
            guard = Guard(ratio=1, window=1000, run=1000)
            desk = Desk(partition, outlet, guard, topic=TOPICS.events, state=TOPICS.state_cases)
            records = await log.read(TOPICS.events, number, 0, 10_000)
            await desk.take(Batch(TOPICS.events, number, records))
        yield log
