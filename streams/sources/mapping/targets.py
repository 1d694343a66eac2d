"""The fields of the vocabulary that a mapping can fill, and what each takes.

Read from the structs of ``rules.events``, so a new event type or field can be mapped as soon as it exists.
"""

import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from rules.events.envelope import Archived, Event
from rules.events.kinds import BY_NAME

DUE_FIELDS = frozenset({"promise_due", "due_at"})
"""Fields that take a date or an instant."""


class Takes(StrEnum):
    """What a field takes (字段类型)."""

    TEXT = "text"
    STAMP = "an instant"
    DUE = "a date or an instant"
    DATE = "a date"
    WHOLE = "a whole number"
    AMOUNT = "a decimal number"
    FLAG = "true or false"
    CODE = "a word of a closed list"
    TEXTS = "a list of texts"
    TABLE = "a table of texts"


@cache
def fields_of(event_type: str) -> Mapping[str, Takes]:
    """Return the fields of an event type, envelope and archived ones included; KeyError where there is no such type."""
    return {**_fields(BY_NAME[event_type].of), **_fields(Archived)}


@cache
def envelope_fields() -> Mapping[str, Takes]:
    """Return the fields every event has."""
    return {**_fields(Event), **_fields(Archived)}


def words_of(event_type: str, field: str) -> frozenset[str]:
    """Return the closed list a CODE field takes its words from."""
    enum = next(iter(_enums(get_type_hints(BY_NAME[event_type].of).get(field))))
    return frozenset(str(member.value) for member in enum)


def _fields(of: type[msgspec.Struct]) -> dict[str, Takes]:
    hints = get_type_hints(of, include_extras=True)
    return {name: _takes(name, hint) for name, hint in hints.items() if name != "defects" and not name.startswith("_")}


def _takes(name: str, hint: Any) -> Takes:
    if name in DUE_FIELDS:
        return Takes.DUE
    parts = list(_parts(hint))
    if any(isinstance(part, msgspec.Meta) and (part.extra_json_schema or {}).get("format") for part in parts):
        return Takes.STAMP
    if any(get_origin(part) is dict for part in parts):
        return Takes.TABLE
    if any(get_origin(part) is tuple for part in parts):
        return Takes.TEXTS
    plain = {part for part in parts if isinstance(part, type)}
    if any(issubclass(part, Enum) for part in plain):
        return Takes.CODE
    for of, takes in ((bool, Takes.FLAG), (int, Takes.WHOLE), (Decimal, Takes.AMOUNT), (date, Takes.DATE)):
        if of in plain:
            return takes
    return Takes.TEXT


def _parts(hint: Any) -> list[Any]:
    """Return the alternatives and notes of an annotation, unwrapped."""
    if hasattr(hint, "__metadata__"):
        return [*hint.__metadata__, *_parts(hint.__origin__)]
    if get_origin(hint) in {Union, types.UnionType}:
        return [part for choice in get_args(hint) for part in _parts(choice)]
    return [hint]


def _enums(hint: Any) -> list[type[Enum]]:
    return [part for part in _parts(hint) if isinstance(part, type) and issubclass(part, Enum)]
