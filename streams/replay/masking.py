"""Identity and phone numbers are masked before anything is judged or stored (``semantics.md`` §10).

What looks like an 18-digit identity number or a mobile number is masked in free text, in fields the vocabulary does not
know, and in those that could not be read. Identifiers, codes and stamps stay: they are what records are found by. The
customary form is kept (first and last digits), so that two numbers do not become one.

Hardly any record holds such a number, but many hold long codes: the bytes are looked through first, and only a record
with a suspicious run of digits outside its own identifiers is taken apart.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec

from rules.events.envelope import Archived, Event

MASKING = 1
"""Which edition of masking this is: what is stored of a file depends on it."""

_PHONE = r"(?:(?<=86)|(?<!\d))([1１][3-9３-９]\d)[- ]?\d{4}[- ]?(\d{4})(?!\d)"
_IDENTITY = (
    r"(?<!\d)([1-9１-９]\d{5})[- ]?(?:[1１][89８９]|[2２][0０])\d{2}[- ]?[01０１]\d[- ]?[0-3０-３]\d[- ]?"
    r"(\d{3}[\dXxＸｘ])(?![0-9A-Za-z])"
)
_LOOKS = re.compile(f"{_IDENTITY}|{_PHONE}")
# The same in bytes and more loosely. Each begins with plain characters, which the search engine seeks quickly.
_phones = re.compile(rb"1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}").finditer
_born = tuple(
    re.compile(century + rb"[0-9]{2}[- ]?[01][0-9][- ]?[0-3][0-9][- ]?[0-9]{3}").finditer
    for century in (b"19", b"20", b"18")
)
_IN_RUNS = b"0123456789- "
_RUNS = bytes.maketrans(bytes(range(256)), bytes(b"0"[0] if byte in _IN_RUNS else b" "[0] for byte in range(256)))
"""Makes every run of digits and what may separate them a run of noughts."""
_LONG = b"0" * 17
_SHORT = b"0" * 11
_CODE_CHARS = 15
"""Characters of a code that is surely none of the numbers sought, nor part of one."""
_WIDE = re.compile(rb"\xef\xbc[\x90-\x99]")
_ESCAPED = (b"\\u003", b"\\uff1", b"\\uFF1")

_CODE_ENDINGS = (
    "_id",
    "_no",
    "_code",
    "_codes",
    "_hash",
    "_at",
    "_due",
    "_org",
    "_unit",
    "_type",
    "_version",
    "_through",
)
_CODES = frozenset(
    {"code", "corrects", "data_source", "document", "edition", "level", "priority", "scope", "state", "subject", "url"}
)
_OLD_NAMES = frozenset({"project_no", "alert_id", "prior_project_no"})

_loose = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)
_encode = msgspec.json.Encoder(decimal_format="number").encode


def fields_of(record: bytes) -> dict[str, Any]:
    """Return the fields of a JSON object; numbers with a point keep every digit."""
    return _loose.decode(record)


def record_of(fields: dict[str, Any]) -> bytes:
    """Return fields as a JSON object."""
    return _encode(fields)


def masked(record: bytes, event: Event) -> bytes:
    """Return the canonical JSON of an event with what must not be stored masked; the same object where nothing was."""
    if not _may_hold(record, event):
        return record
    fields = fields_of(record)
    spoilt = {defect.partition(":")[0] for defect in event.defects}
    kept = _kept(type(event)) - spoilt
    clean = {name: value if name in kept else _masked(name, value) for name, value in fields.items()}
    return record if clean == fields else record_of(clean)


def masked_text(text: str, known: str = "") -> str:
    """Return a text with identity and phone numbers masked; one that is part of ``known`` (an identifier) stays."""

    def mask(found: re.Match[str]) -> str:
        return found[0] if known and found[0] in known else _mask(found)

    return _LOOKS.sub(mask, text)


def masked_bytes(raw: bytes, known: str = "") -> bytes:
    """Return bytes of a record that could not be read, masked; they need be no text."""
    text = raw.decode("utf-8", "surrogateescape")
    clean = masked_text(text, known)
    return raw if clean == text else clean.encode("utf-8", "surrogateescape")


def _may_hold(record: bytes, event: Event) -> bool:
    if not _has_digits(record, event) and not (b"\xef" in record or b"\\" in record):
        return False
    known = b""
    for found in _phones(record):
        known = known or _identifiers(event)
        if found[0] not in known:
            return True
    if record.translate(_RUNS).find(_LONG) >= 0:
        known = known or _identifiers(event)
        for born in _born:
            for found in born(record):
                if found[0] not in known:
                    return True
    # One byte is sought first: that is fifty times as fast as seeking two.
    if b"\xef" in record and _WIDE.search(record):
        return True
    return b"\\" in record and any(escape in record for escape in _ESCAPED)


def _has_digits(record: bytes, event: Event) -> bool:
    """Return whether digits enough for a number are left when the long codes every record carries are taken out."""
    for code in (event.event_id, event.case_id, event.task_code, event.org_code):
        if code is not None and len(code) >= _CODE_CHARS and code.isascii():
            record = record.replace(code.encode(), b"|")
    return record.translate(_RUNS).find(_SHORT) >= 0


def _identifiers(event: Event) -> bytes:
    """Return the identifiers and codes every record carries."""
    parts = (event.case_id, event.event_id, event.task_code, event.org_code, event.operator_id)
    return "|".join(part for part in parts if part).encode()


@cache
def _kept(of: type[Event]) -> frozenset[str]:
    """Return the fields of a type that stay as they are: identifiers, codes and stamps, and whatever is no text."""
    hints = {**get_type_hints(of), **get_type_hints(Archived)}
    known = {name for name, hint in hints.items() if name.endswith(_CODE_ENDINGS) or not _holds_text(hint)}
    return frozenset(known | _CODES & hints.keys()) | _OLD_NAMES


def _holds_text(hint: Any) -> bool:
    return hint in {str, Any} or any(_holds_text(part) for part in get_args(hint) if part is not Ellipsis)


def _masked(name: str, value: Any) -> Any:
    """Return a value with every text in it masked; corrected fields are looked at each by its own name."""
    if name == "fields" and isinstance(value, dict):
        return {inner: one if _is_code(inner) else _masked(inner, one) for inner, one in value.items()}
    return _walked(value, masked_text)


def _is_code(name: str) -> bool:
    return name.endswith(_CODE_ENDINGS) or name in _CODES


def _walked(value: Any, mask: Callable[[str], str]) -> Any:
    match value:
        case str():
            return mask(value)
        case bool() | None:
            return value
        case int() | Decimal():
            clean = mask(str(value))
            return value if clean == str(value) else clean
        case list():
            return [_walked(one, mask) for one in value]
        case dict():
            return {name: _walked(one, mask) for name, one in value.items()}
        case _:
            return value


def _mask(found: re.Match[str]) -> str:
    head, tail = (found[1], found[2]) if found[1] else (found[3], found[4])
    return f"{head}{'*' * (8 if found[1] else 4)}{tail}"
