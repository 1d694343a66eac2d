"""What an operator reads on a bad day: one clear line, and an exit code; nothing is begun that cannot be ended."""

import asyncio
import socket
from pathlib import Path

import pytest

from streams.log import LocalLog, New
from streams.settings import Settings, load_settings
from streams.topics import Topics, ensure_topics
from tests.kafka.topics import a_name
from tools.broker import Cluster
from tools.soak.processes import Process

pytestmark = pytest.mark.slow

REFUSED = 2


def ended(folder: Path, command: str, **settings: str) -> str:
    """Return what a process says that is to end by itself, with the exit code of what cannot be done."""
    given = {"HTTP__PORT": "0", "HTTP__STORE_PORT": "0", "STORE": str(folder / "store"), **settings}
    process = Process(command, folder, command.split(), given)
    process.start()
    try:
        assert REFUSED == process.wait(60), process.said
    finally:
        process.kill()
    assert "Traceback" not in process.said
    assert process.said.rstrip().splitlines()[-1].startswith(("错误：", "  "))
    return process.said


def test_a_broker_that_refuses_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
        port = taken.getsockname()[1]

        said = ended(tmp_path, "worker", BROKER=f"kafka://127.0.0.1:{port}", TOPICS__REPLICATION="1")

    assert f"127.0.0.1:{port}" in said


def test_topics_that_are_missing_are_named_with_what_to_do(tmp_path: Path, kafka_broker: Cluster) -> None:
    prefix = a_name()

    said = ended(tmp_path, "worker", BROKER=kafka_broker.broker, TOPICS__PREFIX=prefix, TOPICS__REPLICATION="1")

    assert f"{prefix}.events" in said
    assert "jiancha topics apply" in said


def test_topics_with_another_number_of_partitions_are_refused_with_the_difference(
    tmp_path: Path, kafka_broker: Cluster
) -> None:
    made = {
        "BROKER": kafka_broker.broker,
        "TOPICS__PREFIX": a_name(),
        "TOPICS__REPLICATION": "1",
        "TOPICS__PARTITIONS": "2",
    }
    apply = Process("apply", tmp_path, ("topics", "apply"), made)
    apply.start()
    assert 0 == apply.wait(60), apply.said

    said = ended(tmp_path, "worker", **{**made, "TOPICS__PARTITIONS": "3"})

    assert f"{made['TOPICS__PREFIX']}.events" in said
    assert "2" in said
    assert "3" in said


def test_an_address_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        said = ended(tmp_path, "run", BROKER=f"local://{tmp_path / 'log'}", HTTP__PORT=str(port))

    assert str(port) in said


def test_a_store_nobody_answers_for_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        said = ended(
            tmp_path, "worker", BROKER=f"local://{tmp_path / 'log'}", STORE=f"clickhouse://127.0.0.1:{port}/jiancha"
        )

    assert f"127.0.0.1:{port}" in said


async def _poisoned(folder: Path) -> None:
    settings: Settings = load_settings({"JIANCHA_BROKER": f"local://{folder / 'log'}"}).settings
    topics = Topics.of(settings.topics.prefix)
    await ensure_topics(settings)
    log = LocalLog(folder / "log")
    await log.start()
    for number in range(8):
        await log.append(topics.events, number, [New(b"not a record")] * 500)
    await log.stop()


def test_a_bad_deploy_is_not_drained_into_the_quarantine(tmp_path: Path) -> None:
    asyncio.run(_poisoned(tmp_path))

    said = ended(tmp_path, "run", BROKER=f"local://{tmp_path / 'log'}", WORKER__QUARANTINE_RUN="100")

    assert "读不出而被隔离，已停止" in said
    assert "jiancha.events-" in said
