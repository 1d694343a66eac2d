"""What an example says the rule answers, and how an answer differs from it.

``expect`` is a word (``clear``, ``not_applicable``, ``undecided``), a mapping, or a list of mappings, one a subject.
``clear`` also holds of a breach of which nothing may be said yet. A subject not listed must be
clear, or not concern the rule.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from rules.declare import Rule
from rules.events.words import Level
from rules.verdicts import NEVER, Breach, Clear, NotApplicable, Undecided, Verdict

Instant = Callable[[str], int]
WORDS = ("clear", "not_applicable", "undecided")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LOCAL_HOURS = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Expected:
    """The answer for one subject; None stands for what the example leaves open (``ended``: not at all)."""

    verdict: str
    level: Level | None = None
    subject: str | None = None
    since: int | None = None
    ended: int | None = None
    next: int | None = None
    events: tuple[str, ...] | None = None
    why: str = ""
    figures: Mapping[str, Any] | None = None
    org: str | None = None


def expected_of(written: Any, instant: Instant) -> tuple[Expected, ...]:
    """Return what ``expect`` says; ValueError where it says nothing known."""
    many = written if isinstance(written, list) else [written]
    return tuple(_one(one, instant) for one in many)


def _one(written: Any, instant: Instant) -> Expected:
    if isinstance(written, str):
        written = {"verdict": written}
    fields = dict(written)
    level = fields.pop("level", None)
    verdict = fields.pop("verdict", "breach" if level is not None else "clear")
    if verdict not in (*WORDS, "breach"):
        raise ValueError(f"expect: {verdict!r} is none of {', '.join(WORDS)}")
    why = str(fields.pop("missing", fields.pop("why", "")))
    for name in ("since", "ended", "next"):
        if fields.get(name) is not None:
            fields[name] = instant(fields[name])
    if "events" in fields:
        fields["events"] = tuple(fields["events"])
    if "subject" in fields:
        fields["subject"] = str(fields["subject"])
    return Expected(verdict, Level.of(level) if level is not None else None, why=why, **fields)


def compared(rule: Rule, answers: Mapping[str, Verdict], expected: Iterable[Expected], as_of: int) -> list[str]:
    """Return how the answers differ from what was expected, a line a difference."""
    found: list[str] = []
    left = dict(answers)
    for one in expected:
        subject = one.subject
        if subject is None:
            if one.verdict == "clear" and len(left) != 1:
                return [f"{name!r}: clear expected" for name, verdict in left.items() if not _quiet(verdict, as_of)]
            speaking = [name for name, verdict in left.items() if not _quiet(verdict, as_of)] or list(left)
            subject = "、".join(speaking)
        verdict = left.pop(subject, None)
        if verdict is None:
            found.append(f"no answer about {subject!r}, only about {sorted(left)}")
            continue
        found += [f"{subject or rule.id}: {line}" for line in _differs(rule, verdict, one, as_of)]
    return found + [
        f"not expected: {name!r}: {shown(rule, verdict)}"
        for name, verdict in left.items()
        if not isinstance(verdict, NotApplicable) and not _quiet(verdict, as_of)
    ]


def _quiet(verdict: Verdict, as_of: int) -> bool:
    return isinstance(verdict, Clear) or (isinstance(verdict, Breach) and verdict.level_at(as_of) is None)


def _differs(rule: Rule, verdict: Verdict, one: Expected, as_of: int) -> list[str]:
    if one.verdict == "clear":
        lines = [] if _quiet(verdict, as_of) else [f"clear expected, found {shown(rule, verdict)}"]
        return lines + _next_differs(verdict, one, as_of)
    if one.verdict != "breach":
        line = shown(rule, verdict)
        return [] if line.startswith(one.verdict) and one.why in line else [f"{one.verdict} expected, found {line}"]
    if not isinstance(verdict, Breach):
        return [f"breach expected, found {shown(rule, verdict)}"]
    level = verdict.level_at(as_of)
    if level is None or level is not one.level:
        return [f"{one.level.code if one.level else 'a breach'} expected, found {shown(rule, verdict)}"]
    lines = []
    pairs: list[tuple[str, Any, Any]] = [
        ("since", one.since, verdict.condition_at(level)),
        ("events", one.events, verdict.events),
        ("org", one.org, verdict.org),
    ]
    if one.ended is not None or verdict.ended <= as_of:
        pairs.append(("ended", one.ended or NEVER, verdict.ended))
    for name, wanted, is_so in pairs:
        if wanted is not None and wanted != is_so:
            lines.append(f"{name}: {_text(name, wanted)} expected, found {_text(name, is_so)}")
    if one.why not in verdict.missing:
        lines.append(f"missing: {one.why!r} expected in {verdict.missing!r}")
    return lines + _next_differs(verdict, one, as_of) + _figures_differ(rule, verdict, one)


def _next_differs(verdict: Verdict, one: Expected, as_of: int) -> list[str]:
    if one.next is None:
        return []
    coming = verdict.next_after(as_of) if isinstance(verdict, Breach) else NEVER
    return [] if coming == one.next else [f"next: {local(one.next)} expected, found {local(coming)}"]


def _figures_differ(rule: Rule, verdict: Breach, one: Expected) -> list[str]:
    told = figures(rule, verdict)
    lines = []
    for name, value in (one.figures or {}).items():
        wanted = value.isoformat() if isinstance(value, date) else str(value)
        if told.get(name) != wanted:
            lines.append(f"{name}: {wanted} expected, found {told.get(name)}")
    return lines


def figures(rule: Rule, verdict: Breach | Undecided) -> dict[str, str]:
    """Return the figures of an answer by name, as examples write them."""
    return {name: figure(kind, value) for (name, kind), value in zip(rule.figures, verdict.figures, strict=False)}


def figure(kind: str, value: Any) -> str:
    """Return one figure as examples write it: a date, a local time, a number, a text."""
    if value is None:
        return ""
    match kind:
        case "day":
            return date.fromordinal(value).isoformat()
        case "instant":
            return local(value)
        case "yuan":
            return str(Decimal(value).quantize(Decimal("0.01")))
        case _:
            return str(value)


def local(at: int) -> str:
    """Return an instant as local time to the minute (seconds where there are any)."""
    if at >= NEVER - 1:
        return "never"
    moment = EPOCH + timedelta(microseconds=at) + LOCAL_HOURS
    return moment.strftime("%Y-%m-%d %H:%M:%S" if moment.second else "%Y-%m-%d %H:%M")


def shown(rule: Rule, verdict: Verdict) -> str:
    """Return an answer in one line."""
    match verdict:
        case Clear(why):
            return f"clear {why}".strip()
        case NotApplicable(why):
            return f"not_applicable {why}"
        case Undecided(missing):
            return f"undecided {missing}"
    rungs = ", ".join(f"{r.level.code} from {local(r.since)} (said {local(r.say_at)})" for r in verdict.rungs)
    return f"{rungs}; ended {local(verdict.ended)}; events {list(verdict.events)}; {figures(rule, verdict)}"


def _text(name: str, value: Any) -> str:
    return local(value) if name in {"since", "ended"} else str(value)
