"""Deadlines reckoned by hand (时限推算): the simulator's own arithmetic, a day at a time.

Independent of ``rules.clocks`` on purpose. Days are ordinals, moments local seconds. Hours run by any clock; limits in
office hours are not reckoned (the key never rests on one).
"""

from collections.abc import Sequence
from typing import NamedTuple

from rules.catalog.models.base import Limit, Roll, Unit
from streams.simulate.moments import HOUR, Moment, moment
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


def last_day(
    workdays: Workdays,
    limit: Limit,
    day0: int,
    stills: Sequence[Still] = (),
    longer: Sequence[Longer] = (),
    slip: int | None = None,
) -> int | None:
    """Return the last day in time of a limit in days or months; None while it is suspended without end.

    ``slip``: a due date printed on the slip, which binds where it is earlier than the limit's own.
    """
    match limit.unit:
        case Unit.MONTH:
            return _months(workdays, limit, day0, stills)
        case Unit.WORKING_DAY:
            n = limit.n
            if slip is not None:
                n = min(n, workdays.between(day0, slip))
            return _stepped(workdays, day0, n, stills, longer, working=True)
        case _:
            day = _stepped(workdays, day0, limit.n, stills, longer, working=False)
            if day is None or limit.roll is Roll.NONE:
                return day
            return workdays.rolled(day)


def too_late(
    workdays: Workdays,
    limit: Limit,
    day0: int,
    at: Moment,
    stills: Sequence[Still] = (),
    longer: Sequence[Longer] = (),
    slip: int | None = None,
) -> Moment | None:
    """Return the first moment that is too late, None while suspended without end."""
    if limit.unit is Unit.HOUR:
        return at + limit.n * HOUR
    day = last_day(workdays, limit, day0, stills, longer, slip)
    return None if day is None else moment(day + 1)


def _stepped(
    workdays: Workdays, day0: int, n: int, stills: Sequence[Still], longer: Sequence[Longer], *, working: bool
) -> int | None:
    """Step from day to day until n days have counted; what begins after the last of them no longer matters."""
    if not stills and not longer:
        return workdays.after(day0, n) if working else day0 + n
    day, left = day0, n
    asked = sorted(longer)
    while True:
        while asked and asked[0].asked <= day:
            left += asked.pop(0).days
        running = [still for still in stills if still.after <= day < still.through]
        if any(still.through >= FAR for still in running):
            return None
        if left == 0 and not running:
            return day
        if left == 0:
            left = _within(workdays, day, max(still.through for still in running), working=working)
            stills = [still for still in stills if still not in running]
            continue
        day += 1
        counts = not working or day in workdays.works
        if counts and not any(still.after < day <= still.through for still in stills):
            left -= 1


def _within(workdays: Workdays, after: int, through: int, *, working: bool) -> int:
    return workdays.between(after, through) if working else through - after


def _months(workdays: Workdays, limit: Limit, day0: int, stills: Sequence[Still]) -> int | None:
    day = months_after(day0, limit.n)
    for still in sorted(stills):
        if still.after > day:
            continue
        if still.through >= FAR:
            return None
        day += still.through - still.after
    return day if limit.roll is Roll.NONE else workdays.rolled(day)

