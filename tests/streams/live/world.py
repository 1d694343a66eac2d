"""A village on a local log with a clock moved by hand, judged by desks that are pumped by hand."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rules.catalog.index import Catalog
from rules.engine.cards import Transition
from rules.events.instants import instant_of
from streams.clock import Clock
from streams.live.agencies import AgencyPartition
from streams.live.cases import CasePartition
from streams.live.desk import Desk
from streams.live.guard import Guard
from streams.live.outlet import Outlet
from streams.live.ticker import Ticker
from streams.live.wire import TICK, transition_of
from streams.log import Batch, LocalLog, Log, New, Record, partition_of
from streams.replay.workers import load_catalog
from streams.settings import Settings, load_settings
from streams.topics import Topics, ensure_topics
from tests.streams.replay.village import write_village

PARTITIONS = 2


class Hand:
    """A clock moved by hand, microseconds."""

    def __init__(self, now: str) -> None:
        self.now = instant_of(f"{now}+08:00")

    def read(self) -> int:
        """Return what time it is."""
        return self.now

    def to(self, when: str) -> None:
        """Put the clock to a local time of China."""
        self.now = instant_of(f"{when}+08:00")


class World:
    """The log, and one worker's desks and ticker over it. ``broker`` is the clock that stamps, ``machine`` ours."""

    def __init__(self, folder: Path, now: str, *, partitions: int = PARTITIONS) -> None:
        self.catalog: Catalog = load_catalog(str(write_village(folder / "catalog")), None)
        self.settings: Settings = load_settings(
            {"JIANCHA_BROKER": f"local://{folder / 'log'}", "JIANCHA_TOPICS__PARTITIONS": str(partitions)}
        ).settings
        self.of = partitions
        self.topics = Topics.of(self.settings.topics.prefix)
        self.broker = Hand(now)
        self.machine = Hand(now)
        self.local = LocalLog(folder / "log", clock=self.broker.read)
        self.log: Log = self.local
        self.cases: dict[int, Desk] = {}
        self.agencies: dict[int, Desk] = {}
        self.committed: dict[tuple[str, int], int] = {}
        """How far each partition of a topic was handed over: from there on after a restart."""

    def to(self, when: str) -> None:
        """Put both clocks to a local time of China."""
        self.broker.to(when)
        self.machine.to(when)

    async def start(self) -> None:
        """Make the topics, open the log, take the desks."""
        await ensure_topics(self.settings)
        await self.local.start()
        await self.restart()

    async def restart(self) -> None:
        """Forget everything but the log, as after a crash, and take it up again."""
        outlet = Outlet(self.log, self.topics, real=lambda instant: instant)
        await outlet.open()
        self.outlet = outlet
        self.ticker = Ticker(outlet, Clock(read=self.machine.read))
        guard = Guard(ratio=1, window=10**6, run=10**6)
        for number in range(self.of):
            self.cases[number] = Desk(
                self.case_partition(number), outlet, guard, topic=self.topics.events, state=self.topics.state_cases
            )
            self.agencies[number] = Desk(
                self.agency_partition(number),
                outlet,
                guard,
                topic=self.topics.second,
                state=self.topics.state_agencies,
            )
            await self.cases[number].recover(self.case_partition(number))
            await self.agencies[number].recover(self.agency_partition(number))

    def case_partition(self, number: int) -> CasePartition:
        """Return a partition of the first tier that has read nothing."""
        return CasePartition(self.catalog, self.topics.events, number, self.of, sim=_same)

    def agency_partition(self, number: int) -> AgencyPartition:
        """Return a partition of the second tier that has read nothing."""
        return AgencyPartition(self.catalog, number, self.of, sources=self.of)

    async def put(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Append records, each stamped with its report."""
        for one in sorted(records, key=lambda record: str(record["reported_at"])):
            self.broker.now = max(self.broker.now, instant_of(one["reported_at"]))
            case = one.get("case_id")
            value = json.dumps(one).encode()
            if case:
                await self.append(partition_of(case.encode(), self.of), New(value, case.encode()))
            else:
                await self.append(0, New(value))
        self.machine.now = max(self.machine.now, self.broker.now)

    async def append(self, number: int, *news: New) -> None:
        """Append to a partition of the events topic."""
        await self.local.append(self.topics.events, number, news)

    async def pump(self) -> None:
        """Have every desk read what it has not read, until nobody says anything more."""
        moved = True
        while moved:
            moved = False
            for desk in (*self.cases.values(), *self.agencies.values()):
                place = desk.topic, desk.number
                records = await self.local.read(*place, self.committed.get(place, 0), 1000)
                if records:
                    moved = True
                    batch = Batch(*place, records)
                    await desk.take(batch)
                    self.committed[place] = batch.next_offset

    def next_due(self) -> int:
        """Return the instant of the earliest review of all desks."""
        return min(desk.partition.next_due() for desk in (*self.cases.values(), *self.agencies.values()))

    async def look(self) -> int:
        """Let the ticker look once; return how many reviews were due."""
        return await self.ticker.look(self.cases, list(self.agencies.values()))

    async def settle(self) -> None:
        """Let ticker and desks go on until nothing is due."""
        while True:
            await self.pump()
            sent = self.ticker.sent
            if not await self.look() or self.ticker.sent == sent:
                return

    async def records(self, topic: str) -> list[Record]:
        """Return every record of a topic."""
        found: list[Record] = []
        for number in range(await self.local.partitions(topic)):
            found += await self.local.read(topic, number, 0, 10**6)
        return found

    async def ticks(self) -> list[Record]:
        """Return the ticks in the events topic."""
        return [one for one in await self.records(self.topics.events) if (one.value or b"").startswith(TICK)]

    async def said(self) -> list[Transition]:
        """Return the transitions in the cards topic."""
        return [transition_of(one.value) for one in await self.records(self.topics.cards) if one.value is not None]


def _same(stamp: int) -> int:
    return stamp
