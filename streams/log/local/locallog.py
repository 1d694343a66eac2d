"""The local log on an event loop."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from streams.log.errors import LogFailed, TopicMissing
from streams.log.local.file import Clock, LogFile, Part, microseconds
from streams.log.local.held import Held, hold, release
from streams.log.local.topic import Topic
from streams.log.record import New, Record

MOST_BYTES = 16 << 20


class LocalLog:
    """A log in a folder. All that are open on one folder in one process share its file.

    ``clock`` gives whole microseconds and stamps what arrives. Opened read-only it works beside the writing process.
    """

    def __init__(self, folder: Path, *, read_only: bool = False, clock: Clock = microseconds) -> None:
        self.folder = folder.resolve()
        self.read_only = read_only
        self._clock = clock
        self._held: Held | None = None

    async def start(self) -> None:
        """Open the file, which is made unless it is opened read-only; LogMissing, LogLocked, LogFailed."""
        if self._held is not None:
            return
        if self.read_only:
            self._held = Held(LogFile(self.folder, read_only=True), None)
        else:
            self._held = hold(self.folder, self._clock)

    async def stop(self) -> None:
        """Close the file where nobody else uses it."""
        held, self._held = self._held, None
        if held is None:
            return
        if self.read_only:
            await held.close()
        else:
            await release(held)

    async def create_topic(self, name: str, partitions: int, config: Mapping[str, str] | None = None) -> None:
        """Make a topic with a configuration in Kafka's words; TopicExists where it is there."""
        held = self._open(writing=True)
        await held.write(held.file.create, Topic(name, partitions, dict(config or {})))

    async def topics(self) -> dict[str, Topic]:
        """Return the topics by name."""
        return dict((await self._fresh()).topics)

    async def partitions(self, topic: str) -> int:
        """Return the number of partitions of a topic; TopicMissing."""
        file = await self._fresh()
        return _topic(file, topic).partitions

    async def append(self, topic: str, partition: int, records: Sequence[New]) -> None:
        """Append records in their order and return once all are synced to the disk; TopicMissing, LogFailed."""
        held = self._open(writing=True)
        part = _part(held.file, topic, partition)
        if part.topic.compacted and any(new.key is None for new in records):
            raise LogFailed(f"主题 {topic} 只留每个键的最后一条，记录却没有键")
        if records:
            await held.append(topic, partition, records)

    async def bounds(self, topic: str, partition: int) -> tuple[int, int]:
        """Return the earliest offset, which is always 0 here, and the next one to be written; TopicMissing."""
        return 0, _part(await self._fresh(), topic, partition).next

    async def read(
        self, topic: str, partition: int, start: int, limit: int, most_bytes: int = MOST_BYTES
    ) -> list[Record]:
        """Return up to ``limit`` records from ``start`` on, about ``most_bytes`` of them but at least one."""
        file = await self._fresh()
        part = _part(file, topic, partition)
        if start >= part.next:
            return []
        return await self._open().read(file.read, part, start, limit, most_bytes)

    def end(self, topic: str, partition: int) -> int:
        """Return the next offset to be written as this process knows it; TopicMissing."""
        return _part(self._open().file, topic, partition).next

    def listen(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Have a function called, on the loop, after each append of this process; return what ends that."""
        listeners = self._open().listeners
        listeners.add(listener)
        return lambda: listeners.discard(listener)

    async def commit(self, group: str, offsets: Mapping[tuple[str, int], int]) -> None:
        """Keep, durably, the next offsets of a group of consumers by topic and partition; TopicMissing, LogFailed."""
        held = self._open(writing=True)
        for topic, partition in offsets:
            _part(held.file, topic, partition)
        await held.write(held.file.commit, group, dict(offsets))

    async def committed(self, group: str) -> dict[tuple[str, int], int]:
        """Return the next offsets of a group of consumers, where it has committed any."""
        file = await self._fresh()
        return await self._open().read(file.committed, group)

    def _open(self, *, writing: bool = False) -> Held:
        if self._held is None:
            raise LogFailed(f"{self.folder} 中的日志没有打开")
        if writing and self.read_only:
            raise LogFailed(f"{self.folder} 中的日志以只读打开")
        return self._held

    async def _fresh(self) -> LogFile:
        """Return the file; where another process writes, after looking how far it has come."""
        held = self._open()
        if self.read_only:
            await held.read(held.file.refresh)
        return held.file


def _topic(file: LogFile, topic: str) -> Topic:
    found = file.topics.get(topic)
    if found is None:
        raise TopicMissing(f"日志中没有主题 {topic}；先运行 jiancha topics apply")
    return found


def _part(file: LogFile, topic: str, partition: int) -> Part:
    part = file.parts.get((topic, partition))
    if part is None:
        count = _topic(file, topic).partitions
        raise TopicMissing(f"主题 {topic} 有 {count} 个分区，没有第 {partition} 个")
    return part
