"""From the parsed YAML of an examples file to examples.

Times are local to +08:00 and written ``2026-03-02 09:00``; a bare date stamps an event to the day. ``case_id``,
``event_id`` (e1, e2, …), ``task_code`` and ``org_code`` are filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rules.events.decode import Unplaceable, of_mapping
from rules.events.envelope import Event
from rules.events.instants import from_datetime
from rules.events.kinds import BY_NAME
from rules.examples.expected import Expected, expected_of
from rules.examples.world import ORG, TASK, World, world_of
from rules.verdicts import NEVER

LOCAL = timezone(timedelta(hours=8))
DATE_CHARS = 10
CASE = "C1"
DUE = frozenset({"due_at", "promise_due"})
"""Stamps that may be a plain date."""
STAMPS = frozenset({*DUE, "started_at", "ended_at", "requested_at", "granted_at", "complete_through", "condition_at"})
SHORT = {"type": "event_type", "at": "occurred_at", "reported": "reported_at", "id": "event_id"}
OF_FILE = frozenset({"rule", "examples", "matter", "fees", "params", "sources", "calendars", "agencies"})
OF_EXAMPLE = (OF_FILE - {"rule", "examples"}) | {"name", "kind", "events", "as_of", "expect"}


class ExampleError(ValueError):
    """An examples file says something that cannot be read; the message names the example."""


class ExampleKind(StrEnum):
    """What an example shows: the rule fires, stays quiet, stands on the boundary, meets a known trap."""

    FIRES = "fires"
    QUIET = "quiet"
    BOUNDARY = "boundary"
    TRAP = "trap"


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One example: events under a catalogue, and what the rule answers of them as of an instant (microseconds)."""

    name: str
    kind: ExampleKind
    world: World
    events: tuple[Event, ...]
    as_of: int
    expected: tuple[Expected, ...]


def examples_of(document: Mapping[str, Any]) -> tuple[Example, ...]:
    """Return the examples of a file in order; ExampleError where one cannot be read."""
    _known(document, OF_FILE, "file")
    return tuple(_example(document, one) for one in document["examples"])


def instant(text: str | date | datetime) -> int:
    """Return the instant (microseconds) of a local time as examples write it; ``never`` after all others."""
    if text == "never":
        return NEVER
    return from_datetime(datetime.fromisoformat(_stamp(text)))


def _example(document: Mapping[str, Any], one: Mapping[str, Any]) -> Example:
    name = str(one.get("name", ""))
    try:
        _known(one, OF_EXAMPLE, "example")
        parts: dict[str, Any] = {}
        for part in ("matter", "fees", "params", "sources", "calendars", "agencies"):
            parts[part] = _merged(document.get(part), one, part)
        world = world_of(**parts)
        events = tuple(_events(one["events"], world))
        as_of = NEVER - 1 if one.get("as_of") is None else instant(one["as_of"])
        return Example(name, ExampleKind(one["kind"]), world, events, as_of, expected_of(one["expect"], instant))
    except (ValueError, KeyError, TypeError, Unplaceable) as err:
        raise ExampleError(f"{document.get('rule')}「{name}」: {type(err).__name__}: {err}") from err


def _merged(of_file: Any, one: Mapping[str, Any], part: str) -> Any:
    """Return a part of the file with what the example changes of it; a list replaces a list."""
    if part not in one:
        return of_file
    own = one[part]
    return {**of_file, **own} if isinstance(of_file, Mapping) and isinstance(own, Mapping) else own


def _events(written: Sequence[Mapping[str, Any]], world: World) -> Iterable[Event]:
    for number, record in enumerate(written, 1):
        yield _event(f"e{number}", record, world)


def _event(event_id: str, record: Mapping[str, Any], world: World) -> Event:
    fields: dict[str, Any] = {"event_id": event_id, "case_id": CASE, "task_code": TASK, "org_code": ORG}
    if world.sources:
        fields["data_source"] = world.sources[0].id
    for name, value in record.items():
        fields[SHORT.get(name, name)] = str(Decimal(str(value))) if isinstance(value, float) else value
    defective = fields.pop("defective", False)
    if "time_precision" not in fields and _is_day(fields["occurred_at"]):
        fields["time_precision"] = "day"
    for name in ("occurred_at", "reported_at", *STAMPS):
        value = fields.get(name)
        if value is not None and not (name in DUE and _is_day(value)) and not defective:
            fields[name] = _stamp(value)
        elif isinstance(value, date):
            fields[name] = value.isoformat()
    kind = BY_NAME.get(fields["event_type"])
    if kind is None:
        raise ExampleError(f"{event_id}: no event type {fields['event_type']!r}")
    _known(fields, {"event_type", *kind.of.__struct_fields__}, event_id)
    event = of_mapping(fields)
    if event.defects and not defective:
        raise ExampleError(f"{event_id}: {'; '.join(event.defects)}")
    return event


def _is_day(value: Any) -> bool:
    return (isinstance(value, date) and not isinstance(value, datetime)) or (
        isinstance(value, str) and len(value) == DATE_CHARS
    )


def _stamp(value: str | date | datetime) -> str:
    moment = datetime.fromisoformat(value if isinstance(value, str) else value.isoformat())
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=LOCAL)).isoformat()


def _known(written: Mapping[str, Any], names: Iterable[str], where: str) -> None:
    unknown = sorted(set(written) - set(names))
    if unknown:
        raise ExampleError(f"{where}: unknown {', '.join(unknown)}")
