"""From an instant to the local date and back.

Every event needs its local date, so the way is chosen once, when a calendar is built. Where the offset has not
changed throughout the calendar's days (Shanghai since 1991) the date is one division; in a zone with summer time it
is a division and a look at the table of midnights; outside the table the zone database is asked, slowly and rightly
(Shanghai had summer time in 1940-41 and 1986-91).

A date begins at its first instant and, once begun, is not left: where clocks go back over midnight the repeated hour
belongs to the new date, so that dates never run backwards.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rules.calendar.errors import CalendarError, CalendarRangeError

DAY = 86_400_000_000  # microseconds
MINUTE = 60_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
PROBE_DAYS = 7  # no zone changed its offset and changed it back within a week since 1970
MICROSECOND = timedelta(microseconds=1)


class ZoneDays(NamedTuple):
    """The three questions a calendar asks of a zone."""

    day_of: Callable[[int], int]
    """The local date (ordinal) of an instant."""

    start_of: Callable[[int], int]
    """The first instant of a local date; of a date the zone skipped, the first instant after it."""

    at: Callable[[int, int], int]
    """The instant at which a local clock shows so many minutes after 00:00 of a date."""


@lru_cache(maxsize=64)
def zone_days(name: str, first: int, last: int) -> ZoneDays:
    """The dates of a zone, fast from day `first` to day `last` and right everywhere.

    Raises CalendarError for a name that the zone database does not know.
    """
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CalendarError(f"未知时区：{name}") from error
    offset = _offset(zone, last)
    since = _unchanged_since(zone, last, offset)
    if since <= first:
        return _fixed(zone, offset, since, last)
    return _tabled(zone, first, last)


def _fixed(zone: ZoneInfo, offset: int, since: int, last: int) -> ZoneDays:
    """The dates where the offset is one number from day `since` to day `last`."""
    begin, end = _first_instant(zone, since), _first_instant(zone, last + 1)

    def day_of(instant: int) -> int:
        if begin <= instant < end:
            return (instant + offset) // DAY + EPOCH_DAY
        return _day_of(zone, instant)

    def start_of(day: int) -> int:
        if since <= day <= last:
            return (day - EPOCH_DAY) * DAY - offset
        return _first_instant(zone, day)

    def at(day: int, minutes: int) -> int:
        if since <= day <= last:
            return (day - EPOCH_DAY) * DAY - offset + minutes * MINUTE
        return _at(zone, day, minutes)

    return ZoneDays(day_of, start_of, at)


def _tabled(zone: ZoneInfo, first: int, last: int) -> ZoneDays:
    """The dates where the offset changes: by a table of first instants, one a day."""
    table = first - 2  # room for the guess below, which may be two days low
    starts = [_first_instant(zone, day) for day in range(table, last + 2)]
    begin, end = starts[2], starts[-1]
    least = min((day - EPOCH_DAY) * DAY - start for day, start in enumerate(starts, table))
    shift = EPOCH_DAY - table

    def day_of(instant: int) -> int:
        if begin <= instant < end:
            at = (instant + least) // DAY + shift  # never later than the day sought: `least` is the smallest offset
            while instant >= starts[at + 1]:
                at += 1
            return at + table
        return _day_of(zone, instant)

    def start_of(day: int) -> int:
        if first <= day <= last:
            return starts[day - table]
        return _first_instant(zone, day)

    def at(day: int, minutes: int) -> int:
        return _at(zone, day, minutes)

    return ZoneDays(day_of, start_of, at)


def _offset(zone: ZoneInfo, day: int) -> int:
    """The offset from UTC at noon of a day, in microseconds."""
    offset = datetime.fromordinal(day).replace(hour=12, tzinfo=zone).utcoffset()
    return (offset or timedelta()) // MICROSECOND


def _unchanged_since(zone: ZoneInfo, last: int, offset: int) -> int:
    """The first day, found by weekly probes back to 1970, from which the offset is the same through `last`."""
    since = last
    while since - PROBE_DAYS >= EPOCH_DAY and _offset(zone, since - PROBE_DAYS) == offset:
        since -= PROBE_DAYS
    return since


def _micros(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _local(zone: ZoneInfo, instant: int) -> date:
    try:
        return (EPOCH + timedelta(microseconds=instant)).astimezone(zone).date()
    except OverflowError as error:
        raise CalendarRangeError(f"时刻 {instant} 微秒不在公元 1 至 9999 年之内") from error


def _day_of(zone: ZoneInfo, instant: int) -> int:
    day = _local(zone, instant).toordinal()
    return day + 1 if instant >= _first_instant(zone, day + 1) else day


def _at(zone: ZoneInfo, day: int, minutes: int) -> int:
    try:
        wall = datetime.fromordinal(day) + timedelta(minutes=minutes)
        return _micros(wall.replace(tzinfo=zone))
    except (OverflowError, ValueError) as error:
        raise CalendarRangeError(f"日期序数 {day} 不在公元 1 至 9999 年之内") from error


def _first_instant(zone: ZoneInfo, day: int) -> int:
    """The least instant whose local date is `day` or later."""
    midnight = _at(zone, day, 0)
    if _local(zone, midnight - 1).toordinal() < day:
        return midnight
    # Clocks jumped over midnight from before it, so the date began at the jump: between the two, by halving.
    low, high = midnight - DAY, midnight
    while high - low > 1:
        middle = (low + high) // 2
        if _local(zone, middle).toordinal() < day:
            low = middle
        else:
            high = middle
    return high
