"""What is remembered of a case or a partition, as records of the state topic and back.

A docket's value begins with a fixed head, so that an index of reviews is rebuilt without unpacking anything: schema,
whether it waits for its source, the offset of the last record it has read, its next review. Keys that begin with NUL
are the partition's own: how far it has read and what became of the records, what is known of its sources, which
agencies it has heard of today.
"""

from struct import Struct as Layout
from typing import Any

import msgspec

from rules.engine import stored

SCHEMA = 16 + stored.SCHEMA
"""Of this module the first, of the dockets it holds whichever they have."""
OWN = b"\0"
PARTITION = b"\0partition"
HEARD = b"\0heard"
SOURCE = b"\0source\0"
COUNTS = b"\0counts\0"
_HEAD = Layout(">BBqq")

HourCounts = dict[str, int]
"""Records of one hour by what became of them."""


class StateSchemaError(ValueError):
    """The state was written by another version of the program; the partition is rebuilt from the log."""


class Head(msgspec.Struct, frozen=True, gc=False):
    """The head of a docket's value: next review (microseconds), last offset read, whether it waits for its source."""

    review: int
    offset: int
    waiting: bool


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """How far a partition has come (读至): the offset to read on from, ``now``, counts by hour (since 1970, UTC).

    Records before ``counted`` have been counted, though some of them may be read again. ``hours`` holds the last days
    only; older hours have keys of their own. ``edition`` names the catalogue that judged. ``marks`` tells how far each
    partition of an earlier tier had come.
    """

    schema: int
    next_offset: int
    counted: int
    now: int
    edition: str
    total: dict[str, int]
    hours: dict[int, HourCounts]
    marks: dict[int, int]


class Sources(msgspec.Struct, frozen=True):
    """Heartbeats of a source in one month, or its outages (start, end, reported); microseconds."""

    beats: list[int]
    outages: list[tuple[int, int, int]]


_encode = msgspec.msgpack.Encoder().encode
_position = msgspec.msgpack.Decoder(Position).decode
_heard = msgspec.msgpack.Decoder(dict[str, int]).decode
_sources = msgspec.msgpack.Decoder(Sources).decode
_schema_of = msgspec.msgpack.Decoder(dict[str, Any]).decode


def docket_value(packed: bytes, head: Head) -> bytes:
    """Return the value of a docket."""
    return _HEAD.pack(SCHEMA, head.waiting, head.offset, head.review) + packed


def head_of(value: bytes) -> Head:
    """Return the head of a docket's value; StateSchemaError where it is of another version."""
    if len(value) < _HEAD.size or value[0] != SCHEMA:
        raise StateSchemaError(f"状态的格式是第 {value[0] if value else 0} 版，本程序读第 {SCHEMA} 版")
    _, waiting, offset, review = _HEAD.unpack_from(value)
    return Head(review, offset, bool(waiting))


def is_ours(value: bytes) -> bool:
    """Return whether the value of a docket is of this version."""
    return value[:1] == bytes([SCHEMA])


def is_older(key: bytes, value: bytes | None, known: bytes | None) -> bool:
    """Return whether a value stands later in the topic and yet is the older: a worker wrote it that had lost its place.

    What another version wrote cannot be compared: of that the later holds.
    """
    if value is None or known is None:
        return False
    if key == PARTITION:
        try:
            return position_of(value).counted < position_of(known).counted
        except StateSchemaError:
            return False
    ours = not key.startswith(OWN) and is_ours(value) and is_ours(known)
    return ours and head_of(value).offset < head_of(known).offset


def packed_of(value: bytes) -> bytes:
    """Return the packed docket of a value."""
    return value[_HEAD.size :]


def position_value(position: Position) -> bytes:
    """Return the value of a position."""
    return _encode(position)


def position_of(value: bytes) -> Position:
    """Return the position of a value; StateSchemaError where it is of another version."""
    schema = _schema_of(value).get("schema")
    if schema != SCHEMA:
        raise StateSchemaError(f"状态的格式是第 {schema} 版，本程序读第 {SCHEMA} 版")
    return _position(value)


def heard_value(heard: dict[str, int]) -> bytes:
    """Return the value that says on which day (ordinal) each agency was last heard of."""
    return _encode(heard)


def heard_of(value: bytes) -> dict[str, int]:
    """Return on which day each agency was last heard of."""
    return _heard(value)


def sources_value(sources: Sources) -> bytes:
    """Return the value of what a source said of itself."""
    return _encode(sources)


def sources_of(value: bytes) -> Sources:
    """Return what a source said of itself."""
    return _sources(value)
