"""The fixture ``kafka_broker``: each worker of pytest-xdist has its own broker, all share the fetched jars."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.kafka.grounds import Ground, KafkaGround, LocalGround
from tools.broker import BrokerUnavailable, Cluster


def refuse(err: BrokerUnavailable) -> None:
    """Say why there is no Kafka here: a failure under CI, where it must be, else the reason of a skip."""
    if os.environ.get("CI"):
        pytest.fail(f"Kafka 不可用：{err}")
    pytest.skip(f"Kafka 不可用：{err}")


@contextmanager
def running(folder: Path, *, nodes: int = 1, extra: dict[str, str] | None = None) -> Iterator[Cluster]:
    """A Kafka that runs until the end; the test is skipped, or under CI fails, where none can be had."""
    cluster = Cluster(folder, nodes=nodes, quick=True, extra=extra)
    try:
        cluster.start()
    except BrokerUnavailable as err:
        refuse(err)
    try:
        yield cluster
    finally:
        cluster.kill()


@pytest.fixture(scope="session")
def kafka_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running Kafka of one node, without topics. Tests that kill a broker take ``mortal_broker``."""
    with running(tmp_path_factory.mktemp("kafka")) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def _mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running(tmp_path_factory.mktemp("mortal"), extra={"log.cleaner.backoff.ms": "200"}) as cluster:
        yield cluster


@pytest.fixture
def mortal_broker(_mortal: Cluster) -> Cluster:
    """A running Kafka of one node that the test may kill."""
    _mortal.start()
    return _mortal


@pytest.fixture(params=["local", "kafka"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """A log to test on: once a local one, once Kafka's."""
    if request.param == "local":
        return LocalGround(tmp_path / "log")
    return KafkaGround(request.getfixturevalue("kafka_broker"))
