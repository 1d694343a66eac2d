"""The transport on the local log: one process reads every partition."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from typing import Any

from faust.transport import base
from faust.types import TP

from streams.log import Folder, LocalLog, LogFailed
from streams.transport.consumer import BatchConsumer, Fetched
from streams.transport.lane import Lane
from streams.transport.producer import NoProducer


class LocalConsumer(BatchConsumer):
    """A consumer of the log in a folder. Whoever appends in this process wakes it at once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        named = self.hooked.named
        if not isinstance(named, Folder):
            raise LogFailed(f"{named} 不是本地日志")
        self._log = LocalLog(named.path)
        self._unlisten: Callable[[], None] | None = None
        self._assigning: asyncio.Task[None] | None = None

    async def on_start(self) -> None:
        """Open the log; LogLocked, LogFailed."""
        await self._log.start()
        self._unlisten = self._log.listen(self._wake.set)

    async def on_stop(self) -> None:
        """Finish as every consumer does, and close the log."""
        await super().on_stop()
        if self._unlisten is not None:
            self._unlisten()
        await self._log.stop()

    async def subscribe(self, topics: Iterable[str]) -> None:
        """Take every partition of the topics; TopicMissing. Faust wants this to return before they are announced."""
        tps = {TP(topic, at) for topic in topics for at in range(await self._log.partitions(topic))}
        self._assigning = asyncio.get_running_loop().create_task(self._assign(tps))

    async def _assign(self, tps: set[TP]) -> None:
        try:
            await self._revoked(set(self.lanes))
            await self._assigned(tps)
        except Exception as err:  # noqa: BLE001 - an app without its partitions must not run
            await self.crash(err)

    async def _begin(self, lanes: list[Lane]) -> None:
        committed = await self._log.committed(self.app.conf.id)
        for lane in lanes:
            offset = committed.get((lane.tp.topic, lane.tp.partition))
            lane.begin_at(offset or 0, offset)

    async def _fetch(self, lanes: list[Lane]) -> list[Fetched]:
        options = self.hooked.options
        fetched: list[Fetched] = []
        for lane in lanes:
            topic, partition = lane.tp
            end = lane.highwater = self._log.end(topic, partition)
            if lane.fetched >= end:
                continue
            records = await self._log.read(topic, partition, lane.fetched, options.batch_records, options.batch_bytes)
            if records:
                fetched.append(Fetched(lane, records, end))
        return fetched

    async def _rest(self) -> None:
        await self._wake.wait()

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        await self._log.commit(self.app.conf.id, {(tp.topic, tp.partition): at for tp, at in offsets.items()})
        return True

    def topic_partitions(self, topic: str) -> int | None:
        """Return how many partitions of a topic we read."""
        return sum(tp.topic == topic for tp in self.lanes) or None


class LocalTransport(base.Transport):
    """Faust's transport for ``local://``."""

    Consumer = LocalConsumer
    Producer = NoProducer
    driver_version = f"jiancha={version('jiancha')}"
    default_port = 0
