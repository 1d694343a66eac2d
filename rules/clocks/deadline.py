"""The parts of a deadline: day 0, what moves it, what it came to. Days are ordinals."""

from typing import Any, NamedTuple, Self, assert_never

import msgspec

from rules.calendar import WorkCalendar
from rules.cases.filed import Filed
from rules.catalog.models.base import Limit, Roll, Unit
from rules.clocks.pauses import PausedSpan


class Added(msgspec.Struct, frozen=True, gc=False):
    """An extension that counts: asked for on the day ``after``, ``n`` units more."""

    event_id: str
    after: int
    n: int
    unit: Unit


Moves = PausedSpan | Added
"""What moves a deadline, from the day ``after`` on."""


class Start(NamedTuple):
    """Day 0 (ordinal) of a limit and the instant (microseconds) from which hours run."""

    day: int
    at: int

    @classmethod
    def of(cls, days: WorkCalendar, day: int, by: Filed[Any]) -> Self:
        """Return day 0 given by an event; of one stamped to the day hours run from its end, which wrongs nobody."""
        return cls(day, by.at if by.exact else days.start_of(by.day + 1))


class Excluded(msgspec.Struct, frozen=True, gc=False):
    """Days taken out by one pause: ``after`` < d ≤ ``through``, of which ``n`` counted days."""

    event_id: str
    after: int
    through: int
    n: int


class Due(msgspec.Struct, frozen=True):
    """A deadline with its arithmetic. Days are ordinals.

    ``base`` is the due date before pauses and extensions, ``day`` after them (None while suspended without an end).
    ``late_from`` is the first instant (microseconds) at which it is too late. ``assumption`` says what a provisional
    deadline rests on; None where it is certain.
    """

    start: int
    limit: Limit
    base: int
    day: int | None
    late_from: int
    excluded: tuple[Excluded, ...] = ()
    extended: tuple[Added, ...] = ()
    assumption: str | None = None

    @property
    def certain(self) -> bool:
        """Return whether the calendar needed is known."""
        return self.assumption is None


def rolled(days: WorkCalendar, limit: Limit, day: int) -> int:
    """Return where a limit in natural days or months that ends on a day ends (民法典 203)."""
    return days.next_working(day) if limit.roll is Roll.NEXT_WORKING_DAY else day


def later(days: WorkCalendar, day: int, n: int, unit: Unit) -> int:
    """Return the day an extension ends that is counted on from a day; hours add no day to a limit in days."""
    match unit:
        case Unit.WORKING_DAY:
            return days.nth_after(day, n)
        case Unit.NATURAL_DAY:
            return day + n
        case Unit.MONTH:
            return days.add_months(day, n)
        case Unit.HOUR | Unit.OFFICE_HOUR:
            return day
        case never:
            assert_never(never)


def begin(item: Moves) -> tuple[int, int, str]:
    """Return the order in which moves are taken: by day, an extension before a pause of the same day."""
    return item.after, isinstance(item, PausedSpan), item.event_id
