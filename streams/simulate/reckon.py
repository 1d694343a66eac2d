"""Deadlines reckoned by hand (时限推算): the simulator's own arithmetic, a day at a time.

Independent of ``rules.clocks`` on purpose. Days are ordinals, moments local seconds. Hours run by any clock; limits in
office hours are not reckoned (the key never rests on one).
"""

from typing import NamedTuple

from rules.catalog.models.base import Limit, Roll, Unit
from streams.simulate.moments import HOUR, Moment, day_of, moment
from streams.simulate.workdays import Workdays, months_after

FAR = 1 << 40
"""A day after all others: a suspension without end."""


class Still(NamedTuple):
    """Days d that do not count: ``after`` < d ≤ ``through``."""

    after: int
    through: int


class Longer(NamedTuple):
    """Working days granted on a request made on the day ``asked``."""

    asked: int
    days: int


class Shifts(NamedTuple):
    """What moves a due date: days that do not count, extensions, an earlier date printed on the slip (``slip``)."""

    stills: tuple[Still, ...] = ()
    longer: tuple[Longer, ...] = ()
    slip: int | None = None


UNMOVED = Shifts()


def last_day(workdays: Workdays, limit: Limit, day0: int, shifts: Shifts = UNMOVED) -> int | None:
    """Return the last day in time of a limit in days or months; None while it is suspended without end."""
    match limit.unit:
        case Unit.WORKING_DAY:
            n = limit.n if shifts.slip is None else min(limit.n, workdays.between(day0, shifts.slip))
            return _stepped(workdays, day0, n, shifts, working=True)
        case Unit.MONTH:
            return _months(workdays, limit, day0, shifts.stills)
        case _:
            day = _stepped(workdays, day0, limit.n, shifts, working=False)
            return day if day is None or limit.roll is Roll.NONE else workdays.rolled(day)


def too_late(workdays: Workdays, limit: Limit, start: Moment, shifts: Shifts = UNMOVED) -> Moment | None:
    """Return the first moment that is too late, None while suspended without end; ``start`` is the start event."""
    if limit.unit is Unit.HOUR:
        return start + limit.n * HOUR
    day = last_day(workdays, limit, day_of(start), shifts)
    return None if day is None else moment(day + 1)


def _stepped(workdays: Workdays, day0: int, n: int, shifts: Shifts, *, working: bool) -> int | None:
    """Step from day to day until n days have counted; what begins after the last of them no longer matters."""
    if not shifts.stills and not shifts.longer:
        return workdays.after(day0, n) if working else day0 + n
    day, left = day0, n
    asked, stills = sorted(shifts.longer), list(shifts.stills)
    while True:
        while asked and asked[0].asked <= day:
            left += asked.pop(0).days
        running = [still for still in stills if still.after <= day < still.through]
        if any(still.through >= FAR for still in running):
            return None
        if left == 0 and not running:
            return day
        if left == 0:
            through = max(still.through for still in running)
            left = workdays.between(day, through) if working else through - day
            stills = [still for still in stills if still not in running]
            continue
        day += 1
        counts = not working or day in workdays.works
        if counts and not any(still.after < day <= still.through for still in stills):
            left -= 1


def _months(workdays: Workdays, limit: Limit, day0: int, stills: tuple[Still, ...]) -> int | None:
    day = months_after(day0, limit.n)
    for still in sorted(stills):
        if still.after > day:
            continue
        if still.through >= FAR:
            return None
        day += still.through - still.after
    return day if limit.roll is Roll.NONE else workdays.rolled(day)
