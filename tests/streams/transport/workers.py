"""Apps for tests: started, watched and stopped on the loop of the test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from faust.types import TP
from mode import Service

from streams.log import Batch, Log, New, open_log
from streams.transport import LogApp, Options, app_on
from tests.kafka.grounds import Ground

QUICK = Options(session=10.0, rebalance=20.0, drain=2.0)

Work = Callable[[Batch], Awaitable[None]]


class Worker:
    """An app with one agent on one topic. It notes the batches it has done, and who was told what."""

    def __init__(
        self, ground: Ground, topic: str, group: str, work: Work | None = None, options: Options = QUICK
    ) -> None:
        self.done: list[Batch] = []
        self.told: list[str] = []
        self._changed = asyncio.Event()
        self.app: LogApp = app_on(
            ground.broker,
            id=group,
            options=options,
            on_assigned=self._on_assigned,
            on_revoked=self._on_revoked,
            broker_commit_interval=0.1,
        )

        async def agent(stream: object) -> None:
            async for batch in stream:  # type: ignore[attr-defined]  # Faust hands a stream
                self._tell(f"begun {batch.partition}")
                if work is not None:
                    await work(batch)
                self.done.append(batch)
                self._tell(f"done {batch.partition}")

        self.app.agent(self.app.topic(topic))(agent)

    async def _on_assigned(self, tps: set[TP]) -> None:
        self._tell(f"assigned {sorted(tp.partition for tp in tps)}")

    async def _on_revoked(self, tps: set[TP]) -> None:
        self._tell(f"revoked {sorted(tp.partition for tp in tps)}")

    def _tell(self, what: str) -> None:
        self.told.append(what)
        self._changed.set()

    @property
    def offsets(self) -> dict[int, list[int]]:
        """Return the offsets done, by partition, in the order they were done."""
        found: dict[int, list[int]] = {}
        for batch in self.done:
            found.setdefault(batch.partition, []).extend(record.offset for record in batch.records)
        return found

    @property
    def count(self) -> int:
        """Return how many records were done."""
        return sum(len(batch.records) for batch in self.done)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds; the limit is the test's."""
        while not condition():
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), 0.05)
            except TimeoutError:
                continue

    async def until_committed(self, offsets: dict[int, int]) -> None:
        """Wait until partitions are committed up to these offsets."""
        await self.until(
            lambda: offsets == {tp.partition: at.committed or 0 for tp, at in self.app.positions().items()}
        )


@asynccontextmanager
async def running(*workers: Worker) -> AsyncIterator[None]:
    """Start apps, and stop them in the end."""
    for worker in workers:
        await worker.app.start()
    try:
        yield
    finally:
        for worker in workers:
            await worker.app.stop()


@asynccontextmanager
async def opened(ground: Ground) -> AsyncIterator[Log]:
    """Open the log that apps of the test read."""
    log = open_log(ground.broker)
    await log.start()
    try:
        yield log
    finally:
        await log.stop()


async def fill(log: Log, topic: str, counts: dict[int, int], size: int = 10) -> None:
    """Append so many records to each partition."""
    for partition, count in counts.items():
        await log.append(topic, partition, [New(b"%d" % at + b"x" * size, key=b"k") for at in range(count)])


async def until_crashed(service: Service) -> BaseException:
    """Wait until a service has crashed, and return why."""
    await service.wait_until_stopped()
    assert service.crash_reason is not None
    return service.crash_reason
