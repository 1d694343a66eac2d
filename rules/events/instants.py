"""Instants: whole microseconds since 1970-01-01T00:00Z, read from ISO 8601 text with its zone.

Reading is on the hot path (two instants an event), so the two halves of a text, its date and its time of day with the
offset, are each read once and remembered: 0.2 µs instead of the 0.9 µs of an aware ``datetime`` and its subtraction.
"""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

MICROSECOND = 1
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = (datetime(1900, 1, 1, tzinfo=UTC) - _EPOCH).days * DAY
LATEST = (datetime(2200, 12, 30, tzinfo=UTC) - _EPOCH).days * DAY
"""Instants beyond these are slips of a pen: no calendar reaches so far."""
_TICK = timedelta(microseconds=1)
_DATE_CHARS = 10
_REMEMBERED = 400_000

_dates: dict[str, int] = {}
_times: dict[str, int] = {}


def instant_of(text: str) -> int:
    """Return the instant of an ISO 8601 text in microseconds; ValueError where it is none or names no zone."""
    try:
        return _dates[text[:_DATE_CHARS]] + _times[text[_DATE_CHARS:]]
    except KeyError:
        return _read(text)


def from_datetime(moment: datetime) -> int:
    """Return the instant of an aware datetime in microseconds; ValueError where it names no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"an instant without its zone: {moment.isoformat()}")
    return (moment - _EPOCH) // _TICK


def to_datetime(instant: int) -> datetime:
    """Return the instant as an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=instant)


def text_of(instant: int, minutes: int) -> str:
    """Return the ISO 8601 text of an instant at so many minutes from UTC, as ``datetime.isoformat`` writes it."""
    day, time = divmod(instant + minutes * MINUTE, DAY)
    return _day_text(day) + _time_text(time) + _offset_text(minutes)


@lru_cache(maxsize=20_000)
def _day_text(day: int) -> str:
    return (_EPOCH + timedelta(days=day)).date().isoformat()


@lru_cache(maxsize=100_000)
def _time_text(time: int) -> str:
    return f"T{(_EPOCH + timedelta(microseconds=time)).time().isoformat()}"


@lru_cache(maxsize=2_000)
def _offset_text(minutes: int) -> str:
    return datetime(2000, 1, 1, tzinfo=timezone(timedelta(minutes=minutes))).isoformat()[19:]


def _read(text: str) -> int:
    moment = datetime.fromisoformat(text)
    instant = from_datetime(moment)
    if text[4:5] == "-" and text[7:8] == "-" and len(text) > _DATE_CHARS:
        midnight = from_datetime(datetime(moment.year, moment.month, moment.day, tzinfo=UTC))
        if len(_times) > _REMEMBERED:
            _times.clear()
        _dates[text[:_DATE_CHARS]] = midnight
        _times[text[_DATE_CHARS:]] = instant - midnight
    return instant
