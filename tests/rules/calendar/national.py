"""The nation's calendar as the project ships it, and days written as people write them."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

import rules.catalog
from rules.calendar import WorkCalendar
from rules.catalog.calendar_build import work_calendar
from rules.catalog.calendar_model import CalendarDoc

NATIONAL = Path(rules.catalog.__file__).parent / "data" / "national" / "calendar.yaml"


@cache
def national_doc() -> CalendarDoc:
    """The document as loaded from its YAML."""
    return CalendarDoc.model_validate(yaml.safe_load(NATIONAL.read_text(encoding="utf-8")))


@cache
def national(known_on: str | None = None, zone: str | None = None) -> WorkCalendar:
    """The calendar made of it, as known on a day, in the dates of a zone."""
    known = None if known_on is None else day(known_on)
    return work_calendar([national_doc()], "CN", zone=zone, known_on=known)


def day(text: str) -> int:
    """The ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


def iso(ordinal: int) -> str:
    """The ISO date of an ordinal."""
    return date.fromordinal(ordinal).isoformat()


def instant(text: str, zone: str = "Asia/Shanghai") -> int:
    """The microseconds since 1970 of a local time such as `2026-02-12 09:30`; with an offset, of that instant."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return round(moment.timestamp()) * 1_000_000


def local(micros: int, zone: str = "Asia/Shanghai") -> str:
    """The local time of an instant, to the minute."""
    return datetime.fromtimestamp(micros / 1_000_000, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
