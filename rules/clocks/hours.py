"""Limits in hours: they run from the instant (民法典 201), office hours only while the office is open."""

from collections.abc import Sequence

from rules.calendar import WorkCalendar
from rules.catalog.models.base import Limit, Unit
from rules.clocks.deadline import Added, Due, Excluded, Moves, Start, begin, later
from rules.clocks.pauses import OPEN
from rules.verdicts import NEVER


def hours_due(days: WorkCalendar, limit: Limit, start: Start, moves: Sequence[Moves]) -> Due:
    """Hours run from the instant (民法典 201); what was left of them at a pause runs on from its end."""
    office = limit.unit is Unit.OFFICE_HOUR
    late_from = days.add_office_hours(start.at, limit.n) if office else days.add_hours(start.at, limit.n)
    base = days.day_of(late_from)
    excluded: list[Excluded] = []
    extended: list[Added] = []
    covered = start.at
    for item in sorted(moves, key=begin):
        if isinstance(item, Added):
            if item.after <= days.day_of(max(late_from, covered)):
                late_from = _extended(days, late_from, item)
                extended.append(item)
            continue
        if item.since >= late_from and (not excluded or item.since > covered):
            continue
        if item.through >= OPEN:
            excluded.append(Excluded(item.event_id, item.after, OPEN, 0))
            return Due(start.day, limit, base, None, NEVER, tuple(excluded), tuple(extended))
        since = max(item.since, covered)
        if item.until > since:
            left = days.open_between(since, late_from) if office else late_from - since
            late_from = days.add_open_time(item.until, left) if office else item.until + left
            covered = item.until
            excluded.append(Excluded(item.event_id, item.after, item.through, item.through - item.after))
    day = days.day_of(late_from)
    assumption = days.assumption_between(start.day - 1, day) if office else None
    return Due(start.day, limit, base, day, late_from, tuple(excluded), tuple(extended), assumption=assumption)


def _extended(days: WorkCalendar, late_from: int, more: Added) -> int:
    """Return the end of an hourly limit after an extension; one in days keeps the time of day."""
    match more.unit:
        case Unit.HOUR:
            return days.add_hours(late_from, more.n)
        case Unit.OFFICE_HOUR:
            return days.add_office_hours(late_from, more.n)
        case _:
            day = days.day_of(late_from)
            return late_from - days.start_of(day) + days.start_of(later(days, day, more.n, more.unit))
