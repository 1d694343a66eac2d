"""The two logs a contract is tested on: a folder, and the session's Kafka."""

import asyncio
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from streams.log import LocalLog
from tests.kafka.topics import a_name, make_topic
from tools.broker import Cluster

T = TypeVar("T")

ARRIVAL = {"message.timestamp.type": "LogAppendTime"}
LARGE = {"max.message.bytes": str(16 << 20)}


class Ground(Protocol):
    """Where a contract is tested."""

    broker: str

    async def topic(self, partitions: int = 1, config: Mapping[str, str] | None = None) -> str:
        """Make a topic, and return its name."""


class LocalGround:
    """A folder with a log in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broker = f"local://{folder}"

    async def topic(self, partitions: int = 1, config: Mapping[str, str] | None = None) -> str:
        """Make a topic, and return its name."""
        name = a_name()
        log = LocalLog(self.folder)
        await log.start()
        await log.create_topic(name, partitions, config)
        await log.stop()
        return name


class KafkaGround:
    """A Kafka that runs."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.broker = cluster.broker

    async def topic(self, partitions: int = 1, config: Mapping[str, str] | None = None) -> str:
        """Make a topic, and return its name."""
        name = a_name()
        await make_topic(self.cluster.servers, name, partitions, config)
        return name


def finished(work: Coroutine[Any, Any, T], within: float = 180) -> T:
    """Return what a coroutine returns; TimeoutError where it takes longer than so many seconds."""

    async def limited() -> T:
        return await asyncio.wait_for(work, within)

    return asyncio.run(limited())
