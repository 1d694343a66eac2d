"""Dates in force that overlap or leave a gap. ``until`` is the first day on which an entry no longer holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.catalog.models.base import InForce


@dataclass(frozen=True, slots=True)
class Overlap:
    """The entry at a position begins on a day on which the one at ``other`` still holds."""

    at: int
    other: int
    day: date


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing holds from ``since`` until ``until`` (exclusive; None: for ever). ``at`` is the entry beside it."""

    at: int
    since: date
    until: date | None

    def __str__(self) -> str:
        """The gap in Chinese."""
        return f"{self.since} 起" if self.until is None else f"{self.since} 至 {self.until}（不含）"


def overlaps(entries: Sequence[InForce]) -> Iterator[Overlap]:
    """Where an entry begins before an earlier one has ended: one for each entry, beside the one that holds longest."""
    held: int | None = None
    for at in _by_date(entries):
        if held is None:
            held = at
            continue
        until = entries[held].until
        if until is None or entries[at].from_ < until:
            yield Overlap(at, held, entries[at].from_)
        if _last(entries[at]) > _last(entries[held]):
            held = at


def gaps(entries: Sequence[InForce], since: date | None = None) -> Iterator[Gap]:
    """Where nothing holds between two entries, and between ``since`` and the first."""
    held: date | None = since
    for at in _by_date(entries):
        if held is not None and entries[at].from_ > held:
            yield Gap(at, held, entries[at].from_)
        held = max(held or date.min, _last(entries[at]))


def gap_at_end(entries: Sequence[InForce], until: date | None) -> Gap | None:
    """The time between the end of the last entry and ``until`` (None: for ever), if there is any."""
    if not entries:
        return None
    last = max(range(len(entries)), key=lambda at: _last(entries[at]))
    end = entries[last].until
    return Gap(last, end, until) if end is not None and (until is None or end < until) else None


def _by_date(entries: Sequence[InForce]) -> list[int]:
    return sorted(range(len(entries)), key=lambda at: entries[at].from_)


def _last(entry: InForce) -> date:
    return entry.until or date.max
