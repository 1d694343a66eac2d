"""What the log on Kafka does beyond the contract: compaction, brokers that die, refuse or are not there."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from streams.log import KafkaLog, Log, LogFailed, New, Servers, open_log
from tests.kafka.fixtures import running
from tests.kafka.grounds import finished
from tests.kafka.topics import a_name, make_topic
from tests.streams.log.test_contract import everything, numbered
from tools.broker import Cluster


@asynccontextmanager
async def opened(broker: str) -> AsyncIterator[Log]:
    log = open_log(broker)
    await log.start()
    try:
        yield log
    finally:
        await log.stop()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Cluster]:
    """A Kafka of three nodes."""
    with running(tmp_path / "kafka", nodes=3) as cluster:
        yield cluster


def test_a_record_beyond_what_the_topic_allows_fails_and_the_next_is_taken(kafka_broker: Cluster) -> None:
    async def work() -> list[bytes | None]:
        topic = a_name()
        await make_topic(kafka_broker.servers, topic, 1, {"max.message.bytes": "2000"})
        async with opened(kafka_broker.broker) as log:
            with pytest.raises(LogFailed, match="MessageSizeTooLarge"):
                await log.append(topic, 0, [New(b"x" * 3000)])
            await log.append(topic, 0, [New(b"small")])
            return [record.value for record in await everything(log, topic)]

    assert [b"small"] == finished(work())


def test_nobody_at_the_address_is_said_at_once() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with pytest.raises(LogFailed, match=f"127.0.0.1:{port}"):
        finished(open_log(f"kafka://127.0.0.1:{port}").start())


@pytest.mark.slow
def test_reading_passes_the_gaps_that_compaction_leaves(mortal_broker: Cluster) -> None:
    config = {"cleanup.policy": "compact", "segment.ms": "100", "min.cleanable.dirty.ratio": "0.01"}

    async def work() -> tuple[int, dict[bytes | None, bytes | None]]:
        topic = a_name()
        await make_topic(mortal_broker.servers, topic, 1, config)
        async with opened(mortal_broker.broker) as log:
            while True:  # until the cleaner has been there; `finished` sets the limit
                await log.append(topic, 0, numbered(0, 500))
                await asyncio.sleep(0.3)
                records = await everything(log, topic, limit=100)
                _, end = await log.bounds(topic, 0)
                if len(records) < end:
                    return end - len(records), {record.key: record.value for record in records}

    dropped, latest = finished(work())

    assert dropped > 0
    assert {new.key: new.value for new in numbered(0, 500)} == latest


@pytest.mark.slow
def test_appends_wait_for_a_broker_that_was_killed_and_nothing_is_lost_or_twice(mortal_broker: Cluster) -> None:
    async def work() -> list[bytes | None]:
        topic = a_name()
        await make_topic(mortal_broker.servers, topic, 1)
        async with opened(mortal_broker.broker) as log:
            await log.append(topic, 0, [New(b"0")])
            mortal_broker.kill()
            waiting = asyncio.create_task(log.append(topic, 0, [New(b"1"), New(b"2")]))
            await asyncio.to_thread(mortal_broker.start)
            await waiting
            await log.append(topic, 0, [New(b"3")])
            return [record.value for record in await everything(log, topic)]

    assert [b"0", b"1", b"2", b"3"] == finished(work(), within=90)


@pytest.mark.slow
def test_an_append_fails_once_its_patience_is_over(mortal_broker: Cluster) -> None:
    async def work() -> None:
        topic = a_name()
        await make_topic(mortal_broker.servers, topic, 1)
        named = Servers((mortal_broker.servers,))
        log = KafkaLog(named, patience=1.5)
        await log.start()
        await log.append(topic, 0, [New(b"0")])
        mortal_broker.kill()
        with pytest.raises(LogFailed, match=topic):
            await log.append(topic, 0, [New(b"1")])
        await log.stop()

    finished(work())


@pytest.mark.slow
def test_what_three_replicas_acknowledged_outlives_the_leader(three: Cluster) -> None:
    async def work() -> tuple[int, int]:
        topic = a_name()
        await make_topic(three.servers, topic, 3, {"min.insync.replicas": "2"}, replication=3)
        async with opened(three.broker) as log:
            for partition in range(3):
                await log.append(topic, partition, numbered(0, 100))
            three.nodes[0].kill()  # the leader of one of them
            for partition in range(3):
                await log.append(topic, partition, numbered(100, 100))
            counts = [len(await everything(log, topic, partition)) for partition in range(3)]
            return min(counts), max(counts)

    assert (200, 200) == finished(work(), within=90)
