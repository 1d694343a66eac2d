"""A campaign: an edge under load, whose parts are ended at random and brought back."""

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec

from tools.broker import Cluster
from tools.soak.edge import Edge
from tools.soak.processes import Process

WATCH_EVERY = 0.5
DRAIN_SECONDS = 1800


class Plan(msgspec.Struct, frozen=True):
    """How many kills of workers and sink, how many restarts of the broker; seconds for which the store is away.

    ``pause``: seconds between two of them, on the average.
    """

    kills: int
    restarts: int
    away: float
    pause: float

    @property
    def seconds(self) -> float:
        """Return about how long it takes."""
        return max((self.kills + self.restarts) * self.pause, self.away)


class Chronicle(msgspec.Struct):
    """What happened: kills by process, restarts of the broker, seconds without the store, what ended by itself.

    ``feeds`` counts how often the feed was begun.
    """

    kills: Counter[str] = msgspec.field(default_factory=Counter)
    restarts: int = 0
    away: float = 0.0
    ended: list[str] = msgspec.field(default_factory=list)
    feeds: int = 0


class Campaign:
    """Ends the parts of an edge on a cluster at random; a process that ends by itself is started again, so is a feed.

    ``tell`` hears what happens.
    """

    def __init__(self, edge: Edge, cluster: Cluster, random: Random, tell: Callable[[str], None]) -> None:
        self.chronicle = Chronicle()
        self._edge = edge
        self._cluster = cluster
        self._random = random
        self._tell = tell

    async def run(self, plan: Plan, events: Path, rate: int) -> Chronicle:
        """Feed a file at a rate (records a second), follow the plan, and return once all is judged and stored."""
        self._edge.start()
        feed = await self._edge.feed(events, "--rate", str(rate))
        self.chronicle.feeds = 1
        watching = asyncio.create_task(self._watch())
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._disturb(plan))
                group.create_task(self._send_away(plan.away))
            await self._fed(feed)
            self._tell("送完，等待判完、写完")
            await self._edge.drained(DRAIN_SECONDS, watched=True)
        finally:
            watching.cancel()
            feed.kill()
        return self.chronicle

    async def _fed(self, feed: Process) -> None:
        """Return once the feed is through; what came twice is a duplicate."""
        while (code := await asyncio.to_thread(feed.wait, 1)) != 0:
            if code is not None:
                self._tell(f"送入中断，重新送入：{_last(feed)}")
                feed.start()
                self.chronicle.feeds += 1

    async def _disturb(self, plan: Plan) -> None:
        deeds = [self._kill] * plan.kills + [self._restart] * plan.restarts
        self._random.shuffle(deeds)
        for number, deed in enumerate(deeds, 1):
            await asyncio.sleep(self._random.uniform(0, 2 * plan.pause))
            self._tell(f"{number}/{len(deeds)} {await deed()}")

    async def _kill(self) -> str:
        victim = self._random.choice(self._edge.processes)
        victim.kill()
        self.chronicle.kills[victim.name] += 1
        victim.start()
        return f"杀掉 {victim.name}"

    async def _restart(self) -> str:
        node = self._cluster.nodes[0]
        await asyncio.to_thread(self._random.choice((node.kill, node.stop)))
        await asyncio.to_thread(node.start)
        self.chronicle.restarts += 1
        return "重启 Kafka"

    async def _send_away(self, seconds: float) -> None:
        """Let the store be away once, for so many seconds."""
        server = self._edge.server
        if server is None or not seconds:
            return
        server.kill()
        self._tell(f"ClickHouse 离开 {seconds:.0f} 秒")
        await asyncio.sleep(seconds)
        server.start()
        await asyncio.to_thread(server.ready)
        self.chronicle.away = seconds
        self._tell("ClickHouse 回来")

    async def _watch(self) -> None:
        """Start again what ended by itself."""
        while True:
            for process in self._edge.processes:
                if not process.running:
                    self.chronicle.ended.append(f"{process.name} {_last(process)}")
                    self._tell(f"自行结束 {self.chronicle.ended[-1]}")
                    process.start()
            await asyncio.sleep(WATCH_EVERY)


def _last(process: Process) -> str:
    lines = process.said.strip().splitlines()
    return lines[-1] if lines else ""
