"""What somebody chose: values of variables and a time range, read from an address, given to a query as parameters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from dashboards.model.query import INSTANT, MANY, ONE, SECONDS, Query
from dashboards.model.screen import Screen, Typed

MOST_VALUES = 500
LONGEST = 200
"""Values of one variable, and letters of one value, that an address may hold."""
CHINA = timezone(timedelta(hours=8))
"""The zone of every instant on a screen, as the queries have it."""
MINUTE_MS, DAY_MS = 60_000, 86_400_000
POINTS = 240
"""Steps a time range is cut into at most."""
STEPS = (10, 30, 60, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800)
"""Widths of a step, in seconds."""
_EARLIEST, _LATEST = -2_000_000_000_000, 10_000_000_000_000
_LEAST_DIGITS = 9
_SINCE = {"m": 60_000, "h": 3_600_000, "d": DAY_MS}


class NotChosen(ValueError):
    """An address holds what cannot be chosen; the message says which part, in Chinese."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Values by variable (none is all), and the time range in milliseconds since 1970, its end excluded."""

    values: Mapping[str, tuple[str, ...]]
    start: int
    end: int

    @property
    def step(self) -> int:
        """Return the width of a time step in seconds."""
        wanted = (self.end - self.start) / 1000 / POINTS
        return next((step for step in STEPS if step >= wanted), STEPS[-1])

    def parameters(self, query: Query) -> dict[str, str]:
        """Return the parameters of a query, each as the database reads its type."""
        return {name: self._parameter(name, kind) for name, kind in query.parameters().items()}

    def _parameter(self, name: str, kind: str) -> str:
        match kind:
            case _ if kind == INSTANT:
                return _local(self.start if name == "from" else self.end)
            case _ if kind == SECONDS:
                return str(self.step)
            case _ if kind == MANY:
                return f"[{','.join(_quoted(one) for one in self.values.get(name, ()))}]"
            case _ if kind == ONE:
                return _escaped(next(iter(self.values.get(name, ())), ""))
            case _:
                raise AssertionError(f"a type no query of a screen has: {kind}")


def chosen(screen: Screen, given: Iterable[tuple[str, str]], now: int) -> Chosen:
    """Return what the pairs of an address choose on a screen.

    At first the range ends at ``now`` (milliseconds), to the minute so that many look at the same.
    NotChosen where a value is too long, there are too many, or a time cannot be read.
    """
    pairs = list(given)
    values: dict[str, tuple[str, ...]] = {}
    for variable in screen.variables:
        said = [value for name, value in pairs if name == variable.name and value]
        most = 1 if isinstance(variable, Typed) else MOST_VALUES
        if len(said) > most or any(len(value) > LONGEST for value in said):
            raise NotChosen(f"{variable.title}：最多 {most} 个，每个最多 {LONGEST} 个字")
        if said:
            values[variable.name] = tuple(dict.fromkeys(said))
    last = dict(pairs)
    end = _instant("到", last.get("to", ""), after=DAY_MS, default=(now // MINUTE_MS + 1) * MINUTE_MS)
    start = _instant("从", last.get("from", ""), after=0, default=end - _milliseconds(screen.since))
    if start >= end:
        raise NotChosen("时间：「从」须早于「到」")
    return Chosen(values, start, end)


def used(screen: Screen) -> tuple[str, ...]:
    """Return the names of the parameters that some panel or annotation of a screen asks for."""
    queries = [panel.query for panel in screen.panels] + [one.query for one in screen.annotations]
    return tuple(dict.fromkeys(name for query in queries for name in query.parameters()))


def day_of(instant: int) -> str:
    """Return the local date of an instant (milliseconds)."""
    return _at(instant).date().isoformat()


def _milliseconds(since: str) -> int:
    return int(since[:-1]) * _SINCE[since[-1]]


def _instant(title: str, written: str, *, after: int, default: int) -> int:
    """Return a date (``after`` is added to its beginning) or milliseconds since 1970 as milliseconds."""
    if not written:
        return default
    if written.lstrip("-").isdecimal() and len(written) >= _LEAST_DIGITS and _EARLIEST < int(written) < _LATEST:
        return int(written)
    try:
        midnight = datetime.combine(date.fromisoformat(written), datetime.min.time(), CHINA)
    except ValueError:
        raise NotChosen(f"时间「{title}」读不出：{written[:40]}；写 2026-03-01 这样的日期") from None
    return int(midnight.timestamp()) * 1000 + after


def _at(instant: int) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)).astimezone(CHINA)


def _local(instant: int) -> str:
    return _at(instant).replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")


def _escaped(text: str) -> str:
    """Return a text as the database reads it in TSV."""
    for plain, written in _ESCAPES:
        text = text.replace(plain, written)
    return text


def _quoted(text: str) -> str:
    return "'" + _escaped(text).replace("'", "\\'") + "'"


_ESCAPES: Sequence[tuple[str, str]] = (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"), ("\0", "\\0"))
