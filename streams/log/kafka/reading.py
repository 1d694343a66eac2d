"""Reading one partition from any offset, without a group: a consumer of its own that is kept while it goes on."""

from collections.abc import Callable
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.log.record import Record

FETCH_BYTES = 8 << 20
WAIT_MS = 200


def to_record(wire: Any) -> Record:
    """Return a record of aiokafka as we know it."""
    return Record(wire.offset, wire.timestamp * 1000, wire.key, wire.value, tuple(wire.headers))


class Reader:
    """A consumer of one partition. It is at ``next``, the offset it would read next."""

    def __init__(self, consumer: AIOKafkaConsumer, topic: str, partition: int) -> None:
        self._consumer = consumer
        self._tp = TopicPartition(topic, partition)
        self._end = 0
        self.next = -1

    @classmethod
    async def open(cls, make: Callable[[], AIOKafkaConsumer], topic: str, partition: int) -> "Reader":
        """Return a reader of a partition, connected."""
        consumer = make()
        try:
            await consumer.start()
        except BaseException:
            await consumer.stop()
            raise
        consumer.assign([TopicPartition(topic, partition)])
        return cls(consumer, topic, partition)

    async def read(self, start: int, limit: int) -> list[Record]:
        """Return up to ``limit`` records from ``start`` on; [] only at the end."""
        if start != self.next:
            self._consumer.seek(self._tp, start)
            self.next = start
        while True:
            if self.next >= self._end:
                self._end = (await self._consumer.end_offsets([self._tp]))[self._tp]
                if self.next >= self._end:
                    return []
            got = await self._consumer.getmany(self._tp, timeout_ms=WAIT_MS, max_records=limit)
            # Behind the last record kept, compaction leaves a gap, which the position passes without a record.
            self.next = await self._consumer.position(self._tp)
            if wires := got.get(self._tp):
                return [to_record(wire) for wire in wires]

    async def close(self) -> None:
        """End the consumer."""
        await self._consumer.stop()
