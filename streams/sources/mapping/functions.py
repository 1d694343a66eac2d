"""What expressions may call, besides what CEL has itself.

Logs are full of gaps, so a function of nothing is nothing: it answers null when its first argument is null.
One that cannot do its work says why, and the expression as a whole has failed; it does not raise, because the CEL
library logs what is raised into it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import wraps
from typing import Any

from cel import stdlib

from rules.events.instants import instant_of
from streams.sources.stamps import Stamp, Stamps

_DAY_CHARS = 10
_WHOLE = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*")
_BORROWED = ("replace", "split", "substring", "indexOf", "join", "sort", "distinct", "slice", "reverse", "flatten")
"""Functions of the CEL string and list extensions, taken as they are."""
BUILT_IN = frozenset(
    {"size", "contains", "startsWith", "endsWith", "matches", "int", "uint", "double", "string", "bytes", "type"}
    | {"dyn", "timestamp", "duration", "getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek"}
    | {"getDayOfYear", "getHours", "getMinutes", "getSeconds", "getMilliseconds"}
)
"""Functions the CEL library has itself."""


class Functions:
    """The functions of one mapping, and what went wrong in them since it was last asked."""

    def __init__(self, stamps: Stamps) -> None:
        self._stamps = stamps
        self._of_formats: dict[tuple[str, ...], Stamps] = {(): stamps}
        self.trouble: list[str] = []

    def named(self) -> dict[str, Callable[..., Any]]:
        """Return the functions by the names expressions call them."""
        own: Mapping[str, Callable[..., Any]] = {
            "date": self.date,
            "stamp": self.stamp,
            "addDays": self.add_days,
            "daysBetween": self.days_between,
            "earliest": self.earliest,
            "latest": self.latest,
            "wholeNumber": whole_number,
            "number": number,
            "find": find,
            "lower": str.lower,
            "upper": str.upper,
            "trim": str.strip,
            "first": lambda items: items[0] if items else None,
            "last": lambda items: items[-1] if items else None,
            "min": lambda *items: min(there(items), default=None),
            "max": lambda *items: max(there(items), default=None),
            "sum": lambda items: sum(there(items)),
        }
        borrowed = {name: stdlib.STDLIB_FUNCTIONS[name] for name in _BORROWED}
        safe = {name: self._safe(name, call) for name, call in (borrowed | dict(own)).items()}
        return safe | {"coalesce": lambda *items: next(iter(there(items)), None)}

    def _safe(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def asked(*arguments: Any) -> Any:
            if arguments and arguments[0] is None and name not in {"min", "max"}:
                return None
            try:
                return call(*arguments)
            except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, re.error) as err:
                self.trouble.append(f"{name}: {err}")
                return None

        return asked

    def _read(self, text: str, formats: tuple[str, ...]) -> Stamp:
        stamps = self._of_formats.get(formats)
        if stamps is None:
            stamps = self._of_formats[formats] = self._stamps.with_formats(formats)
        return stamps.read(text)

    def date(self, text: str, *formats: str) -> str:
        """Return the local date (2026-01-31) of a stamp or date, in the log's forms or those named."""
        return self._read(text, formats).day

    def stamp(self, text: str, *formats: str) -> str:
        """Return the instant of a stamp, as ISO 8601 in the log's zone."""
        return self._read(text, formats).text

    def add_days(self, text: str, days: int) -> str:
        """Return the date so many calendar days after that of a date or stamp."""
        return (date.fromisoformat(text[:_DAY_CHARS]) + timedelta(days=days)).isoformat()

    def days_between(self, start: str, end: str | None) -> int | None:
        """Return the calendar days from one date to another, negative where the second is earlier."""
        if end is None:
            return None
        return (date.fromisoformat(end[:_DAY_CHARS]) - date.fromisoformat(start[:_DAY_CHARS])).days

    def earliest(self, items: list[str | None]) -> str | None:
        """Return the earliest of dates and stamps, null where there is none."""
        return min(there([items]), key=self._instant, default=None)

    def latest(self, items: list[str | None]) -> str | None:
        """Return the latest of dates and stamps, null where there is none."""
        return max(there([items]), key=self._instant, default=None)

    def _instant(self, text: str) -> int:
        return instant_of(self._stamps.with_formats(("iso",)).read(text).text)


def there(items: Any) -> list[Any]:
    """Return what is not null, of the arguments or of the one list they are."""
    if len(items) == 1 and isinstance(items[0], list):
        items = items[0]
    return [item for item in items if item is not None]


def whole_number(text: Any) -> int | None:
    """Return the first whole number in a text, null where there is none."""
    found = _WHOLE.search(str(text))
    return int(found.group()) if found else None


def number(text: Any) -> float:
    """Return the number a text is, for comparing and reckoning; an amount is better left to a column."""
    if isinstance(text, int | float):
        return float(text)
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"不是数：{text!r:.40}")
    return float(text)


def find(text: str, pattern: str) -> str | None:
    """Return what a regular expression finds first: its first group if it has one, else all of it; null if nothing."""
    found = re.search(pattern, text)
    if found is None:
        return None
    return found.group(1) if found.re.groups else found.group()
