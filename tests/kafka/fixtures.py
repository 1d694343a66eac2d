"""The fixture ``kafka_broker``: each worker of pytest-xdist has its own broker, all share the fetched jars."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kafka.grounds import Ground, KafkaGround, LocalGround
from tools.broker import BrokerUnavailable, Cluster


def refuse(err: BrokerUnavailable) -> None:
    """Say why there is no Kafka here: a failure under CI, where it must be, else the reason of a skip."""
    if os.environ.get("CI"):
        pytest.fail(f"Kafka 不可用：{err}")
    pytest.skip(f"Kafka 不可用：{err}")


@pytest.fixture(scope="session")
def kafka_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running Kafka of one node, without topics. Tests that kill a broker start their own."""
    cluster = Cluster(tmp_path_factory.mktemp("kafka"))
    try:
        cluster.start()
    except BrokerUnavailable as err:
        refuse(err)
    try:
        yield cluster
    finally:
        cluster.kill()


@pytest.fixture(params=["local", "kafka"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """A log to test on: once a local one, once Kafka's."""
    if request.param == "local":
        return LocalGround(tmp_path / "log")
    return KafkaGround(request.getfixturevalue("kafka_broker"))
