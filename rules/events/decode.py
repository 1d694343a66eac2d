"""From bytes or a mapping to an event.

A record of the right form is decoded in one step. One that is not is taken apart field by field: a field that cannot
be read becomes None and a line in ``defects``. Only what cannot be placed (no id, type, case or time; undecodable)
is refused, with its reason and the field (``semantics.md`` §7).
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from rules.events.data import Heartbeat, Outage
from rules.events.envelope import Event
from rules.events.filing import Accepted, Closed
from rules.events.handling import ExtensionGranted, PauseEnded, StageCompleted, StageEntered
from rules.events.instants import EARLIEST, LATEST, instant_of
from rules.events.kinds import ANY_EVENT, BY_NAME, BY_STRUCT, KINDS, type_name
from rules.events.money import DepositMade, FeeAssessed, FeePaid, FeeRefunded, FeeWaived
from rules.events.voices import AgentEngaged

ZERO = Decimal(0)
FEN = Decimal("0.01")
TOO_MUCH = Decimal(10) ** 15
"""Yuan: beyond any budget, a slip of the pen."""
QUANTITY = "quantity"
DATE_CHARS = 10
FIRST_YEAR, LAST_YEAR = 1900, 2200
ALIASES = {"project_no": "case_id", "alert_id": "card_id", "prior_project_no": "prior_case_id"}
"""Names older sources use for fields of the glossary."""


class Unplaceable(ValueError):
    """A record that cannot be placed; the caller quarantines it with ``reason`` and ``field``."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.reason = reason
        self.field = field


_json = msgspec.json.Decoder(ANY_EVENT)
_loose = msgspec.json.Decoder(dict[str, Any])
_hints: dict[type[Event], dict[str, Any]] = {}


def decode(line: bytes) -> Event:
    """Return the event of one JSON record; Unplaceable where it has none."""
    try:
        event: Event = _json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _salvage_line(line)
    check = _CHECKS.get(type(event))
    if check is not None:
        event = check(event)
    if not event.case_id and BY_STRUCT[type(event)].has_case and not getattr(event, "card_id", None):
        return _salvage_line(line)
    return event


def of_mapping(record: Mapping[str, Any]) -> Event:
    """Return the event of a record given as a mapping of field names to plain values; Unplaceable where it has none."""
    kind = BY_NAME.get(record.get("event_type", ""))
    if kind is None:
        return _salvage(record)
    try:
        event: Event = msgspec.convert(record, kind.of)
    except msgspec.ValidationError:
        return _salvage(record)
    return _checked(event)


def _checked(event: Event) -> Event:
    check = _CHECKS.get(type(event))
    if check is not None:
        event = check(event)
    if event.case_id is None:
        _need_case(event)
    return event


def _salvage_line(line: bytes) -> Event:
    try:
        record = _loose.decode(line)
    except msgspec.DecodeError as err:
        raise Unplaceable(f"不是 JSON 对象：{err}") from None
    except UnicodeDecodeError as err:
        raise Unplaceable(f"不是 UTF-8：{err}") from None
    except RecursionError:
        raise Unplaceable("嵌套过深") from None
    return _salvage(record)


def _salvage(record: Mapping[str, Any]) -> Event:
    fields = {ALIASES.get(name, name): value for name, value in record.items() if value is not None}
    kind = BY_NAME.get(str(fields.pop("event_type", None) or ""))
    if kind is None:
        raise Unplaceable(f"不认识的事件类型 {record.get('event_type')!r}", "event_type")
    hints = _hints_of(kind.of)
    read: dict[str, Any] = {}
    defects: list[str] = []
    for name, value in fields.items():
        if name not in hints:
            continue
        try:
            read[name] = msgspec.convert(value, hints[name], strict=False)
        except msgspec.ValidationError as err:
            defects.append(f"{name}: {err}: {value!r:.80}")
    for name in ("event_id", "occurred_at"):
        if name not in read:
            why = next((d.partition(": ")[2] for d in defects if d.startswith(f"{name}:")), "缺失")
            raise Unplaceable(why, name)
    if not read["event_id"]:
        raise Unplaceable("为空", "event_id")
    read["defects"] = (*read.get("defects", ()), *sorted(defects))
    return _checked(kind.of(**read))


def _hints_of(of: type[Event]) -> dict[str, Any]:
    hints = _hints.get(of)
    if hints is None:
        hints = _hints[of] = get_type_hints(of, include_extras=True)
    return hints


def _need_case(event: Event) -> None:
    if not event.case_id and BY_STRUCT[type(event)].has_case and not getattr(event, "card_id", None):
        raise Unplaceable("缺失", "case_id")


def _money(*names: str) -> Callable[[Event], Event]:
    """Return a check that drops amounts below zero or finer than a fen (not so quantities) into the defects."""

    def check(event: Event) -> Event:
        bad: dict[str, str] = {}
        for name in names:
            amount: Decimal | None = getattr(event, name)
            if amount is None:
                continue
            if not amount.is_finite():
                bad[name] = f"not a number: {amount}"
            elif amount < ZERO:
                bad[name] = f"negative: {amount}"
            elif amount >= TOO_MUCH:
                bad[name] = f"too large: {amount}"
            elif name != QUANTITY and amount % FEN:
                bad[name] = f"finer than a fen: {amount}"
        return _without(event, bad) if bad else event

    return check


def _stamps(*names: str) -> Callable[[Event], Event]:
    """Return a check that stamps are instants with their zone, and due dates (``…due…``) that or a plain date."""
    values = attrgetter(*names) if len(names) > 1 else _alone(names[0])
    nothing = (None,) * len(names)

    def check(event: Event) -> Event:
        given = values(event)
        if given == nothing:
            return event
        bad: dict[str, str] = {}
        for name, value in zip(names, given, strict=True):
            if value is None:
                continue
            try:
                _place_in_time(name, value)
            except ValueError as err:
                bad[name] = f"{err}: {value!r:.40}"
        return _without(event, bad) if bad else event

    return check


def _place_in_time(name: str, value: str) -> None:
    """Raise ValueError where a stamp is none, or lies where no calendar reaches."""
    if "due" in name and len(value) == DATE_CHARS:
        year = date.fromisoformat(value).year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"日期不在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间")
    elif not EARLIEST <= instant_of(value) <= LATEST:
        raise ValueError(f"时间不在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间")


def _alone(name: str) -> Callable[[Event], tuple[Any, ...]]:
    get = attrgetter(name)
    return lambda event: (get(event),)


def _without(event: Event, bad: dict[str, str]) -> Event:
    defects = (*event.defects, *(f"{name}: {why}" for name, why in bad.items()))
    return msgspec.structs.replace(event, defects=defects, **dict.fromkeys(bad))


_CHECKS: dict[type[Event], Callable[[Event], Event]] = {
    Accepted: _stamps("promise_due"),
    StageEntered: _stamps("due_at"),
    StageCompleted: _stamps("due_at", "started_at", "ended_at"),
    ExtensionGranted: _stamps("requested_at", "granted_at"),
    Heartbeat: _stamps("complete_through"),
    Outage: _stamps("started_at", "ended_at"),
    Closed: _money("fee_total"),
    PauseEnded: _money("fee"),
    AgentEngaged: _money("fee"),
    FeeAssessed: _money("amount_due", "quantity"),
    FeePaid: _money("amount", "quantity"),
    FeeWaived: _money("amount"),
    FeeRefunded: _money("amount"),
    DepositMade: _money("amount"),
}

TYPE_NAMES: tuple[str, ...] = tuple(type_name(kind.of) for kind in KINDS)
