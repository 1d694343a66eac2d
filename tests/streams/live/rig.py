"""A month of a small city on a local log, judged by desks that may be broken off at any append."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import msgspec

from rules.catalog.index import Catalog
from rules.engine.cards import Transition
from rules.events.instants import instant_of
from streams.live.agencies import AgencyPartition
from streams.live.cases import CasePartition
from streams.live.desk import Desk
from streams.live.guard import Guard
from streams.live.outlet import Outlet
from streams.live.wire import RELAYED, tick_value, transition_of
from streams.log import Batch, LocalLog, Log, LogFailed, New, Record, partition_of
from streams.settings.broker import Broker
from streams.settings.clock import ClockKind, ClockSettings
from streams.settings.settings import Settings
from streams.settings.topics import TopicSettings
from streams.topics import Topics, ensure_topics

PARTITIONS = 3
HOUR = 3_600_000_000


class Flaky:
    """A log whose appends fail at random once there is a chance of it; what was appended before stays."""

    def __init__(self, log: Log, random: Random, chance: float) -> None:
        self._log = log
        self._random = random
        self._chance = chance

    async def start(self) -> None:
        await self._log.start()

    async def stop(self) -> None:
        await self._log.stop()

    async def partitions(self, topic: str) -> int:
        return await self._log.partitions(topic)

    async def bounds(self, topic: str, partition: int) -> tuple[int, int]:
        return await self._log.bounds(topic, partition)

    async def read(self, topic: str, partition: int, start: int, limit: int) -> list[Record]:
        return await self._log.read(topic, partition, start, limit)

    async def append(self, topic: str, partition: int, records: Sequence[New]) -> None:
        if self._random.random() < self._chance:
            kept = self._random.randint(0, len(records))
            await self._log.append(topic, partition, records[:kept])
            raise LogFailed("broken off")
        await self._log.append(topic, partition, records)


class Rig:
    """A local log with its topics, and what judges it."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self.catalog = catalog
        self.settings = Settings(
            broker=Broker(url=f"local://{folder}"),
            clock=ClockSettings(kind=ClockKind.REHEARSAL),
            topics=TopicSettings(partitions=PARTITIONS),
        )
        self.topics = Topics.of(self.settings.topics.prefix)
        self.log = LocalLog(folder)
        self._committed: dict[tuple[str, int], int] = {}
        self.broken_off = 0

    async def start(self) -> None:
        await ensure_topics(self.settings)
        await self.log.start()

    async def publish(self, lines: Sequence[bytes], *, ticks_every: int = 6 * HOUR) -> None:
        """Append records in the order of their reports, stamped with them, and ticks in every partition."""
        stamped = sorted(_stamped(lines), key=lambda one: one[0])
        places: dict[int, list[New]] = {at: [] for at in range(PARTITIONS)}
        due = stamped[0][0]
        for stamp, case, line in stamped:
            while due <= stamp:
                for news in places.values():
                    news.append(New(tick_value(due), stamp=due))
                due += ticks_every
            if case:
                key = case.encode()
                places[partition_of(key, PARTITIONS)].append(New(line, key, stamp=stamp))
            else:
                for news in places.values():
                    news.append(New(line, None, ((RELAYED, b"1"),), stamp))
        for at, news in places.items():
            await self.log.append(self.topics.events, at, [*news, New(tick_value(due), stamp=due)])

    async def judge(self, random: Random, *, hot: int, most: int, chance: float = 0.0) -> None:
        """Judge both tiers to the end of the log; broken off, begin again from what was committed."""
        while True:
            try:
                await self._pass(Flaky(self.log, random, chance), random, hot, most)
            except LogFailed:
                self.broken_off += 1
                chance *= 0.9
            else:
                return

    async def _pass(self, log: Log, random: Random, hot: int, most: int) -> None:
        outlet = Outlet(log, self.topics, real=lambda instant: instant)
        await outlet.open()
        guard = Guard(ratio=1, window=10**6, run=10**6)
        tiers = (
            (self.topics.events, self.topics.state_cases, self._cases),
            (self.topics.second, self.topics.state_agencies, self._agencies),
        )
        for topic, state, make in tiers:
            for number in range(PARTITIONS):
                desk = Desk(make(number, hot), outlet, guard, topic=topic, state=state, step=random.randint(1, most))
                await desk.recover()
                at = self._committed.get((topic, number), 0)
                while records := await log.read(topic, number, at, random.randint(1, most)):
                    await desk.take(Batch(topic, number, records))
                    at = records[-1].offset + 1
                    if random.random() < 0.7:
                        self._committed[topic, number] = at
                await desk.remember()

    def _cases(self, number: int, hot: int) -> CasePartition:
        return CasePartition(self.catalog, self.topics.events, number, PARTITIONS, sim=lambda stamp: stamp, hot=hot)

    def _agencies(self, number: int, hot: int) -> AgencyPartition:
        return AgencyPartition(self.catalog, number, PARTITIONS, sources=PARTITIONS, hot=hot)

    async def said(self) -> dict[str, Transition]:
        """Return the transitions on the cards topic by id; the same id must always carry the same."""
        found: dict[str, bytes] = {}
        for number in range(PARTITIONS):
            for record in await self.log.read(self.topics.cards, number, 0, 10**6):
                assert record.value is not None
                transition = transition_of(record.value)
                name = f"{transition.card.card_id}#{transition.card.seq}"
                assert found.setdefault(name, record.value) == record.value
        return {name: transition_of(value) for name, value in found.items()}


def _stamped(lines: Sequence[bytes]) -> list[tuple[int, str, bytes]]:
    found: list[tuple[int, str, bytes]] = []
    last = 0
    for line in lines:
        try:
            record = msgspec.json.decode(line)
            last = instant_of(record.get("reported_at") or record["occurred_at"]) // 1000 * 1000
        except (msgspec.DecodeError, ValueError, KeyError, AttributeError, TypeError):
            record = {}
        found.append((last, record.get("case_id") or "", line))
    return found
