"""Stamps as foreign logs write them, turned into instants with their zone and local dates.

A stamp with its offset is an instant and is shown in the zone of the log; one without is taken as the zone's local
time, of a repeated hour (end of summer time) the first. One that is only a date stands for local midnight and has the
precision of a day.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ISO = "iso"
EPOCHS = {"epoch": 1, "epoch_ms": 1_000}
"""Forms that count from 1970-01-01T00:00Z, and their ticks in a second."""
_CLOCK = re.compile(r"%[HIMSXTcRp]")
_DATE_CHARS = 10
_REMEMBERED = 200_000
_MIDNIGHT = time()


class Stamp(NamedTuple):
    """A stamp that was read: ISO 8601 text with its offset in the log's zone, and whether it is only a date."""

    text: str
    day_only: bool

    @property
    def day(self) -> str:
        """Return the local date."""
        return self.text[:_DATE_CHARS]

    @property
    def due(self) -> str:
        """Return what a due date takes: the date where that is all that was written, else the instant."""
        return self.day if self.day_only else self.text


class Stamps:
    """Reads the stamps of one log: its zone, and the forms it writes them in, tried in order.

    A form is ``iso`` (ISO 8601, with T or a space), ``epoch`` or ``epoch_ms`` (seconds or milliseconds since 1970), or
    a pattern of ``strptime``; one without hours is a date.
    With ``midnight_is_day`` a stamp at exactly 00:00:00 local time counts as a date, since logs that keep dates in a
    column for instants fill it up so.
    """

    def __init__(self, zone: ZoneInfo, formats: Sequence[str] = (ISO,), *, midnight_is_day: bool = False) -> None:
        self.zone = zone
        self.formats = tuple(formats)
        self.midnight_is_day = midnight_is_day
        self._known: dict[str, Stamp] = {}

    def with_formats(self, formats: Sequence[str]) -> "Stamps":
        """Return a reader of the same log with other forms."""
        return Stamps(self.zone, formats, midnight_is_day=self.midnight_is_day)

    def read(self, text: str) -> Stamp:
        """Return the stamp of a text; ValueError names what was tried."""
        stamp = self._known.get(text)
        if stamp is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            stamp = self._known[text] = self._read(text)
        return stamp

    def _read(self, text: str) -> Stamp:
        for form in self.formats:
            try:
                moment, day_only = _parsed(text.strip(), form)
                moment = moment.replace(tzinfo=self.zone) if moment.tzinfo is None else moment.astimezone(self.zone)
                if self.midnight_is_day and moment.time() == _MIDNIGHT:
                    day_only = True
                return Stamp(moment.isoformat(), day_only)
            except (ValueError, OverflowError):
                continue
        raise ValueError(f"时间读不出：{text!r:.60}（试过 {'、'.join(self.formats)}）")


def _parsed(text: str, form: str) -> tuple[datetime, bool]:
    if form in EPOCHS:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(text) * 1_000_000 // EPOCHS[form]), False
    if form != ISO:
        return datetime.strptime(text, form), _CLOCK.search(form) is None  # noqa: DTZ007 - the zone is the log's
    if len(text) <= _DATE_CHARS:
        return datetime.combine(date.fromisoformat(text), _MIDNIGHT), True
    return datetime.fromisoformat(text), False


def complaint_about(form: str) -> str | None:
    """Return what is wrong with a form, None where it can be used."""
    if form == ISO or form in EPOCHS:
        return None
    try:
        written = datetime(2026, 2, 28, 13, 5, 9).strftime(form)  # noqa: DTZ001 - only a probe
        datetime.strptime(written, form)  # noqa: DTZ007 - only a probe
    except ValueError as err:
        return str(err)
    return None if "%" in form else "it holds no directive of strptime, such as %Y-%m-%d"


def complaint_about_zone(name: str) -> str | None:
    """Return what is wrong with the name of a time zone, None where it can be used."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"no time zone {name!r}; it takes an IANA name such as Asia/Shanghai"
    return None
