"""What lies in the quarantine topic: each record once, and whether it was published again."""

from collections.abc import Mapping
from typing import NamedTuple

from streams.log import Log
from streams.quarantine.record import PutAside, aside_of, redriven_at

AT_ONCE = 1000


class Shelf(NamedTuple):
    """Records put aside by their ids, in the order in which they were; ``redriven``: when some were published again."""

    records: Mapping[str, PutAside]
    redriven: Mapping[str, int]

    def matching(self, reason: str) -> list[PutAside]:
        """Return the records whose reason or field holds a text."""
        return [one for one in self.records.values() if reason in one.reason or (reason and reason == one.field)]


async def shelf_of(log: Log, topic: str) -> Shelf:
    """Return what lies in a topic, read whole; LogError where it cannot be.

    A worker that ended in the middle puts a record aside again: it is one, as it stood first.
    """
    records: dict[str, PutAside] = {}
    redriven: dict[str, int] = {}
    for number in range(await log.partitions(topic)):
        at, end = await log.bounds(topic, number)
        while at < end and (read := await log.read(topic, number, at, AT_ONCE)):
            for record in read:
                again = redriven_at(record)
                one = aside_of(record)
                if again is None:
                    records.setdefault(one.id, one)
                else:
                    redriven[one.id] = again
            at = read[-1].offset + 1
    return Shelf(records, redriven)
