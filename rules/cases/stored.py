"""A case as bytes, and back: the log, packed. Facts are never stored, they are folded again.

Envelope fields equal to those of the first event are left out, instants are numbers where their text can be written
again from them, trailing empty fields are dropped: an open case takes about half a kilobyte.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec
from msgspec.structs import asdict

from rules.cases.filed import Filed, file
from rules.events.envelope import Event
from rules.events.instants import from_datetime, instant_of, text_of
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

Packed = list[Any]


class PackedEvent(msgspec.Struct, array_like=True, frozen=True):
    """An event as it is stored, by position.

    ``mask`` has a bit for every field of ``SHARED`` that is as in the first event of the case; the others are ``own``.
    Instants are [microseconds, offset in minutes] or text; ``reported`` is counted from ``occurred``.
    """

    number: int
    mask: int
    event_id: str
    occurred: Any
    reported: Any
    own: list[Any]
    body: msgspec.Raw


def _body_fields(of: type[Event]) -> tuple[str, ...]:
    return tuple(name for name in of.__struct_fields__ if name not in _ALWAYS and name not in SHARED)


def _getter(names: tuple[str, ...]) -> Callable[[Event], tuple[Any, ...]]:
    """Return what takes the values of fields; always as a tuple."""
    match names:
        case ():
            return lambda _event: ()
        case (name,):
            return lambda event: (getattr(event, name),)
        case _:
            return attrgetter(*names)


_BODY: dict[type[Event], tuple[str, ...]] = {of: _body_fields(of) for of in BY_STRUCT}
_DEFAULT: dict[type[Event], Event] = {of: of(event_id="", occurred_at="") for of in BY_STRUCT}
_shared = attrgetter(*SHARED)
_ALL = (1 << len(SHARED)) - 1
_NOTHING_SHARED: tuple[Any, ...] = _shared(_DEFAULT[next(iter(_DEFAULT))])
"""What the first event of a case is compared with: the defaults, which are those of every kind."""
_body_of = {of: _getter(names) for of, names in _BODY.items()}
_DEFAULT_BODY = {of: _body_of[of](default) for of, default in _DEFAULT.items()}
_encode = msgspec.msgpack.Encoder().encode
_CANONICAL = {25: 19, 32: 26}
"""Lengths of the two forms ``isoformat`` writes with an offset of minutes, and where the offset begins."""
_DEFAULTS_SHARED = dict(zip(SHARED, _NOTHING_SHARED, strict=True))


def pack_log(log: Sequence[Filed[Event]], packed: list[msgspec.Raw] | None = None) -> list[msgspec.Raw]:
    """Return the events of one case as numbers and texts in msgpack, each by itself.

    ``packed`` holds the first events as packed before; the rest is added to it and it is returned.
    """
    done = [] if packed is None else packed
    if len(done) < len(log):
        shared = _shared(log[0].event)
        for at in range(len(done), len(log)):
            done.append(msgspec.Raw(_encode(_pack(log[at], shared if at else _NOTHING_SHARED))))
    return done


def unpack_log(packed: Sequence[PackedEvent], day_of: Callable[[int], int]) -> list[Filed[Event]]:
    """Return the events again, filed."""
    log: list[Filed[Event]] = []
    base: dict[str, Any] | None = None
    for one in packed:
        event, shared = _unpack(one, base)
        base = base or shared
        log.append(file(event, day_of))
    return log


def _pack(filed: Filed[Event], base: tuple[Any, ...]) -> Packed:
    event = filed.event
    of = type(event)
    shared = _shared(event)
    own: Packed = []
    mask = _ALL
    if shared != base:
        mask = 0
        for bit, value in enumerate(shared):
            if value == base[bit]:
                mask |= 1 << bit
            else:
                own.append(value)
    values, default, most = _body_of[of](event), _DEFAULT_BODY[of], len(_BODY[of])
    while most and values[most - 1] == default[most - 1]:
        most -= 1
    occurred = _stamp(event.occurred_at)
    return [BY_STRUCT[of].number, mask, event.event_id, occurred, _reported(event, occurred), own, values[:most]]


def _unpack(packed: PackedEvent, base: dict[str, Any] | None) -> tuple[Event, dict[str, Any]]:
    """Return an event, and what it shares with the others where it is the first of its case."""
    of = BY_NUMBER[packed.number].of
    mask = packed.mask
    shared = _DEFAULTS_SHARED if base is None else base
    if mask != _ALL:
        shared = dict(shared)
        values = iter(packed.own)
        hints = _hints(of)
        for bit, name in enumerate(SHARED):
            if not mask & 1 << bit:
                shared[name] = msgspec.convert(next(values), hints[name])
    fields = {**shared, **asdict(_body_decoder(of)(packed.body))}
    occurred, reported = packed.occurred, packed.reported
    fields["event_id"] = packed.event_id
    fields["occurred_at"] = _text(occurred)
    if reported is not None:
        fields["reported_at"] = reported if isinstance(reported, str) else _text([occurred[0] + reported, occurred[1]])
    return of(**fields), shared


@cache
def _body_decoder(of: type[Event]) -> Callable[[msgspec.Raw], msgspec.Struct]:
    """Return what reads the fields of a kind that events do not share, written by position; the last may be missing."""
    hints, default = _hints(of), _DEFAULT[of]
    fields = [(name, hints[name], getattr(default, name)) for name in _BODY[of]]
    body = msgspec.defstruct(f"{of.__name__}Body", fields, array_like=True, frozen=True)
    return msgspec.msgpack.Decoder(body, strict=False).decode


@cache
def _hints(of: type[Event]) -> dict[str, Any]:
    return get_type_hints(of, include_extras=True)


def _stamp(text: str) -> Any:
    """Return an instant as [microseconds, offset in minutes] where its text can be written again from that."""
    offset = _offset(text[at:]) if (at := _CANONICAL.get(len(text))) is not None and _is_plain(text) else None
    if offset is not None:
        return [instant_of(text), offset]
    moment = datetime.fromisoformat(text)
    away = moment.utcoffset()
    minutes = int(away.total_seconds() // 60) if away is not None else 0
    packed = [from_datetime(moment), minutes]
    return packed if text_of(packed[0], minutes) == text else text


def _is_plain(text: str) -> bool:
    """Return whether a text of such a length is a date and a time with all its signs, as ``isoformat`` writes them."""
    return (
        text[10] == "T"
        and text[13] == ":"
        and text[7] == "-"
        and text[5] in "01"
        and (text[19] != "." or text[20:26] != "000000")
        and text[19] != ","
        and text.isascii()
    )


@cache
def _offset(text: str) -> int | None:
    """Return an offset as minutes where it is written as ``isoformat`` does."""
    hours, colon, minutes = text[1:3], text[3:4], text[4:6]
    if colon != ":" or not (hours + minutes).isdecimal() or text == "-00:00":
        return None
    found = int(hours) * 60 + int(minutes)
    return -found if text[0] == "-" else found


def _reported(event: Event, occurred: Any) -> Any:
    """Return ``reported_at`` as microseconds after ``occurred_at`` where it has the same offset, else as its text."""
    text = event.reported_at
    if text is None or isinstance(occurred, str):
        return text
    packed = _stamp(text)
    return packed[0] - occurred[0] if isinstance(packed, list) and packed[1] == occurred[1] else text


def _text(stamp: Any) -> str:
    return stamp if isinstance(stamp, str) else text_of(stamp[0], stamp[1])
