"""Several workers on Kafka: partitions shared, handed over, taken from the dead; a broker that goes and comes back."""

import asyncio
import sys
from itertools import chain
from typing import cast

import pytest
from faust.types import TP

from streams.log import Batch
from streams.transport import Options
from streams.transport.kafka import KafkaConsumer
from tests.kafka.grounds import KafkaGround, finished
from tests.kafka.topics import a_name
from tests.streams.log.test_contract import everything
from tests.streams.transport.workers import QUICK, Worker, fill, opened, running
from tools.broker import Cluster

SMALL = Options(batch_records=20, session=10.0, rebalance=20.0, drain=2.0)
BRIEF = Options(batch_records=20, session=2.0, rebalance=10.0, drain=2.0)


async def breathe(_: Batch) -> None:
    await asyncio.sleep(0.002)


def test_a_second_worker_takes_its_share_and_gives_it_back_and_every_record_is_done(kafka_broker: Cluster) -> None:
    ground = KafkaGround(kafka_broker)

    async def work() -> tuple[Worker, Worker]:
        topic, group = await ground.topic(4), a_name()
        first = Worker(ground, topic, group, breathe, SMALL)
        second = Worker(ground, topic, group, breathe, SMALL)
        async with opened(ground) as log:
            await fill(log, topic, dict.fromkeys(range(4), 50))
            rounds = 1
            async with running(first):
                await first.until(lambda: first.count > 0)
                async with running(second):
                    while second.count < 200:  # records keep coming for as long as it takes to share them
                        await fill(log, topic, dict.fromkeys(range(4), 50))
                        rounds += 1
                await fill(log, topic, {0: 10})
                ends = {0: 50 * rounds + 10, **dict.fromkeys((1, 2, 3), 50 * rounds)}
                await first.until_committed(ends)
        done = [(p, o) for worker in (first, second) for p, at in worker.offsets.items() for o in at]
        assert {(p, o) for p, end in ends.items() for o in range(end)} == set(done)
        return first, second

    first, second = finished(work())

    shares = [told for told in first.told if told.startswith(("assigned", "revoked"))]
    assert ["assigned [0, 1, 2, 3]", "revoked [0, 1, 2, 3]"] == shares[:2]
    assert len(second.offsets) < 4
    assert "assigned [0, 1, 2, 3]" == shares[-2]


def test_a_batch_is_finished_and_committed_before_its_partition_goes(kafka_broker: Cluster) -> None:
    ground = KafkaGround(kafka_broker)

    async def take_time(_: Batch) -> None:
        await asyncio.sleep(0.6)

    async def work() -> tuple[Worker, Worker]:
        topic, group = await ground.topic(2), a_name()
        first, second = Worker(ground, topic, group, take_time, SMALL), Worker(ground, topic, group, None, SMALL)
        async with opened(ground) as log, running(first):
            await first.until(lambda: "assigned [0, 1]" in first.told)
            await fill(log, topic, {0: 60, 1: 60})
            await first.until(lambda: first.told[-1].startswith("begun"))
            async with running(second):
                await second.until(lambda: second.count > 0)
        return first, second

    first, second = finished(work())

    gone = first.told.index("revoked [0, 1]")
    assert first.told[gone - 1].startswith("done")
    assert first.told[gone + 1].startswith("assigned")
    before = {p: at for p, at in first.offsets.items() if p in second.offsets}
    for partition, offsets in second.offsets.items():
        assert offsets[0] == (before[partition][-1] + 1 if partition in before else 0)


@pytest.mark.slow
def test_partitions_of_a_killed_worker_go_to_the_other_within_its_session(kafka_broker: Cluster) -> None:
    ground = KafkaGround(kafka_broker)

    async def work() -> tuple[set[int], set[int]]:
        topic, out, group = await ground.topic(2), await ground.topic(2), a_name()
        arguments = [sys.executable, "-m", "tests.streams.transport.process", ground.broker, topic, out, group]
        async with opened(ground) as log:
            await fill(log, topic, {0: 400, 1: 400})
            first = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
            assert first.stdout is not None
            await first.stdout.readline()
            second = Worker(ground, topic, group, None, SMALL)
            async with running(second):
                await second.until(lambda: len(second.told) > 0)
                first.kill()
                await first.communicate()
                await second.until_committed({0: 400, 1: 400})
            seen = []
            for partition in range(2):
                copied = {int(record.value or b"") for record in await everything(log, out, partition)}
                seen.append(copied | set(second.offsets.get(partition, [])))
        return seen[0], seen[1]

    assert (set(range(400)), set(range(400))) == finished(work())


