"""What to feed and how fast; how far it is; what came of it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import msgspec

from rules.events.instants import HOUR


class FeedOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What to feed. Instants and durations are microseconds.

    ``sources`` are paths, ``-`` is standard input; ``mapping`` says how foreign records read. What was reported after
    ``until`` is left out. ``rate`` is at most so many records a second; ``speed`` is how many times as fast as they
    were reported. ``ticks_every``: in a rehearsal, how far apart ticks are.
    """

    sources: tuple[str, ...]
    mapping: Path | None = None
    until: int | None = None
    rate: Fraction | None = None
    speed: Fraction | None = None
    ticks_every: int = HOUR


class FeedPhase(StrEnum):
    """What a feed is doing (阶段)."""

    READING = "读取"
    SENDING = "送入"


class FeedProgress(msgspec.Struct, frozen=True):
    """How far a feed is: ``fraction`` of the whole, 0 to 1; ``records`` read or sent so far."""

    phase: FeedPhase
    fraction: float
    records: int


Report = Callable[[FeedProgress], None]


class Fed(msgspec.Struct, frozen=True):
    """What became of the records: read = published + quarantined + filtered.

    Of those published, ``unreadable`` could not be read and went in under their case, that it be known as incomplete:
    a worker puts them aside. ``quarantined`` and ``filtered`` count by reason. ``copies`` of records without a case and
    ``ticks`` come on top. ``first`` and ``last`` report (microseconds; None: nothing was published).
    """

    read: int
    published: int
    unreadable: int
    quarantined: Mapping[str, int]
    filtered: Mapping[str, int]
    copies: int
    ticks: int
    first: int | None
    last: int | None

    def reconciles(self) -> bool:
        """Return whether every record read ended somewhere."""
        return self.read == self.published + sum(self.quarantined.values()) + sum(self.filtered.values())
