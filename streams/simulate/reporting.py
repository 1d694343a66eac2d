"""How and when a source reports (报送): at once, in nightly batches, not at all while it is down."""

from collections.abc import Sequence
from random import Random

from rules.catalog.models.sources import Source
from rules.events.words import Result
from streams.simulate.moments import DAY, HOUR, MINUTE, Moment, moment

PROMPT = 90
"""Seconds within which an online source usually reports."""

BATCH_OPENS, BATCH_LASTS = 2 * HOUR, 2 * HOUR
BACKLOG = 40 * MINUTE
"""How long a source takes to send what gathered while it was down."""

EPOCH = 719_163
"""Ordinal of 1970-01-01."""

EAST_8 = 8 * HOUR


class Reporter:
    """The reporting habits of one source; moments in, moments out.

    ``tardy`` is the share of records that come late, though within the delay the source declares.
    """

    def __init__(self, source: Source | None, tardy: float) -> None:
        self.id = source.id if source is not None else None
        self.delay = (source.delay_minutes if source is not None else 30) * MINUTE
        self.nightly = source is not None and source.delay_minutes * MINUTE >= DAY
        self.says_entered = not self.nightly
        """A batch system reports a stage once, when it has ended."""

        self.heartbeat = source.heartbeat_minutes * MINUTE if source is not None and source.heartbeat_minutes else None
        self.outages: Sequence[tuple[Moment, Moment]] = tuple(
            (_local(down.start.timestamp()), _local(down.end.timestamp()))
            for down in (source.outages if source is not None else ())
        )
        self.results: dict[Result, str] = {}
        """How the source spells a result."""

        for code, result in (source.results if source is not None else {}).items():
            self.results.setdefault(result, code)
        self.tardy = tardy

    def reported(self, at: Moment, rng: Random) -> Moment:
        """Return when something that happened at a moment comes in."""
        draw = rng.random()
        if self.nightly:
            comes = moment(at // DAY + 1) + BATCH_OPENS + int(draw * BATCH_LASTS)
        elif draw < self.tardy:
            comes = at + int(rng.random() * self.delay * 0.9)
        else:
            comes = at + 1 + int(draw * PROMPT)
        for start, end in self.outages:
            if start <= comes < end:
                return end + MINUTE + int(rng.random() * BACKLOG)
        return comes

    def is_down(self, at: Moment) -> bool:
        """Return whether the source is down at a moment."""
        return any(start <= at < end for start, end in self.outages)


def _local(timestamp: float) -> Moment:
    return int(timestamp) + EAST_8 + EPOCH * DAY
