"""A due date from a start, a limit, pauses and extensions, taken in order of date.

A pause or an extension moves the deadline only if it begins on or before the deadline as it stands then
(``semantics.md`` §3).
"""

from collections.abc import Sequence
from typing import assert_never

from rules.calendar import WorkCalendar
from rules.catalog.models.base import Limit, Roll, Unit
from rules.clocks.deadline import Added, Due, Excluded, Moves, Start, begin, later, rolled
from rules.clocks.hours import hours_due
from rules.clocks.pauses import OPEN
from rules.verdicts import NEVER

__all__ = ["Added", "Due", "Excluded", "Moves", "Start", "due_of"]


def due_of(
    days: WorkCalendar,
    limit: Limit,
    start: Start,
    moves: Sequence[Moves] = (),
    *,
    base: int | None = None,
) -> Due:
    """Return the deadline of a limit that starts on a day (instant for hours); day 0 is not counted (民法典 201).

    ``base`` replaces the computed first due date where a slip binds: a printed date needs no calendar.
    """
    counted_from: int | None = None
    if base is not None:
        raw = due = base
    else:
        match limit.unit:
            case Unit.WORKING_DAY:
                raw = due = days.nth_after(start.day, limit.n)
                counted_from = start.day
            case Unit.NATURAL_DAY | Unit.MONTH:
                natural = limit.unit is Unit.NATURAL_DAY
                raw = start.day + limit.n if natural else days.add_months(start.day, limit.n)
                due = rolled(days, limit, raw)
                counted_from = raw - 1 if limit.roll is Roll.NEXT_WORKING_DAY else None
            case Unit.HOUR | Unit.OFFICE_HOUR:
                return hours_due(days, limit, start, moves)
            case never:
                assert_never(never)
    if moves:
        return _moved(days, limit, start, moves, raw=raw, due=due, counted_from=counted_from)
    if counted_from is None or (days.certain_from <= counted_from + 1 and due <= days.certain_through):
        return Due(start.day, limit, due, due, days.start_of(due + 1))
    assumption = days.assumption_between(counted_from, due)
    return Due(start.day, limit, due, due, days.start_of(due + 1), assumption=assumption)


def _moved(
    days: WorkCalendar,
    limit: Limit,
    start: Start,
    moves: Sequence[Moves],
    *,
    raw: int,
    due: int,
    counted_from: int | None,
) -> Due:
    """Return the deadline after what moves it, in turn.

    ``raw`` is the last day before it is rolled off a holiday, ``covered`` the last day that pauses taken so far take
    out: who asks for more time by then is in time. ``counted_from`` is the day from which it matters which days are
    worked.
    """
    working = limit.unit is Unit.WORKING_DAY
    base, covered = due, start.day
    excluded: list[Excluded] = []
    extended: list[Added] = []
    for turn in _turns(moves):
        if turn[0].after > due and (not excluded or turn[0].after > covered):
            continue
        before = raw
        for item in turn:
            if isinstance(item, Added):
                if item.unit is Unit.WORKING_DAY:
                    counted_from = due if counted_from is None else min(counted_from, due)
                raw = later(days, due, item.n, item.unit)
                extended.append(item)
                continue
            after = max(item.after, covered)
            if item.through >= OPEN:
                excluded.append(Excluded(item.event_id, after, OPEN, 0))
                return Due(start.day, limit, base, None, NEVER, tuple(excluded), tuple(extended))
            if item.through <= after:
                continue
            n = days.working_between(after, item.through) if working else item.through - after
            raw = days.nth_after(raw, n) if working else max(raw, after) + n
            if working and counted_from is None:
                counted_from = after
            covered = item.through
            excluded.append(Excluded(item.event_id, after, item.through, n))
        if raw != before:
            due = raw if _ends_on_its_day(turn, working=working) else rolled(days, limit, raw)
    if counted_from is None and (excluded or extended) and limit.roll is Roll.NEXT_WORKING_DAY:
        counted_from = raw - 1
    through = max(due, covered) if working else due
    assumption = None if counted_from is None else days.assumption_between(counted_from, through)
    return Due(
        start.day, limit, base, due, days.start_of(due + 1), tuple(excluded), tuple(extended), assumption=assumption
    )


def _turns(moves: Sequence[Moves]) -> list[list[Moves]]:
    """Return the moves in order of their day; pauses that touch are one pause, so that cutting one changes nothing."""
    turns: list[list[Moves]] = []
    pause: list[Moves] = []
    through = -1
    for item in sorted(moves, key=begin):
        if isinstance(item, Added):
            turns.append([item])
        elif item.after <= through:
            pause.append(item)
            through = max(through, item.through)
        else:
            pause = [item]
            turns.append(pause)
            through = item.through
    return turns


def _ends_on_its_day(turn: list[Moves], *, working: bool) -> bool:
    """Return whether a turn leaves the deadline on a day that is not rolled: one counted in working days."""
    first = turn[0]
    return first.unit is Unit.WORKING_DAY if isinstance(first, Added) else working
