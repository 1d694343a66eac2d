"""What became of the records of each partition, as its worker remembers it in the state topic."""

from collections.abc import Mapping

import msgspec

from streams.live.state import PARTITION, Position, position_of
from streams.log import Log

TAIL = 2000
"""Records read from the end of a state first; a position stands at the end of what each batch left behind."""


class Remembered(msgspec.Struct, frozen=True):
    """How far a partition was read, of which records, and what became of them.

    ``earliest`` is the first offset the log keeps, ``counted`` the first that is not accounted for, ``end`` the next to
    be written. ``total`` counts by outcome: folded, duplicate, quarantined, forwarded, relayed, tick.
    """

    earliest: int
    counted: int
    end: int
    total: Mapping[str, int]
    hours: Mapping[int, Mapping[str, int]]


async def remembered(log: Log, topic: str, state: str, number: int) -> Remembered:
    """Return what is remembered of a partition; LogError where it cannot be read, StateSchemaError of another version.

    ``hours`` (since 1970, UTC) holds the last days only. Of a partition nobody has read yet all is nought.
    """
    earliest, end = await log.bounds(topic, number)
    position = await _position(log, state, number)
    if position is None:
        return Remembered(earliest, earliest, end, {}, {})
    return Remembered(earliest, position.counted, end, position.total, position.hours)


async def _position(log: Log, state: str, number: int) -> Position | None:
    """Return the last position in a partition of a state topic, sought from its end."""
    first, end = await log.bounds(state, number)
    reach = TAIL
    while True:
        start = max(first, end - reach)
        found: bytes | None = None
        at = start
        while at < end and (read := await log.read(state, number, at, TAIL)):
            found = next((one.value for one in reversed(read) if one.key == PARTITION), None) or found
            at = read[-1].offset + 1
        if found is not None:
            return position_of(found)
        if start == first:
            return None
        reach *= 10
