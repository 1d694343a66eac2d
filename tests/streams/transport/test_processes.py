"""Workers as processes: killed at any instant, asked to end, failing."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from streams.log import Folder, LocalLog, New, Servers, parse_broker
from tests.kafka.grounds import Ground, finished
from tests.kafka.topics import a_name
from tests.streams.log.test_contract import everything
from tests.streams.transport.workers import fill, opened


@contextmanager
def a_process(ground: Ground, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.streams.transport.process", ground.broker, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


async def committed(ground: Ground, topic: str, group: str) -> dict[int, int]:
    named = parse_broker(ground.broker)
    match named:
        case Folder(path):
            log = LocalLog(path, read_only=True)
            await log.start()
            found = {partition: at for (_, partition), at in (await log.committed(group)).items()}
            await log.stop()
            return found
        case Servers(hosts):
            admin = AIOKafkaAdminClient(bootstrap_servers=list(hosts))
            await admin.start()
            offsets = await admin.list_consumer_group_offsets(group)
            await admin.close()
            return {tp.partition: at.offset for tp, at in offsets.items() if tp.topic == topic}


async def copied(ground: Ground, out: str, partition: int) -> set[int]:
    async with opened(ground) as log:
        return {int(record.value or b"") for record in await everything(log, out, partition)}


@pytest.mark.slow
def test_a_worker_killed_at_any_instant_loses_nothing_and_never_commits_what_is_not_done(ground: Ground) -> None:
    chance = random.Random(20260104)
    group = a_name()

    async def prepared() -> tuple[str, str]:
        topic, out = await ground.topic(2), await ground.topic(2)
        async with opened(ground) as log:
            await fill(log, topic, {0: 3000, 1: 3000})
        return topic, out

    topic, out = finished(prepared())
    for _ in range(5):
        with a_process(ground, topic, out, group) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 80)):
                process.stdout.readline()
            try:
                process.wait(chance.random() / 20)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        for partition, offset in finished(committed(ground, topic, group)).items():
            assert set(range(offset)) <= finished(copied(ground, out, partition))

    with a_process(ground, topic, out, group) as process:
        assert process.stdout is not None
        done: dict[int, int] = {}
        while done != {0: 3000, 1: 3000}:
            partition, offset = map(int, process.stdout.readline().split())
            done[partition] = offset
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)

    assert set(range(3000)) == finished(copied(ground, out, 0)) == finished(copied(ground, out, 1))
    assert {0: 3000, 1: 3000} == finished(committed(ground, topic, group))


def test_a_worker_asked_to_end_does_so_soon_and_in_order(ground: Ground) -> None:
    async def prepared() -> tuple[str, str]:
        topic, out = await ground.topic(), await ground.topic()
        async with opened(ground) as log:
            await fill(log, topic, {0: 30})
        return topic, out

    topic, out = finished(prepared())
    with a_process(ground, topic, out, a_name()) as process:
        assert process.stdout is not None
        while process.stdout.readline() != "0 30\n":
            pass
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)

    assert time.monotonic() - asked < 10
    assert 0 == process.returncode, said
    assert "Traceback" not in said


def test_a_worker_whose_agent_fails_ends_with_the_exception_and_the_batch_is_not_committed(ground: Ground) -> None:
    group = a_name()

    async def prepared() -> tuple[str, str]:
        topic, out = await ground.topic(), await ground.topic()
        async with opened(ground) as log:
            await log.append(topic, 0, [New(b"good")] * 25 + [New(b"spoil")] + [New(b"good")] * 4)
        return topic, out

    topic, out = finished(prepared())
    with a_process(ground, topic, out, group) as process:
        _, said = process.communicate(timeout=30)

    assert 0 != process.returncode
    assert "ValueError: spoilt record" in said
    assert {0: 20} == finished(committed(ground, topic, group))
    assert set(range(20)) == finished(copied(ground, out, 0))
