"""An event in its place: read instants, local date, order within the case."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from rules.events.decode import Unplaceable
from rules.events.envelope import Event
from rules.events.instants import instant_of
from rules.events.kinds import BY_STRUCT, Kind
from rules.events.words import Precision

E = TypeVar("E", bound=Event)
E_co = TypeVar("E_co", bound=Event, covariant=True)
Key = tuple[int, int, int, int, str]
"""Order within a case: local date, lifecycle rank, instant, number of the kind, event id (``semantics.md`` §2)."""


class Filed(msgspec.Struct, Generic[E_co], frozen=True, gc=False):
    """An event (``event``) with its instant ``at`` and ``reported`` (microseconds), local date ``day`` and ``key``.

    ``at`` of an event stamped to the day is the local midnight that begins it.
    """

    event: E_co
    at: int
    day: int
    reported: int
    key: Key

    @property
    def exact(self) -> bool:
        """Return whether ``at`` is exact, not just the date."""
        return self.event.time_precision is Precision.SECOND


_SPEC: dict[type[Event], tuple[int, int]] = {of: (kind.rank, kind.number) for of, kind in BY_STRUCT.items()}


def kind_of(event: Event) -> Kind:
    """Return what the core knows of the type of an event."""
    return BY_STRUCT[type(event)]


def file(event: E, day_of: Callable[[int], int]) -> Filed[E]:
    """Return the event in its place; Unplaceable where its times cannot be read.

    ``day_of`` gives the local date (ordinal) of an instant. Without ``reported_at`` it was reported when it happened.
    """
    try:
        at = instant_of(event.occurred_at)
    except ValueError as err:
        raise Unplaceable(str(err), "occurred_at") from None
    stamp = event.reported_at
    try:
        reported = at if stamp is None or stamp == event.occurred_at else instant_of(stamp)
    except ValueError as err:
        raise Unplaceable(str(err), "reported_at") from None
    day = day_of(at)
    rank, number = _SPEC[type(event)]
    return Filed(event, at, day, reported, (day, rank, at, number, event.event_id))
