"""Records of a log: as read, to be appended, and in batches. Stamps are whole microseconds since 1970.

Kafka keeps milliseconds; so does the local log, that both answer alike.
"""

import msgspec

Headers = tuple[tuple[str, bytes], ...]


class Record(msgspec.Struct, frozen=True, gc=False):
    """A record as read. ``stamp`` is the log's own where the topic is stamped on arrival, else the producer's."""

    offset: int
    stamp: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


class New(msgspec.Struct, frozen=True, gc=False):
    """A record to be appended. ``stamp`` counts where the topic keeps the producer's; None is the present."""

    value: bytes | None
    key: bytes | None = None
    headers: Headers = ()
    stamp: int | None = None


class Batch(msgspec.Struct, frozen=True):
    """Consecutive records of one partition, never none. ``end`` is the log's next offset when read, where known."""

    topic: str
    partition: int
    records: list[Record]
    end: int | None = None

    @property
    def next_offset(self) -> int:
        """Return the offset behind the last record: what is committed once the batch is done."""
        return self.records[-1].offset + 1
