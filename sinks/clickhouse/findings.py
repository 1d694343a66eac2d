"""A finding as text that loses nothing, and back.

The kinds of figures are written beside them where JSON has no such thing: ``{"decimal": "12.00"}``, ``{"date": …}``,
``{"list": […]}``. Numbers are whole (days, microseconds, counts), the rest is text.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from rules.engine.cards import Ground
from rules.events.words import Level
from rules.verdicts import NEVER, Breach, Rung

CODES = {level: level.code for level in Level}
"""Levels as they are written."""
_PLAIN = frozenset({str, type(None), bool})
_EXACT = 1 << 53
"""Whole numbers beyond this are rounded by readers of JSON that know no others than floats."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class _Finding(msgspec.Struct, frozen=True):
    """The written form of a breach; ``ended`` is null where it goes on."""

    rungs: list[tuple[int, str, int]]
    events: list[str]
    figures: list[Any]
    ended: int | None
    missing: str
    org: str | None


class _Ground(msgspec.Struct, frozen=True):
    """The written form of a ground."""

    rule_id: str
    level: str
    since: int
    subject: str


_finding = msgspec.json.Decoder(_Finding).decode
_grounds = msgspec.json.Decoder(list[_Ground]).decode


def finding_text(finding: Breach) -> str:
    """Return a finding as JSON. A figure of a kind that has no written form is a TypeError."""
    return _encode(
        _Finding(
            rungs=[(rung.since, CODES[rung.level], rung.say_at) for rung in finding.rungs],
            events=list(finding.events),
            figures=[figure if type(figure) in _PLAIN else _written(figure) for figure in finding.figures],
            ended=None if finding.ended >= NEVER else finding.ended,
            missing=finding.missing,
            org=finding.org,
        )
    ).decode()


def finding_of(text: str) -> Breach:
    """Return the finding of a text; DecodeError where it is none."""
    read = _finding(text)
    return Breach(
        rungs=tuple(Rung(since, Level.of(level), say_at) for since, level, say_at in read.rungs),
        events=tuple(read.events),
        figures=tuple(_read(figure) for figure in read.figures),
        ended=NEVER if read.ended is None else read.ended,
        missing=read.missing,
        org=read.org,
    )


def grounds_text(grounds: Iterable[Ground]) -> str:
    """Return grounds as JSON."""
    return _encode([_Ground(one.rule_id, CODES[one.level], one.since, one.subject) for one in grounds]).decode()


def grounds_of(text: str) -> tuple[Ground, ...]:
    """Return the grounds of a text; DecodeError where they are none."""
    return tuple(Ground(one.rule_id, Level.of(one.level), one.since, one.subject) for one in _grounds(text))


def _written(figure: Any) -> Any:
    match figure:
        case int() if not -_EXACT < figure < _EXACT:
            return {"integer": str(figure)}
        case None | bool() | int() | str():
            return figure
        case Decimal():
            return {"decimal": str(figure)}
        case date():
            return {"date": figure.isoformat()}
        case tuple() | list():
            return {"list": [_written(one) for one in figure]}
        case _:
            raise TypeError(f"a figure of kind {type(figure).__name__} has no written form: {figure!r}")


def _read(written: Any) -> Any:
    match written:
        case {"decimal": text}:
            return Decimal(text)
        case {"integer": text}:
            return int(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"list": items}:
            return tuple(_read(one) for one in items)
        case _:
            return written
