"""What both logs promise."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from streams.log import Log, LogFailed, New, Record, TopicMissing, open_log
from tests.kafka.grounds import ARRIVAL, LARGE, Ground, finished

CREATION = {"message.timestamp.type": "CreateTime"}


@asynccontextmanager
async def opened(ground: Ground) -> AsyncIterator[Log]:
    log = open_log(ground.broker)
    await log.start()
    try:
        yield log
    finally:
        await log.stop()


def numbered(first: int, count: int, size: int = 20) -> list[New]:
    return [New(b"%d:" % at + b"x" * size, key=b"case-%d" % (at % 7)) for at in range(first, first + count)]


async def everything(log: Log, topic: str, partition: int = 0, limit: int = 1000) -> list[Record]:
    records: list[Record] = []
    at, _ = await log.bounds(topic, partition)
    while got := await log.read(topic, partition, at, limit):
        records += got
        at = got[-1].offset + 1
    return records


class TestReading:
    def test_records_come_back_in_their_order_with_all_they_had(self, ground: Ground) -> None:
        given = [
            New(b"value", b"key", (("reason", b"why"), ("reason", b"again"))),
            New(b"", b""),
            New(None, b"only a key"),
            New(b"only a value"),
            New("监察".encode(), "办件".encode()),
        ]

        async def work() -> list[Record]:
            topic = await ground.topic()
            async with opened(ground) as log:
                await log.append(topic, 0, given)
                return await everything(log, topic)

        records = finished(work())

        assert [(new.key, new.value, new.headers) for new in given] == [(r.key, r.value, r.headers) for r in records]
        assert list(range(5)) == [r.offset for r in records]

    def test_many_appends_of_many_batches_keep_their_order(self, ground: Ground) -> None:
        async def work() -> list[Record]:
            topic = await ground.topic()
            async with opened(ground) as log:
                await asyncio.gather(*(log.append(topic, 0, numbered(at * 2000, 2000, 600)) for at in range(4)))
                return await everything(log, topic, limit=777)

        records = finished(work())

        numbers = [int((r.value or b"").split(b":")[0]) for r in records]
        assert list(range(8000)) == [r.offset for r in records]
        assert list(range(8000)) == sorted(numbers)
        assert all(numbers[at] + 1 == numbers[at + 1] for at in range(7999) if (numbers[at] + 1) % 2000)

    def test_reading_starts_anywhere_and_is_empty_only_at_the_end(self, ground: Ground) -> None:
        async def work() -> list[list[int]]:
            topic = await ground.topic()
            async with opened(ground) as log:
                await log.append(topic, 0, numbered(0, 10))
                asked = [(7, 100), (0, 3), (9, 1), (10, 5), (11, 5)]
                return [[r.offset for r in await log.read(topic, 0, start, limit)] for start, limit in asked]

        assert [[7, 8, 9], [0, 1, 2], [9], [], []] == finished(work())

    def test_what_is_appended_after_the_end_was_read_is_read_next(self, ground: Ground) -> None:
        async def work() -> tuple[list[Record], list[Record]]:
            topic = await ground.topic()
            async with opened(ground) as log:
                before = await log.read(topic, 0, 0, 10)
                await log.append(topic, 0, numbered(0, 3))
                return before, await log.read(topic, 0, 0, 10)

        before, after = finished(work())

        assert [] == before
        assert [0, 1, 2] == [r.offset for r in after]

    def test_partitions_are_apart(self, ground: Ground) -> None:
        async def work() -> list[object]:
            topic = await ground.topic(3)
            async with opened(ground) as log:
                await asyncio.gather(log.append(topic, 0, numbered(0, 4)), log.append(topic, 2, numbered(4, 5)))
                ends = [await log.bounds(topic, at) for at in range(3)]
                return [await log.partitions(topic), ends, [len(await everything(log, topic, at)) for at in range(3)]]

        assert [3, [(0, 4), (0, 0), (0, 5)], [4, 0, 5]] == finished(work())

    def test_what_was_acknowledged_is_there_for_whoever_opens_the_log_next(self, ground: Ground) -> None:
        async def work() -> int:
            topic = await ground.topic()
            async with opened(ground) as log:
                await log.append(topic, 0, numbered(0, 100))
            async with opened(ground) as log:
                return len(await everything(log, topic))

        assert 100 == finished(work())


class TestStamps:
    def test_a_topic_stamped_on_arrival_has_the_time_of_arrival_and_never_goes_back(self, ground: Ground) -> None:
        async def work() -> list[Record]:
            topic = await ground.topic(config=ARRIVAL)
            async with opened(ground) as log:
                for at in range(5):
                    await log.append(topic, 0, [New(b"%d" % at, stamp=1_000_000)])
                return await everything(log, topic)

        before = time.time_ns() // 1000
        stamps = [r.stamp for r in finished(work())]

        assert sorted(stamps) == stamps
        assert before - 1000 <= stamps[0]
        assert stamps[-1] <= time.time_ns() // 1000 + 1000

    def test_a_topic_stamped_on_creation_keeps_the_millisecond_it_was_given(self, ground: Ground) -> None:
        given = [1_767_225_600_123_456, 1_767_225_500_000_000, 1_767_225_600_123_999]

        async def work() -> list[Record]:
            topic = await ground.topic(config=CREATION)
            async with opened(ground) as log:
                await log.append(topic, 0, [New(b"x", stamp=stamp) for stamp in given])
                return await everything(log, topic)

        assert [stamp // 1000 * 1000 for stamp in given] == [r.stamp for r in finished(work())]

    def test_a_record_without_a_stamp_has_the_present(self, ground: Ground) -> None:
        async def work() -> Record:
            topic = await ground.topic(config=CREATION)
            async with opened(ground) as log:
                await log.append(topic, 0, [New(b"x")])
                return (await everything(log, topic))[0]

        before = time.time_ns() // 1000

        assert before - 1000 <= finished(work()).stamp <= time.time_ns() // 1000 + 1000


class TestLimits:
    def test_a_record_of_five_megabytes_passes_among_small_ones(self, ground: Ground) -> None:
        large = b"\x00\xff" * (5 << 19)

        async def work() -> list[Record]:
            topic = await ground.topic(config=LARGE)
            async with opened(ground) as log:
                await log.append(topic, 0, [New(b"before"), New(large, key=b"large"), New(b"after")])
                return await everything(log, topic)

        assert [b"before", large, b"after"] == [r.value for r in finished(work())]

    def test_appending_nothing_changes_nothing(self, ground: Ground) -> None:
        async def work() -> tuple[int, int]:
            topic = await ground.topic()
            async with opened(ground) as log:
                await log.append(topic, 0, [])
                return await log.bounds(topic, 0)

        assert (0, 0) == finished(work())

    def test_a_topic_or_partition_that_is_not_there_is_missing_and_is_not_made(self, ground: Ground) -> None:
        async def work() -> None:
            topic = await ground.topic(2)
            async with opened(ground) as log:
                for name, partition in [("nowhere", 0), (topic, 2), (topic, -1)]:
                    with pytest.raises(TopicMissing):
                        await log.append(name, partition, [New(b"x")])
                    with pytest.raises(TopicMissing):
                        await log.bounds(name, partition)
                    with pytest.raises(TopicMissing):
                        await log.read(name, partition, 0, 1)
                for _ in range(2):
                    with pytest.raises(TopicMissing):
                        await log.partitions("nowhere")

        finished(work())

    def test_a_log_that_is_not_open_fails(self, ground: Ground) -> None:
        async def work() -> None:
            topic = await ground.topic()
            log = open_log(ground.broker)
            with pytest.raises(LogFailed):
                await log.append(topic, 0, [New(b"x")])
            await log.start()
            await log.append(topic, 0, [New(b"x")])
            await log.stop()
            await log.stop()
            with pytest.raises(LogFailed):
                await log.read(topic, 0, 0, 1)

        finished(work())

    def test_a_compacted_topic_refuses_a_record_without_a_key_and_goes_on(self, ground: Ground) -> None:
        async def work() -> list[Record]:
            topic = await ground.topic(config={"cleanup.policy": "compact"})
            async with opened(ground) as log:
                with pytest.raises(LogFailed):
                    await log.append(topic, 0, [New(b"x")])
                await log.append(topic, 0, [New(b"y", key=b"k")])
                return await everything(log, topic)

        assert [b"y"] == [r.value for r in finished(work())]
