"""A record put aside, as a record of the log and back.

The value is the bytes as they came, the headers say the rest. The key is its id: ``topic-partition-offset`` of what a
worker could not read, ``feed-digest-0-place`` of what never came into the log. Both stay the same however often the
record is put aside.
"""

import msgspec

from streams.log import New, Record
from streams.sources.item import Bad

KEPT_WHOLE = 1 << 20
"""Bytes of a record put aside that are kept; of a longer one the head is."""
KEPT_HEAD = 1 << 16
REDRIVEN = "redriven"
"""Header of a record published again: its id here."""
REDRIVEN_AT = "redriven-at"
"""Header of a mark: the record of this key was published again, at an instant (microseconds)."""


class PutAside(msgspec.Struct, frozen=True):
    """A record put aside (隔离的记录).

    ``id`` names it. ``where`` it stood: ``topic-partition-offset``, or file and line. ``size`` is the length of the
    original, of which ``raw`` may be the head. ``stamp``: when it was put aside, real time in microseconds.
    """

    id: str
    where: str
    reason: str
    field: str
    case_id: str
    key: bytes | None
    size: int
    stamp: int
    raw: bytes

    @property
    def whole(self) -> bool:
        """Return whether all of the original is here."""
        return len(self.raw) == self.size


def record_of_bad(source: str, seq: int, found: Bad) -> New:
    """Return the record of the quarantine topic for one of a source; ``seq`` is its place there."""
    place = f"feed-{source}"
    said = {
        "reason": found.reason,
        "field": found.field,
        "case": found.case_id or "",
        "topic": place,
        "partition": "0",
        "offset": str(seq),
        "where": str(found.where),
        "size": str(found.size),
        "digest": found.digest or "",
    }
    whole = found.raw if len(found.raw) <= KEPT_WHOLE else found.raw[:KEPT_HEAD]
    return New(whole, f"{place}-0-{seq}".encode(), tuple((name, text.encode()) for name, text in said.items()))


def aside_of(record: Record) -> PutAside:
    """Return the record put aside that a record of the topic holds; what its headers lack stays empty."""
    said = {name: value for name, value in record.headers if name != "key"}
    text = {name: value.decode("utf-8", "replace") for name, value in said.items()}
    name = (record.key or f"?-{record.offset}".encode()).decode("utf-8", "replace")
    raw = record.value or b""
    size = text.get("size", "")
    return PutAside(
        id=name,
        where=text.get("where", name),
        reason=text.get("reason", ""),
        field=text.get("field", ""),
        case_id=text.get("case", ""),
        key=dict(record.headers).get("key"),
        size=int(size) if size.isdecimal() else len(raw),
        stamp=record.stamp,
        raw=raw,
    )


def mark_of(name: str, at: int) -> New:
    """Return the mark that a record was published again at an instant."""
    return New(None, name.encode(), ((REDRIVEN_AT, str(at).encode()),))


def redriven_at(record: Record) -> int | None:
    """Return when a mark says its record was published again; None where the record is none."""
    for name, value in record.headers:
        if name == REDRIVEN_AT:
            return int(value) if value.isdigit() else record.stamp
    return None
