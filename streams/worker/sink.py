"""The sink: what the log says, written into the store in batches of several partitions."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from threading import Lock

from rules.catalog.index import Catalog
from rules.events.instants import SECOND, to_datetime
from sinks.clickhouse.database import Database
from sinks.clickhouse.dimensions import write_dimensions
from sinks.clickhouse.live import LiveWriter, Waiting
from sinks.clickhouse.rollups import EVER, RollUps
from sinks.clickhouse.store import Store
from sinks.clickhouse.stored import Run
from streams.clock import Clock, wall
from streams.live.collector import Collector
from streams.live.rows import LIVE
from streams.live.storing import Storing, StoringCards, StoringEvents, StoringQuarantine, StoringStates
from streams.log import Batch
from streams.settings.settings import Settings
from streams.topics import Topics
from streams.worker.liverun import live_run

CARDS_SOONER = 4
"""Cards are gathered for so much shorter: they are few, and somebody waits for them."""
DAYS_OPEN = timedelta(days=2)
"""Days before the present one that are gathered anew: records of yesterday may still be on their way into the store."""
RECORD_PATIENCE = 1.0
"""Seconds to wait for a record of the run that is being made."""


class Sink:
    """Writes batches of the topics it reads; ``take`` returns once their rows are there.

    ``retries`` counts attempts that failed, ``away`` names the collectors that wait for the store.
    """

    def __init__(self, settings: Settings, catalog: Catalog, store: Store, clock: Clock, partitions: int) -> None:
        self.topics = Topics.of(settings.topics.prefix)
        self.collectors: dict[str, Collector] = {}
        self.retries = 0
        self.away: set[str] = set()
        self._settings = settings
        self._catalog = catalog
        self._store = store
        self._clock = clock
        self._partitions = partitions
        self._writers: list[LiveWriter] = []
        self._rolled = EVER
        self._rollups = RollUps(lambda: wall() / SECOND)
        self._record = self._writer("run")
        self._recording = Lock()

    @property
    def read_topics(self) -> tuple[str, ...]:
        """Return the topics it reads."""
        return self.topics.events, self.topics.cards, self.topics.quarantine, self.topics.state_cases

    async def start(self) -> None:
        """Write names and law, and make ready for batches."""
        await asyncio.to_thread(write_dimensions, self._store, self._catalog)
        topics, sim = self.topics, self._clock.sim
        writers = {topic: self._writer(topic) for topic in self.read_topics}
        stores: dict[str, Storing] = {
            topics.events: StoringEvents(writers[topics.events], self._catalog, topics.events, self._partitions, sim),
            topics.cards: StoringCards(writers[topics.cards], self._catalog, LIVE),
            topics.quarantine: StoringQuarantine(writers[topics.quarantine], LIVE, sim),
            topics.state_cases: StoringStates(writers[topics.state_cases], self._catalog, LIVE, topics.events),
        }
        worker = self._settings.worker
        for topic, store in stores.items():
            wait = worker.sink_wait_ms / (CARDS_SOONER if topic == topics.cards else 1) / 1000
            self.collectors[topic] = Collector(
                topic, partial(self._stored, topic, store), wait=wait, rows=worker.sink_rows
            )
        await self.record()

    async def take(self, batch: Batch) -> None:
        """Write a batch; return when its rows can be queried."""
        await self.collectors[batch.topic].put(batch)

    async def record(self) -> None:
        """Say in the store how far the run is."""
        await asyncio.to_thread(self._record_now)

    def stored(self) -> int:
        """Return how many records were stored so far: it changes whenever the store does."""
        return sum(one.stored for one in self.collectors.values())

    async def stop(self) -> None:
        """Store what waits, give up what cannot be stored, say how far the run is, and end."""
        for writer in self._writers[1:]:
            writer.stop()
        for collector in self.collectors.values():
            await collector.stop()
        if not self.away:
            await self.record()
        for writer in self._writers:
            writer.close()

    def _stored(self, topic: str, store: Storing, batches: Sequence[Batch], token: str) -> None:
        store.store(batches, token)
        self.away.discard(topic)

    def _record_now(self) -> None:
        if not self._recording.acquire(timeout=RECORD_PATIENCE):
            return  # one that was given up is still at it, over the same connection
        try:
            self._record_run()
        finally:
            self._recording.release()

    def _record_run(self) -> None:
        run = self._record.asked(self._run)
        self._record.record(run)
        self._record.asked(lambda database: self._rollups.refresh(database, self._rolled))
        self._rolled = (to_datetime(run.now).date() - DAYS_OPEN).isoformat() if run.now else EVER
        self.away.discard("run")

    def _run(self, database: Database) -> Run:
        return live_run(self._settings, self._catalog, self._partitions, database)

    def _writer(self, name: str) -> LiveWriter:
        writer = LiveWriter(self._store.another(), told=partial(self._waits, name))
        self._writers.append(writer)
        return writer

    def _waits(self, name: str, _waiting: Waiting) -> None:
        self.retries += 1
        self.away.add(name)
