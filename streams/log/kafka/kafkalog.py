"""The log on Apache Kafka."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from streams.log.broker import Access, Servers
from streams.log.errors import LogFailed, TopicMissing
from streams.log.kafka.appending import BATCH_BYTES, append, end
from streams.log.kafka.failing import said_as_log_errors
from streams.log.kafka.reading import FETCH_BYTES, WAIT_MS, Reader
from streams.log.record import New, Record

MOST_READERS = 16
LARGEST_RECORD = 64 << 20


class KafkaLog:
    """Topics of an Apache Kafka. Topics are never made here.

    ``patience`` is for how many seconds an append is tried again before it fails. Whether its records are in the log
    is then unknown, and nothing more can be appended.
    """

    def __init__(self, servers: Servers, *, access: Access | None = None, patience: float = 30.0) -> None:
        self.servers = servers
        self._access = access or Access()
        self._patience = patience
        self._producer: AIOKafkaProducer | None = None
        self._asker: AIOKafkaConsumer | None = None
        self._counts: dict[str, int] = {}
        self._readers: dict[tuple[str, int], Reader] = {}
        self._turns: defaultdict[tuple[str, int], asyncio.Lock] = defaultdict(asyncio.Lock)
        self._order: defaultdict[tuple[str, int], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def start(self) -> None:
        """Connect; LogFailed where no server answers."""
        if self._producer is not None:
            return
        self._producer = AIOKafkaProducer(
            bootstrap_servers=list(self.servers.hosts),
            acks="all",
            enable_idempotence=True,
            max_batch_size=BATCH_BYTES,
            max_request_size=LARGEST_RECORD,
            request_timeout_ms=int(self._patience * 1000),
            **self._access.aiokafka(),
        )
        self._asker = self._consumer()
        try:
            with said_as_log_errors(f"连接 {','.join(self.servers.hosts)}"):
                await self._producer.start()
                await self._asker.start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Disconnect, after what is on its way is settled."""
        producer, self._producer = self._producer, None
        asker, self._asker = self._asker, None
        readers = list(self._readers.values())
        self._readers.clear()
        self._counts.clear()
        for reader in readers:
            await reader.close()
        if asker is not None:
            await asker.stop()
        if producer is not None:
            await end(producer)

    async def partitions(self, topic: str) -> int:
        """Return the number of partitions of a topic; TopicMissing, LogFailed."""
        if topic not in self._counts:
            with said_as_log_errors(f"询问主题 {topic}"):
                # Asking for all topics makes none; asking for one would, where the broker creates what is named.
                known = await self._asking()._client.fetch_all_metadata()  # noqa: SLF001 - see above
            found = known.partitions_for_topic(topic)
            if not found:
                raise TopicMissing(f"Kafka 中没有主题 {topic}；先运行 jiancha topics apply")
            self._counts[topic] = len(found)
        return self._counts[topic]

    async def append(self, topic: str, partition: int, records: Sequence[New]) -> None:
        """Append records in their order and return once all in-sync replicas have them; TopicMissing, LogFailed."""
        await self._check(topic, partition)
        if self._producer is None:
            raise LogFailed("Kafka 没有连接")
        with said_as_log_errors(f"写主题 {topic} 第 {partition} 分区"):
            async with asyncio.timeout(self._patience):
                await append(self._producer, self._order[topic, partition], topic, partition, records)

    async def bounds(self, topic: str, partition: int) -> tuple[int, int]:
        """Return the earliest offset kept and the next one to be written; TopicMissing, LogFailed."""
        await self._check(topic, partition)
        tp = TopicPartition(topic, partition)
        with said_as_log_errors(f"询问主题 {topic} 第 {partition} 分区的首尾"):
            earliest = await self._asking().beginning_offsets([tp])
            end = await self._asking().end_offsets([tp])
        return earliest[tp], end[tp]

    async def read(self, topic: str, partition: int, start: int, limit: int) -> list[Record]:
        """Return up to ``limit`` records from ``start`` on, or from the next one kept; [] only at the end."""
        await self._check(topic, partition)
        key = (topic, partition)
        async with self._turns[key]:
            with said_as_log_errors(f"读主题 {topic} 第 {partition} 分区"):
                reader = await self._reader(topic, partition)
                records = await reader.read(start, limit)
            if not records:
                # One that has come to the end is not likely asked again soon, and would go on fetching meanwhile.
                await self._forget(key)
        return records

    async def _reader(self, topic: str, partition: int) -> Reader:
        key = (topic, partition)
        reader = self._readers.pop(key, None)
        if reader is None:
            idle = [other for other in self._readers if not self._turns[other].locked()]
            if len(self._readers) >= MOST_READERS and idle:
                await self._forget(idle[0])
            reader = await Reader.open(self._consumer, topic, partition)
        self._readers[key] = reader
        return reader

    async def _forget(self, key: tuple[str, int]) -> None:
        reader = self._readers.pop(key, None)
        if reader is not None:
            await reader.close()

    def _consumer(self) -> AIOKafkaConsumer:
        return AIOKafkaConsumer(
            bootstrap_servers=list(self.servers.hosts),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            check_crcs=False,  # TCP and the broker check; ours would cost a tenth of the time of reading
            max_partition_fetch_bytes=FETCH_BYTES,
            fetch_max_wait_ms=WAIT_MS,
            request_timeout_ms=int(self._patience * 1000),
            **self._access.aiokafka(),
        )

    def _asking(self) -> AIOKafkaConsumer:
        if self._asker is None:
            raise LogFailed("Kafka 没有连接")
        return self._asker

    async def _check(self, topic: str, partition: int) -> None:
        count = await self.partitions(topic)
        if not 0 <= partition < count:
            raise TopicMissing(f"主题 {topic} 有 {count} 个分区，没有第 {partition} 个")
