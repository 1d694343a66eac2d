"""What came of a batch goes where it belongs, and nobody goes on before all of it is durable."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from rules.events.instants import HOUR
from streams.live.wire import FROM, TICK
from streams.log import Batch, LogFailed, New, partition_of
from tests.streams.live.world import World
from tests.streams.replay.village import JT, opened

CASE = b"C1"


class Failing:
    """A log that takes nothing more for some topics, as on a full disk; all else is the log it stands before."""

    def __init__(self, world: World, *topics: str) -> None:
        self._log = world.local
        self.topics = set(topics)
        self.tried = 0

    async def start(self) -> None:
        await self._log.start()

    async def stop(self) -> None:
        await self._log.stop()

    async def partitions(self, topic: str) -> int:
        return await self._log.partitions(topic)

    async def bounds(self, topic: str, partition: int) -> tuple[int, int]:
        return await self._log.bounds(topic, partition)

    async def read(self, topic: str, partition: int, start: int, limit: int) -> list[object]:
        return list(await self._log.read(topic, partition, start, limit))

    async def append(self, topic: str, partition: int, records: Sequence[New]) -> None:
        if topic in self.topics:
            self.tried += 1
            raise LogFailed("日志写不进去：database or disk is full")
        await self._log.append(topic, partition, records)


async def _said(folder: Path) -> None:
    world = World(folder, "2026-03-02T12:00:00", partitions=3)
    await world.start()
    await world.put(opened("C1", 0, org_code=JT, data_source=None))
    await world.settle()
    world.to("2026-03-12T12:00:00")
    await world.settle()

    home = partition_of(CASE, world.of)
    said = await world.local.read(world.topics.cards, home, 0, 100)
    assert said
    assert {CASE} == {one.key for one in said}
    words = await world.local.read(world.topics.second, partition_of(JT.encode(), world.of), 0, 100)
    assert {JT.encode(), None} == {one.key for one in words}
    assert {str(number).encode() for number in range(world.of)} == {dict(one.headers)[FROM] for one in words}
    for number in range(world.of):
        records = await world.local.read(world.topics.second, number, 0, 100)
        marks = {dict(one.headers)[FROM] for one in records if (one.value or b"").startswith(TICK)}
        assert world.of == len(marks)


def test_cards_go_under_their_scope_words_under_their_agency_and_marks_to_all(tmp_path: Path) -> None:
    asyncio.run(_said(tmp_path))


async def _broken_off(folder: Path, what: str) -> None:
    world = World(folder, "2026-03-02T12:00:00")
    await world.start()
    whole = World(folder / "whole", "2026-03-02T12:00:00")
    await whole.start()
    for one in (world, whole):
        await one.put(opened("C1", 0, org_code=JT, data_source=None))
        one.to("2026-03-12T12:00:00")
        await one.outlet.tick(partition_of(CASE, one.of), one.machine.now - HOUR)
    failing = Failing(world, getattr(world.topics, what))
    world.log = failing  # type: ignore[assignment]  # it hands on what the log gives
    await world.restart()

    with pytest.raises(LogFailed, match="disk is full"):
        await world.pump()

    assert failing.tried > 0
    assert not any(world.committed.values())
    failing.topics.clear()
    # Other batches of the partition are on their way, and the end of a worker gives every partition up.
    for desk in world.cases.values():
        records = await world.local.read(desk.topic, desk.number, 0, 100)
        if desk.number == partition_of(CASE, world.of):
            with pytest.raises(LogFailed, match="上一批没有写成"):
                await desk.take(Batch(desk.topic, desk.number, records[-1:]))
        await desk.remember()
    await world.restart()
    await world.settle()
    await whole.settle()
    assert await whole.said()
    assert {*map(str, await whole.said())} == {*map(str, await world.said())}


@pytest.mark.parametrize("what", ["cards", "second", "state_cases"])
def test_on_a_full_disk_a_batch_does_not_count_as_done_and_nothing_is_lost(tmp_path: Path, what: str) -> None:
    asyncio.run(_broken_off(tmp_path, what))
