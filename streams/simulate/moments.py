"""Local time of the city as one whole number: the day's ordinal × 86,400 + seconds since midnight, always +08:00.

Sums, differences and comparisons of such numbers are those of instants, and the local date is one division away.
"""

from datetime import date
from functools import cache

MINUTE = 60
HOUR = 3600
DAY = 86_400

Moment = int
"""Seconds, local."""


def moment(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> Moment:
    """Return the moment of a local date (ordinal) and time of day."""
    return day * DAY + hour * HOUR + minute * MINUTE + second


def day_of(at: Moment) -> int:
    """Return the local date (ordinal) of a moment."""
    return at // DAY


def text(at: Moment) -> str:
    """Return a moment as ISO 8601 text with its zone."""
    day, second = divmod(at, DAY)
    try:
        return _dates[day] + _times[second]
    except KeyError:
        _dates[day] = date.fromordinal(day).isoformat() + "T"
        _times[second] = f"{second // HOUR:02d}:{second % HOUR // MINUTE:02d}:{second % MINUTE:02d}+08:00"
        return _dates[day] + _times[second]


def iso_day(day: int) -> str:
    """Return a date (ordinal) as ISO 8601 text."""
    return date.fromordinal(day).isoformat()


@cache
def compact_day(day: int) -> str:
    """Return a date (ordinal) as eight digits."""
    return date.fromordinal(day).strftime("%Y%m%d")


# Both halves of a text are made once: a feed says a few hundred thousand of them.
_dates: dict[int, str] = {}
_times: dict[int, str] = {}