@pytest.mark.slow
def test_a_worker_goes_on_where_it_was_when_a_killed_broker_comes_back(mortal_broker: Cluster) -> None:
    ground = KafkaGround(mortal_broker)

    async def work() -> Worker:
        topic = await ground.topic(2)
        worker = Worker(ground, topic, a_name(), None, BRIEF)
        async with opened(ground) as log, running(worker):
            await fill(log, topic, {0: 100, 1: 100})
            await worker.until_committed({0: 100, 1: 100})
            mortal_broker.kill()
            await asyncio.sleep(3)  # longer than a session
            await asyncio.to_thread(mortal_broker.start)
            await fill(log, topic, {0: 50, 1: 50})
            await worker.until_committed({0: 150, 1: 150})
            assert worker.app.crash_reason is None
        return worker

    worker = finished(work(), within=90)

    assert {0: set(range(150)), 1: set(range(150))} == {p: set(at) for p, at in worker.offsets.items()}
    assert 300 <= worker.count


@pytest.mark.slow
def test_two_static_members_keep_their_partitions_over_a_restart(kafka_broker: Cluster) -> None:
    ground = KafkaGround(kafka_broker)

    async def work() -> tuple[list[str], Worker, Worker]:
        topic, group = await ground.topic(2), a_name()
        options = [Options(member=f"m{at}", session=10.0) for at in range(2)]
        one, other, again = (Worker(ground, topic, group, None, options[at]) for at in (0, 1, 1))
        async with running(one):
            async with running(other):
                await other.until(lambda: any(told.startswith("assigned") for told in other.told))
                await one.until(lambda: len(one.told) >= 3)
            async with running(again):
                await again.until(lambda: any(told.startswith("assigned") for told in again.told))
                return list(one.told), other, again

    told, other, again = finished(work())

    assert ["assigned", "revoked", "assigned"] == [what.split()[0] for what in told]
    assert other.told[0] == again.told[0]


def test_an_app_still_preparing_is_interrupted_when_its_partitions_go(kafka_broker: Cluster) -> None:
    ground = KafkaGround(kafka_broker)
    heard: list[str] = []

    async def prepare(tps: set[TP]) -> None:
        heard.append(f"preparing {len(tps)}")
        try:
            if len(tps) == 2:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            heard.append("interrupted")
            raise

    async def work() -> Worker:
        topic, group = await ground.topic(2), a_name()
        first, second = Worker(ground, topic, group, None, QUICK), Worker(ground, topic, group, None, QUICK)
        first.app.on_assigned = prepare
        async with opened(ground) as log:
            await fill(log, topic, {0: 5, 1: 5})
            async with running(first):
                await first.until(lambda: "preparing 2" in heard)
                async with running(second):
                    await first.until(lambda: first.count == 5)
                    await second.until(lambda: second.count == 5)
        return first

    first = finished(work())

    assert ["preparing 2", "interrupted", "preparing 1"] == heard[:3]
    assert "revoked [0, 1]" == first.told[0]


def test_what_a_fetch_begun_before_a_rebalance_brings_is_fetched_again(kafka_broker: Cluster) -> None:
    """Such a fetch moves the position of the client, and what it brings is dropped with its lane."""
    ground = KafkaGround(kafka_broker)

    async def work() -> dict[int, list[int]]:
        topic = await ground.topic()
        worker = Worker(ground, topic, a_name(), None, QUICK)
        dropped: list[int] = []

        async def fetch_too_late(_: set[TP]) -> None:
            consumer = cast("KafkaConsumer", worker.app.consumer)
            while not dropped:
                got = await consumer._kafka.getmany(timeout_ms=100, max_records=30)
                dropped.extend(record.offset for records in got.values() for record in records)

        worker.app.on_assigned = fetch_too_late
        async with opened(ground) as log:
            await fill(log, topic, {0: 50})
            async with running(worker):
                await worker.until(lambda: worker.offsets.get(0, [0])[-1] == 49)
        assert list(range(30)) == dropped
        return worker.offsets

    assert {0: list(range(50))} == finished(work())


def test_hooks_alternate_for_every_partition(kafka_broker: Cluster) -> None:
    ground = KafkaGround(kafka_broker)

    async def work() -> list[str]:
        topic, group = await ground.topic(2), a_name()
        first, second = Worker(ground, topic, group, None, QUICK), Worker(ground, topic, group, None, QUICK)
        async with running(first):
            await first.until(lambda: len(first.told) == 1)
            async with running(second):
                await second.until(lambda: len(second.told) == 1)
            await first.until(lambda: first.told[-1] == "assigned [0, 1]")
        return first.told

    told = finished(work())

    assert ["assigned", "revoked"] * (len(told) // 2) == [what.split()[0] for what in told]
    assert list(chain.from_iterable([what.split(" ", 1)[1]] * 2 for what in told[::2])) == [
        what.split(" ", 1)[1] for what in told
    ]
