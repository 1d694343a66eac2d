"""Where a key goes: the partitioner of Kafka's own clients, so that all producers agree."""

from functools import lru_cache

from aiokafka.partitioner import murmur2


@lru_cache(1 << 16)
def partition_of(key: bytes, count: int) -> int:
    """Return the partition of a key among ``count``: murmur2 without its sign, as Kafka's Java client has it."""
    hashed: int = murmur2(key)
    return (hashed & 0x7FFFFFFF) % count
