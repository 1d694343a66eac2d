"""A whole live edge in a folder: workers, a sink, the log and the store they share, and how far they are."""

import asyncio
import socket
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.log import KafkaLog, parse_broker
from streams.log.broker import Servers
from streams.settings import Settings, load_settings
from streams.topics import Topics, applied
from tools.soak.processes import Process

SUPERVISE, SINK = "supervise", "sink"
CALM = 2
"""Looks at which nothing is left to do before an edge counts as drained: what is judged last is stored after it."""


class Ended(Exception):
    """A process ended by itself; the message ends with what it said last."""


class Edge:
    """Workers and a sink on a Kafka. ``given`` are settings by the names of their variables, without the prefix.

    The store is a folder of the sink's, or a ``server`` over that folder, which may go away and come back. As an
    asynchronous context the edge makes the topics and opens the log; what still runs at its end is killed.
    """

    def __init__(
        self, folder: Path, broker: str, given: Mapping[str, str], *, workers: int = 2, served: bool = False
    ) -> None:
        self.folder = folder
        self.store = folder / "store"
        port = _free_port()
        serving = ("-m", "tools.soak.serving", "--dir", str(self.store), "--port", str(port))
        self.server = Process("server", Path.cwd(), serving, {}, program="python", log=folder) if served else None
        environment = {
            "BROKER": broker,
            "STORE": f"clickhouse://127.0.0.1:{port}/jiancha" if served else str(self.store),
            "HTTP__PORT": "0",
            "HTTP__STORE_PORT": "0",
            "TOPICS__REPLICATION": "1",
            "WORKER__SESSION_SECONDS": "3",
            **given,
        }
        self.environment = environment
        named = {f"JIANCHA_{name}": value for name, value in environment.items()}
        self.settings: Settings = load_settings(named).settings
        self.topics = Topics.of(self.settings.topics.prefix)
        self.workers = [self._process(f"worker-{at}", "worker", "--role", SUPERVISE) for at in range(1, workers + 1)]
        self.sink = self._process("sink", "worker", "--role", SINK)
        servers = parse_broker(broker)
        if not isinstance(servers, Servers):
            raise TypeError(broker)
        self.log = KafkaLog(servers)

    @property
    def processes(self) -> list[Process]:
        """Return all of them, the sink last."""
        return [*self.workers, self.sink]

    async def __aenter__(self) -> Self:
        await applied(self.settings)
        await self.log.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for process in (*self.processes, self.server):
            if process is not None:
                process.kill()
        await self.log.stop()

    def start(self) -> None:
        """Start all."""
        if self.server is not None:
            self.server.start()
            self.server.ready()
        for process in self.processes:
            process.start()

    async def feed(self, events: Path, *more: str) -> Process:
        """Return a process that feeds a file, started."""
        feed = self._process("feed", "feed", str(events), *more)
        feed.start()
        return feed

    async def run(self, name: str, *arguments: str, within: float = 120) -> Process:
        """Return a command that has ended; TimeoutError where it does not."""
        process = self._process(name, *arguments)
        process.start()
        if await asyncio.to_thread(process.wait, within) is None:
            process.kill()
            raise TimeoutError(process.said)
        return process

    async def growth(self) -> int:
        """Return how much has been remembered: it grows with every batch that was judged."""
        return await self._ends((self.topics.state_cases, self.topics.state_agencies))

    async def behind(self) -> dict[str, int]:
        """Return how many records each role has not yet committed."""
        topics = self.topics
        supervised = (topics.events, topics.second, topics.replies)
        stored = (topics.events, topics.cards, topics.quarantine, topics.state_cases)
        return {
            SUPERVISE: await self._behind(SUPERVISE, supervised),
            SINK: await self._behind(SINK, stored),
        }

    def check(self) -> None:
        """Raise Ended where a process has ended by itself."""
        for process in self.processes:
            if not process.running:
                raise Ended(f"{process.name} 自行结束：{process.said[-3000:]}")

    async def drained(self, within: float, *, watched: bool = False) -> None:
        """Return once everything in the log has been judged and stored; TimeoutError.

        Ended where a process ends by itself, unless somebody has an eye on them (``watched``).
        """
        async with asyncio.timeout(within):
            calm = 0
            while calm < CALM:
                if not watched:
                    self.check()
                calm = 0 if any((await self.behind()).values()) else calm + 1
                await asyncio.sleep(0.2)

    def _process(self, name: str, *arguments: str) -> Process:
        return Process(name, self.folder, arguments, self.environment)

    async def _ends(self, topics: Iterable[str]) -> int:
        found = 0
        for topic in topics:
            for number in range(await self.log.partitions(topic)):
                found += (await self.log.bounds(topic, number))[1]
        return found

    async def _behind(self, role: str, topics: Iterable[str]) -> int:
        group = f"{self.settings.topics.prefix}-{role}"
        asker = AIOKafkaConsumer(
            bootstrap_servers=list(self.log.servers.hosts), group_id=group, enable_auto_commit=False
        )
        await asker.start()
        try:
            found = 0
            for topic in topics:
                for number in range(await self.log.partitions(topic)):
                    committed = await asker.committed(TopicPartition(topic, number)) or 0
                    found += max(0, (await self.log.bounds(topic, number))[1] - committed)
            return found
        finally:
            await asker.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
