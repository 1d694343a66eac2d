"""Appending to one partition: records are packed into batches, which are sent in order and awaited together."""

import asyncio
from collections.abc import Awaitable, Sequence

from aiokafka import AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.structs import RecordMetadata

from streams.log.record import New

BATCH_BYTES = 512 << 10
"""Bytes of a batch, below the 1 MB a topic allows by default; a larger record travels alone."""
END_SECONDS = 5.0


async def append(
    producer: AIOKafkaProducer, order: asyncio.Lock, topic: str, partition: int, records: Sequence[New]
) -> None:
    """Return once every record is acknowledged; the first failure is raised after all are settled.

    ``order`` is the partition's: batches of one append stay together, while those of the next are already on their way.
    """
    sent: list[Awaitable[RecordMetadata]] = []
    at = 0
    try:
        async with order:
            while at < len(records):
                batch, at = _filled(producer, records, at)
                sent.append(await producer.send_batch(batch, topic, partition=partition))
    finally:
        settled = await asyncio.gather(*sent, return_exceptions=True)
    for outcome in settled:
        if isinstance(outcome, BaseException):
            raise outcome


def _filled(producer: AIOKafkaProducer, records: Sequence[New], at: int) -> tuple[BatchBuilder, int]:
    batch = producer.create_batch()
    add = batch.append
    for new in records[at:]:
        stamp = None if new.stamp is None else new.stamp // 1000
        if add(timestamp=stamp, key=new.key, value=new.value, headers=list(new.headers)) is None:
            break
        at += 1
    batch.close()
    return batch, at


async def end(producer: AIOKafkaProducer) -> None:
    """End a producer once what it has is sent. An idempotent one never gives up on that, so it is made to."""
    try:
        async with asyncio.timeout(END_SECONDS):
            await producer.stop()
    except TimeoutError:
        await producer._sender.close()  # noqa: SLF001 - there is no public way to leave without sending
        await producer.client.close()
