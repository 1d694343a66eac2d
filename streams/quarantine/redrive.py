"""Records put aside, published again: as they were, or mended."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from rules.events.decode import Unplaceable, decode
from streams.log import Log, LogError, New, partition_of
from streams.quarantine.record import REDRIVEN, PutAside, mark_of
from streams.quarantine.shelf import Shelf
from streams.sources.item import case_of
from streams.topics.names import Topics


class NotRedriven(LogError):
    """A record cannot be published again. Raised before anything is; the caller shows why."""


class Redriven(NamedTuple):
    """What came of it: ids published, and ids left because they had been already."""

    published: tuple[str, ...]
    before: tuple[str, ...]


async def redrive(
    log: Log,
    topics: Topics,
    shelf: Shelf,
    chosen: Sequence[PutAside],
    mended: Mapping[str, bytes],
    *,
    now: int,
    again: bool = False,
) -> Redriven:
    """Publish chosen records to the events topic and mark them; ``mended`` holds other bytes for some, by id.

    ``now`` (real, microseconds) goes into the mark. Between the record and its mark a crash is harmless: the record
    published twice is a duplicate. NotRedriven where only the head of a record is there, or what was mended does not
    read; LogError where the log refuses.
    """
    before = () if again else tuple(one.id for one in chosen if one.id in shelf.redriven)
    news = [(one, _record(one, mended.get(one.id))) for one in chosen if one.id not in before]
    count = await log.partitions(topics.events)
    for one, new in news:
        number = partition_of(new.key, count) if new.key is not None else 0
        stamp = await _last_stamp(log, topics.events, number)
        await log.append(topics.events, number, [msgspec.structs.replace(new, stamp=stamp)])
        await log.append(topics.quarantine, 0, [mark_of(one.id, now)])
    return Redriven(tuple(one.id for one, _ in news), before)


async def _last_stamp(log: Log, topic: str, number: int) -> int | None:
    """Return the stamp of the last record of a partition: in a rehearsal time must not jump to the present."""
    earliest, end = await log.bounds(topic, number)
    last = await log.read(topic, number, max(earliest, end - 1), 1)
    return last[-1].stamp if last else None


def _record(one: PutAside, mended: bytes | None) -> New:
    if mended is None and not one.whole:
        raise NotRedriven(f"{one.id}：原长 {one.size:,} 字节，隔离区只存开头；须用 --with 给出全文")
    value = one.raw if mended is None else mended
    case = one.case_id or None
    if mended is not None:
        try:
            case = decode(mended).case_id
        except (Unplaceable, UnicodeDecodeError, RecursionError) as error:
            raise NotRedriven(f"{one.id}：更正后仍读不出：{error}") from None
    key = (case or case_of(value) or "").encode() or one.key
    return New(value, key, ((REDRIVEN, one.id.encode()),))
