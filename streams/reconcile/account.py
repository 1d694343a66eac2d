"""Log, state, quarantine and store beside each other."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec

from streams.live.rows import source_of
from streams.log import Log
from streams.quarantine.shelf import Shelf, shelf_of
from streams.reconcile.events import Remembered, remembered
from streams.reconcile.said import CardsTopic
from streams.reconcile.stored import Stored
from streams.topics.names import Topics

AGAIN_AFTER = 0.5
"""Seconds between two looks while the store catches up."""
NOT_ARCHIVED = ("quarantined", "forwarded", "empty")
"""Outcomes of records that are not archived from where they stood: they lie elsewhere, or hold nothing."""


class PartitionAccount(msgspec.Struct, frozen=True):
    """A partition of the events topic: read = folded + duplicate + quarantined + forwarded + relayed + ticks.

    ``aside`` lies in the quarantine topic, ``archived`` and ``stored_aside`` in the store (None: it was not asked).
    ``waiting`` records have not been read yet.
    """

    number: int
    read: int
    total: dict[str, int]
    waiting: int
    aside: int
    archived: int | None
    stored_aside: int | None

    @property
    def differences(self) -> tuple[str, ...]:
        """Return what does not reconcile, in Chinese."""
        found: list[str] = []
        accounted = sum(self.total.values())
        quarantined = self.total.get("quarantined", 0)
        archived = accounted - sum(self.total.get(one, 0) for one in NOT_ARCHIVED)
        if accounted != self.read:
            found.append(f"读入 {self.read:,}，去向合计 {accounted:,}")
        if quarantined != self.aside:
            found.append(f"隔离 {quarantined:,}，隔离主题中 {self.aside:,}")
        if self.archived is not None and self.archived != archived:
            found.append(f"应归档 {archived:,}，存储中 {self.archived:,}")
        if self.stored_aside is not None and self.stored_aside != quarantined:
            found.append(f"隔离 {quarantined:,}，存储的隔离区中 {self.stored_aside:,}")
        return tuple(found)


class HourOfCards(msgspec.Struct, frozen=True):
    """An hour (since 1970, UTC) in which transitions were known: in the cards topic, and in the store."""

    hour: int
    said: int
    stored: int | None

    @property
    def differs(self) -> bool:
        """Return whether the store has more or fewer."""
        return self.stored is not None and self.stored != self.said


class Account(msgspec.Struct, frozen=True):
    """All of it. ``again`` records of the cards topic say something once more, ``strange`` ones are no transition."""

    partitions: tuple[PartitionAccount, ...]
    hours: tuple[HourOfCards, ...]
    again: int
    strange: int

    @property
    def holds(self) -> bool:
        """Return whether everything reconciles."""
        return not self.strange and not any(
            (*(one.differences for one in self.partitions), *(one.differs for one in self.hours))
        )


async def reconciled(
    log: Log,
    topics: Topics,
    stored: Stored | None,
    *,
    settle: float = 0.0,
    now: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Account:
    """Return the account of a live edge. LogError, StoreError where something cannot be asked.

    What is on its way shows as a difference: it is looked at again for up to ``settle`` seconds. Without a store only
    the log is reconciled with itself.
    """
    cards = CardsTopic(log, topics.cards)
    until = now() + settle
    while True:
        await cards.read()
        shelf = await shelf_of(log, topics.quarantine)
        count = await log.partitions(topics.events)
        partitions = [await _partition(log, topics, stored, shelf, number) for number in range(count)]
        kept = await asyncio.to_thread(stored.hours) if stored is not None else None
        hours = [
            HourOfCards(hour, cards.hours[hour], kept.get(hour, 0) if kept is not None else None)
            for hour in sorted({*cards.hours, *(kept or ())})
        ]
        account = Account(tuple(partitions), tuple(hours), cards.again, cards.strange)
        if account.holds or now() >= until:
            return account
        await sleep(AGAIN_AFTER)


async def _partition(log: Log, topics: Topics, stored: Stored | None, shelf: Shelf, number: int) -> PartitionAccount:
    found: Remembered = await remembered(log, topics.events, topics.state_cases, number)
    source = source_of(topics.events, number)
    archived = aside = None
    if stored is not None:
        archived = await asyncio.to_thread(stored.events, source, found.counted)
        aside = await asyncio.to_thread(stored.quarantined, source, found.counted)
    return PartitionAccount(
        number=number,
        read=found.counted - found.earliest,
        total=dict(found.total),
        waiting=found.end - found.counted,
        aside=sum(_offset(name, source) in range(found.counted) for name in shelf.records),
        archived=archived,
        stored_aside=aside,
    )


def _offset(name: str, source: str) -> int:
    """Return the offset in a partition that the id of a record put aside names; -1 where it names another."""
    place, _, offset = name.rpartition("-")
    return int(offset) if place == source and offset.isdecimal() else -1
