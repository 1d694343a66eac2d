"""Days, instants, events and levels as an officer reads them."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from rules.cases.filed import Filed
from rules.engine.cards import LEVEL_NAMES
from rules.events.envelope import Event
from rules.events.instants import to_datetime
from rules.events.kinds import type_name
from rules.events.words import Level
from rules.verdicts import NEVER

WEEKDAYS = "一二三四五六日"
NAME_ENDS = re.compile(r"[:;,.(]| [a-z]")
"""Where the Chinese name in a docstring ends."""


def day_text(day: int) -> str:
    """Return a date with its weekday: 2026-03-02（周一）."""
    written = date.fromordinal(day)
    return f"{written.isoformat()}（周{WEEKDAYS[written.weekday()]}）"


def instant_text(instant: int, zone: str) -> str:
    """Return an instant in the zone of the catalogue, to the second unless it is finer."""
    if instant >= NEVER:
        return "—"
    local: datetime = to_datetime(instant).astimezone(ZoneInfo(zone))
    return local.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds" if local.microsecond else "seconds")


def level_text(level: Level) -> str:
    """Return the Chinese name of a level."""
    return LEVEL_NAMES[level]


def event_name(event: Event) -> str:
    """Return the Chinese name of an event type, from the first line of its docstring."""
    first = (type(event).__doc__ or "").strip().splitlines()[0]
    return NAME_ENDS.split(first, maxsplit=1)[0].strip()


def event_line(filed: Filed[Event], zone: str) -> str:
    """Return one line about an event: id, type, when it happened, when it was reported."""
    event = filed.event
    when = instant_text(filed.at, zone) if filed.exact else day_text(filed.day)
    late = f"，到达 {instant_text(filed.reported, zone)}" if filed.reported != filed.at else ""
    return f"{event.event_id}  {event_name(event)} {type_name(type(event))}  发生 {when}{late}"


def figure_text(value: Any, kind: str, zone: str) -> str:
    """Return a figure as its kind is written."""
    if value is None:
        return "—"
    match kind:
        case "day":
            return day_text(value) if isinstance(value, int) else str(value)
        case "instant":
            return instant_text(value, zone)
        case "yuan":
            return f"{Decimal(str(value)):,.2f} 元"
        case _:
            return str(value)
