"""A value of an answer as text: what a person reads in a spreadsheet, and what a machine reads back."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_FORMULA = frozenset("=+-@\t\r")


def local(at: datetime) -> datetime:
    """Return an instant in Shanghai time, without its zone: cells have none."""
    return at.astimezone(CHINA).replace(tzinfo=None)


def text_of(value: Any) -> str:
    """Return a value as text; empty for None. Instants carry their zone, lists are JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(CHINA).isoformat(sep=" ")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case str():
            return value
        case bytes():
            return _decoded(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


def _decoded(value: bytes) -> str:
    """Return bytes as the text they are, as hexadecimal digits where they are none."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()


def harmless(value: Any) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = text_of(value)
    return f"'{text}" if isinstance(value, str | bytes) and text[:1] in _FORMULA else text
