"""A due date from a start, a limit, pauses and extensions, taken in order of date.

A pause or an extension moves the deadline only if it begins on or before the deadline as it stands then
(``semantics.md`` §3).
"""

from collections.abc import Sequence
from typing import NamedTuple, assert_never

import msgspec

from rules.calendar import WorkCalendar
from rules.catalog.models.base import Limit, Roll, Unit
from rules.clocks.pauses import OPEN, PausedSpan
from rules.verdicts import NEVER


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


def due_of(
    days: WorkCalendar,
    limit: Limit,
    start: Start,
    moves: Sequence[Moves] = (),
    *,
    base: int | None = None,
) -> Due:
    """Return the deadline of a limit that starts on a day (instant for hours); day 0 is not counted (民法典 201).

    ``base`` replaces the computed first due date where a slip binds.
    """
    match limit.unit:
        case Unit.WORKING_DAY:
            first = days.nth_after(start.day, limit.n)
        case Unit.NATURAL_DAY:
            first = start.day + limit.n
        case Unit.MONTH:
            first = days.add_months(start.day, limit.n)
        case Unit.HOUR | Unit.OFFICE_HOUR:
            return _hours(days, limit, start, moves)
        case never:
            assert_never(never)
    raw = first if base is None else base
    working = limit.unit is Unit.WORKING_DAY
    due: int | None = raw if working or base is not None else _rolled(days, limit, raw)
    base_day = due
    if not moves:
        return _told(days, limit, start.day, raw, due)
    excluded: list[Excluded] = []
    extended: list[Added] = []
    covered = start.day
    for item in sorted(moves, key=_begin):
        if due is None or item.after > due:
            continue
        if isinstance(item, Added):
            raw = _later(days, raw, item.n, item.unit)
            extended.append(item)
        else:
            after = max(item.after, covered)
            if item.through >= OPEN:
                excluded.append(Excluded(item.event_id, after, OPEN, 0))
                due = None
                continue
            if item.through <= after:
                continue
            n = days.working_between(after, item.through) if working else item.through - after
            raw = days.nth_after(raw, n) if working else raw + n
            covered = item.through
            excluded.append(Excluded(item.event_id, after, item.through, n))
        due = raw if working else _rolled(days, limit, raw)
    told = _told(days, limit, start.day, base_day or raw, due)
    return msgspec.structs.replace(told, excluded=tuple(excluded), extended=tuple(extended))


def _told(days: WorkCalendar, limit: Limit, start: int, base: int, due: int | None) -> Due:
    if due is None:
        return Due(start, limit, base, None, NEVER)
    counts_days_off = limit.unit is Unit.WORKING_DAY or limit.roll is Roll.NEXT_WORKING_DAY
    assumption = days.assumption_between(start, due) if counts_days_off and not days.is_certain(due) else None
    return Due(start, limit, base, due, days.start_of(due + 1), assumption=assumption)


def _rolled(days: WorkCalendar, limit: Limit, day: int) -> int:
    return days.next_working(day) if limit.roll is Roll.NEXT_WORKING_DAY else day


def _later(days: WorkCalendar, day: int, n: int, unit: Unit) -> int:
    match unit:
        case Unit.WORKING_DAY:
            return days.nth_after(day, n)
        case Unit.MONTH:
            return days.add_months(day, n)
        case _:
            return day + n


def _begin(item: Moves) -> tuple[int, int, str]:
    """Return the order in which moves are taken: by day, an extension before a pause of the same day."""
    return item.after, isinstance(item, PausedSpan), item.event_id


def _hours(days: WorkCalendar, limit: Limit, start: Start, moves: Sequence[Moves]) -> Due:
    """Hours run from the instant (民法典 201); a pause moves the end by as long as it lasted."""
    add = days.add_office_hours if limit.unit is Unit.OFFICE_HOUR else days.add_hours
    late_from = add(start.at, limit.n)
    base = days.day_of(late_from)
    excluded: list[Excluded] = []
    covered = start.at
    for span in sorted(moves, key=_begin):
        if isinstance(span, Added) or span.since >= late_from:
            continue
        if span.through >= OPEN:
            excluded.append(Excluded(span.event_id, span.after, OPEN, 0))
            return Due(start.day, limit, base, None, NEVER, tuple(excluded))
        since = max(span.since, covered)
        if span.until > since:
            late_from += span.until - since
            covered = span.until
            excluded.append(Excluded(span.event_id, span.after, span.through, span.through - span.after))
    day = days.day_of(late_from)
    assumption = days.assumption_between(start.day - 1, day) if limit.unit is Unit.OFFICE_HOUR else None
    return Due(start.day, limit, base, day, late_from, tuple(excluded), assumption=assumption)
