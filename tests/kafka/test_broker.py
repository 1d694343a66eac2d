"""The broker the tests rest on, as a command."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from streams.log import New, open_log
from tests.kafka.grounds import finished
from tests.kafka.topics import make_topic
from tools.broker import BrokerUnavailable, Cluster
from tools.broker.jars import class_path
from tools.broker.properties import Ports, properties


def asked(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Return a broker started by its command, and the address it said."""
    command = [sys.executable, "-m", "tools.broker", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def ended(process: subprocess.Popen[str]) -> int:
    """Return the status of a broker asked to end."""
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    return process.returncode


@pytest.mark.slow
def test_the_command_says_its_address_and_keeps_address_and_records_for_the_next_time(
    tmp_path: Path, kafka_broker: Cluster
) -> None:
    """``kafka_broker`` has seen to it that Kafka can be had."""
    assert kafka_broker.nodes[0].running

    async def work(broker: str, append: int) -> int:
        if append:
            await make_topic(broker.removeprefix("kafka://"), "t", 1)
        log = open_log(broker)
        await log.start()
        await log.append("t", 0, [New(b"x")] * append)
        _, end = await log.bounds("t", 0)
        await log.stop()
        return end

    first, address = asked(tmp_path)
    finished(work(address, 3))
    status = ended(first)
    second, again = asked(tmp_path)
    kept = finished(work(again, 0))

    assert 0 == status == ended(second)
    assert address == again
    assert 3 == kept


def test_a_node_is_told_of_its_fellows_and_makes_no_topics() -> None:
    told = properties(2, [Ports(1, 2), Ports(3, 4), Ports(5, 6)], Path("/data"), {"num.io.threads": "9"})

    assert "controller.quorum.voters=1@127.0.0.1:2,2@127.0.0.1:4,3@127.0.0.1:6\n" in told
    assert "listeners=PLAINTEXT://127.0.0.1:3,CONTROLLER://127.0.0.1:4\n" in told
    assert "offsets.topic.replication.factor=3\n" in told
    assert "auto.create.topics.enable=false\n" in told
    assert "num.io.threads=9\n" in told


def test_jars_that_cannot_be_fetched_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(BrokerUnavailable, match="kafka"):
        class_path(tmp_path / "cache")
