"""Supervision: the desks of the partitions this worker owns, of both tiers, and the ticker."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Any

from rules.catalog.index import Catalog
from streams.clock import Clock
from streams.live.agencies import AgencyPartition
from streams.live.cases import CasePartition
from streams.live.desk import Desk
from streams.live.guard import Guard
from streams.live.outlet import Outlet
from streams.live.partition import Partition
from streams.live.ticker import Ticker
from streams.log import Batch, Log, New, partition_of
from streams.settings.clock import ClockKind
from streams.settings.settings import Settings
from streams.topics import Topics

Place = tuple[str, int]
RECOVERED_AT_ONCE = 4


class Supervision:
    """Judges what it is handed of the partitions it was given. ``cards`` counts moves by rule, level and move."""

    def __init__(self, settings: Settings, catalog: Catalog, log: Log, clock: Clock) -> None:
        self.topics = Topics.of(settings.topics.prefix)
        self.outlet = Outlet(log, self.topics, real=clock.real)
        self.clock = clock
        self.ticker = Ticker(self.outlet, clock)
        self.desks: dict[Place, Desk] = {}
        self.cards: Counter[tuple[str, str, str]] = Counter()
        self.due = 0
        self.recovering = 0
        self._settings = settings
        self._catalog = catalog
        self._ready = asyncio.Semaphore(RECOVERED_AT_ONCE)
        worker = settings.worker
        self._guard = Guard(ratio=worker.quarantine_ratio, window=worker.quarantine_window, run=worker.quarantine_run)
        self._ticks = settings.clock.kind is not ClockKind.REHEARSAL

    @property
    def read_topics(self) -> tuple[str, ...]:
        """Return the topics it reads."""
        return self.topics.events, self.topics.second, self.topics.replies

    async def start(self) -> None:
        """Learn how many partitions there are."""
        await self.outlet.open()

    async def assigned(self, places: Iterable[Place]) -> None:
        """Take up the state of partitions; no batch of theirs comes before that is done."""
        judged = {self.topics.events, self.topics.second}
        new = [place for place in places if place[0] in judged and place not in self.desks]
        self.recovering = len(new)
        await asyncio.gather(*(self._recover(place) for place in new))

    async def revoked(self, places: Iterable[Place]) -> None:
        """Remember what is not remembered yet, and give partitions up."""
        for place in places:
            desk = self.desks.pop(place, None)
            if desk is not None:
                await desk.remember()

    async def take(self, batch: Batch) -> None:
        """Judge a batch, or relay it; return when what it came to is durable."""
        if batch.topic == self.topics.replies:
            await self._relay(batch)
            return
        await self.desks[batch.topic, batch.partition].take(batch)

    async def tick(self) -> None:
        """Append ticks where a review is due and nothing arrives; in a rehearsal the feeder does."""
        if not self._ticks or self.recovering:
            return
        events, second = self.topics.events, self.topics.second
        cases = {number: desk for (topic, number), desk in self.desks.items() if topic == events}
        agencies = [desk for (topic, _), desk in self.desks.items() if topic == second]
        self.due = await self.ticker.look(cases, agencies)

    async def _recover(self, place: Place) -> None:
        topic, _ = place
        async with self._ready:
            state = self.topics.state_cases if topic == self.topics.events else self.topics.state_agencies
            desk = Desk(self._partition(place), self.outlet, self._guard, topic=topic, state=state, cards=self.cards)
            await desk.recover(self._partition(place))
            self.desks[place] = desk
            self.recovering -= 1

    def _partition(self, place: Place) -> Partition[Any]:
        topic, number = place
        of = self.outlet.partitions(topic)
        hot = max(1, self._settings.worker.hot_cases // of)
        if topic == self.topics.second:
            sources = self.outlet.partitions(self.topics.events)
            return AgencyPartition(self._catalog, number, of, sources=sources, hot=hot)
        return CasePartition(self._catalog, topic, number, of, sim=self.clock.sim, hot=hot)

    async def _relay(self, batch: Batch) -> None:
        """Put answers of agencies into the events topic, unchanged: that is the only clock."""
        events = self.topics.events
        of = self.outlet.partitions(events)
        places: dict[int, list[New]] = {}
        for record in batch.records:
            to = batch.partition % of if record.key is None else partition_of(record.key, of)
            places.setdefault(to, []).append(New(record.value, record.key, record.headers, record.stamp))
        await asyncio.gather(*(self.outlet.log.append(events, to, news) for to, news in places.items()))
