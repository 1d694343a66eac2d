"""A case as bytes, and back: the log, packed. Facts are never stored, they are folded again.

Envelope fields equal to those of the first event are left out, instants are numbers where their text can be written
again from them, trailing empty fields are dropped: an open case takes about half a kilobyte.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_type_hints

import msgspec

from rules.cases.filed import Filed, file
from rules.events.envelope import Event
from rules.events.instants import from_datetime, instant_of
from rules.events.kinds import BY_NUMBER, BY_STRUCT

SHARED = (
    "case_id",
    "time_precision",
    "task_code",
    "task_version",
    "task_type",
    "org_code",
    "region_code",
    "data_source",
    "data_version",
    "operator_id",
    "handling_mode",
    "priority",
    "defects",
)
_ALWAYS = frozenset({"event_id", "occurred_at", "reported_at"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Packed = list[Any]


def _body_fields(of: type[Event]) -> tuple[str, ...]:
    return tuple(name for name in of.__struct_fields__ if name not in _ALWAYS and name not in SHARED)


_BODY: dict[type[Event], tuple[str, ...]] = {of: _body_fields(of) for of in BY_STRUCT}
_DEFAULT: dict[type[Event], Event] = {of: of(event_id="", occurred_at="") for of in BY_STRUCT}
_HINTS: dict[type[Event], dict[str, Any]] = {}


def pack_log(log: list[Filed[Event]]) -> list[Packed]:
    """Return the events of one case as plain lists of numbers and texts."""
    if not log:
        return []
    base = log[0].event
    return [_pack(filed.event, base, first=at == 0) for at, filed in enumerate(log)]


def unpack_log(packed: list[Packed], day_of: Callable[[int], int]) -> list[Filed[Event]]:
    """Return the events again, filed."""
    log: list[Filed[Event]] = []
    base: Event | None = None
    for one in packed:
        event = _unpack(one, base)
        base = base or event
        log.append(file(event, day_of))
    return log


def _pack(event: Event, base: Event, *, first: bool) -> Packed:
    of = type(event)
    default = _DEFAULT[of]
    mask = 0
    own: Packed = []
    for bit, name in enumerate(SHARED):
        value = getattr(event, name)
        if value == getattr(default if first else base, name):
            mask |= 1 << bit
        else:
            own.append(value)
    body = [getattr(event, name) for name in _BODY[of]]
    while body and body[-1] == getattr(default, _BODY[of][len(body) - 1]):
        body.pop()
    occurred = _stamp(event.occurred_at)
    return [BY_STRUCT[of].number, mask, event.event_id, occurred, _reported(event, occurred), own, body]


def _unpack(packed: Packed, base: Event | None) -> Event:
    number, mask, event_id, occurred, reported, own, body = packed
    of = BY_NUMBER[number].of
    default = _DEFAULT[of]
    fields: dict[str, Any] = {"event_id": event_id, "occurred_at": _text(occurred)}
    if reported is not None:
        fields["reported_at"] = reported if isinstance(reported, str) else _text([occurred[0] + reported, occurred[1]])
    values = iter(own)
    hints = _hints(of)
    for bit, name in enumerate(SHARED):
        fields[name] = getattr(base or default, name) if mask & 1 << bit else msgspec.convert(next(values), hints[name])
    for name, value in zip(_BODY[of], body, strict=False):
        fields[name] = msgspec.convert(value, hints[name], strict=False)
    return of(**fields)


def _hints(of: type[Event]) -> dict[str, Any]:
    hints = _HINTS.get(of)
    if hints is None:
        hints = _HINTS[of] = get_type_hints(of, include_extras=True)
    return hints


def _stamp(text: str) -> Any:
    """Return an instant as [microseconds, offset in minutes] where its text can be written again from that."""
    moment = datetime.fromisoformat(text)
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    packed = [from_datetime(moment), minutes]
    return packed if _text(packed) == text else text


def _reported(event: Event, occurred: Any) -> Any:
    """Return ``reported_at`` as microseconds after ``occurred_at`` where it has the same offset, else as its text."""
    text = event.reported_at
    if text is None or isinstance(occurred, str):
        return text
    delta = instant_of(text) - int(occurred[0])
    return delta if _text([occurred[0] + delta, occurred[1]]) == text else text


def _text(stamp: Any) -> str:
    if isinstance(stamp, str):
        return stamp
    instant, minutes = stamp
    return (_EPOCH + timedelta(microseconds=instant)).astimezone(timezone(timedelta(minutes=minutes))).isoformat()
