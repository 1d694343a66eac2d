"""How far things are at a glance: the simulated instant, records, rates, what waits."""

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.cli.demo.heard import Heard
from streams.settings.settings import Role

if TYPE_CHECKING:
    from streams.worker.service import Service

FOLDED = ("folded", "duplicate", "quarantined")
"""What may become of a record of a case."""
WINDOW = 3.0
"""Seconds over which a rate is told, at least."""


@dataclass(frozen=True, slots=True)
class Span:
    """The simulated time that passes: from one instant to another (microseconds)."""

    begins: int
    ends: int

    def share(self, now: int) -> float:
        """Return how much of it has passed, 0 to 1."""
        return min(1.0, max(0.0, (now - self.begins) / (self.ends - self.begins)))


@dataclass(frozen=True, slots=True)
class Glance:
    """How far things are: ``now`` is the simulated instant (microseconds), 0 before the first record.

    ``judged`` counts records of cases, ``rate`` those judged a second; ``unjudged`` and ``unstored`` count records of
    the log, ticks among them, that wait for supervision, and of which the store has not yet said that it has them.
    """

    span: Span
    now: int
    sent: int
    judged: int
    rate: float
    unjudged: int
    unstored: int
    cases: int
    heard: Heard


class Gauge:
    """Reads off a service how far it is; ``sent`` is set by whoever feeds."""

    def __init__(self, service: "Service", heard: Heard, span: Span) -> None:
        self.sent = 0
        self._service = service
        self._heard = heard
        self._span = span
        self._seen: deque[tuple[float, int]] = deque()

    def look(self, at: float) -> Glance:
        """Return how far things are at an instant of a steady clock (seconds)."""
        service = self._service
        events = service.topics.events
        desks = service.supervision.desks if service.supervision is not None else {}
        cases = [desk for (topic, _), desk in desks.items() if topic == events]
        judged = sum(desk.partition.total[what] for desk in cases for what in FOLDED)
        standings = service.standings()
        ends = {place: one.end for some in standings.values() for place, one in some.items()}
        stored = standings.get(Role.SINK.value, {}).values()
        return Glance(
            span=self._span,
            now=max((desk.partition.now for desk in cases), default=0),
            sent=self.sent,
            judged=judged,
            rate=self._rate(at, judged),
            unjudged=sum(max(0, ends.get(place, 0) - desk.partition.next_offset) for place, desk in desks.items()),
            unstored=sum(max(0, one.end - one.committed) for one in stored),
            cases=sum(desk.partition.size for desk in cases),
            heard=self._heard,
        )

    def _rate(self, at: float, judged: int) -> float:
        self._seen.append((at, judged))
        while len(self._seen) > 1 and at - self._seen[1][0] >= WINDOW:  # looks may be further apart than that
            self._seen.popleft()
        since, before = self._seen[0]
        return (judged - before) / (at - since) if at > since else 0.0
