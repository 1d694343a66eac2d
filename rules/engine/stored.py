"""A docket as bytes, and back (案卷存储): its next review first, then its log and what was said.

Facts and verdicts are not stored: they are folded and asked again, and must come out the same. An index of reviews is
rebuilt by reading the first field alone.
"""

from typing import Any

import msgspec

from rules.cases.filed import Filed
from rules.cases.stored import PackedEvent, pack_log, unpack_log
from rules.engine.docket import Docket, F
from rules.engine.engine import Engine
from rules.engine.stored_cards import pack_card, unpack_card
from rules.events.envelope import Event

SCHEMA = 2

_encoder = msgspec.msgpack.Encoder()
_head = msgspec.msgpack.Decoder().decode


class _Stored(msgspec.Struct, array_like=True, frozen=True):
    """A docket as it is stored, by position."""

    review: int
    schema: int
    broken: bool
    log: list[PackedEvent]
    cards: list[list[Any]]


_decode = msgspec.msgpack.Decoder(_Stored).decode


class StoredSchemaError(ValueError):
    """The stored form is of another schema; the caller rebuilds the case from the archive."""


def encode(docket: Docket[F], packed: list[msgspec.Raw] | None = None) -> bytes:
    """Return the stored form of a docket.

    ``packed`` holds the first events of its log in their stored form and takes up the others: an event is packed once.
    """
    log = [filed for held in docket.held.values() for filed in (held if isinstance(held, list) else (held,))]
    cards: list[Any] = []
    if docket.cards:
        places = {filed.event.event_id: at for at, filed in enumerate(log)}
        cards = [pack_card(number, card, places) for (number, _), card in docket.cards.items()]
    return _encoder.encode([docket.next_review, SCHEMA, docket.broken, pack_log(log, packed), cards])


def next_review(stored: bytes) -> int:
    """Return the instant of the next review, reading no further; NEVER where there is none."""
    packed: list[Any] = _head(stored)
    return int(packed[0])


def restore(engine: Engine[F], key: str, stored: bytes) -> Docket[F]:
    """Put a stored docket back into an engine and return it; what was said stays said."""
    docket, log, review = _unpacked(engine, key, stored)
    engine.adopt(docket, log, review)
    return docket


def glimpse(engine: Engine[F], key: str, stored: bytes) -> Docket[F]:
    """Return a stored docket with its facts and its law, for who only looks; no rule is asked, no engine keeps it."""
    docket, log, review = _unpacked(engine, key, stored)
    engine.fold_again(docket, log)
    docket.next_review = review
    return docket


def _unpacked(engine: Engine[F], key: str, stored: bytes) -> tuple[Docket[F], list[Filed[Event]], int]:
    packed = _read(key, stored)
    docket = Docket(key, engine.tier.new_facts(key))
    log = unpack_log(packed.log, engine.catalog.days.day_of)
    rules = {rule.number: rule for rule in engine.tier.rules}
    for one in packed.cards:
        rule = rules.get(one[0])
        if rule is None:
            raise StoredSchemaError(f"案卷 {key} 有第 {one[0]} 号规则的信号，本程序没有这条规则")
        card = unpack_card(one, rule, key, log)
        docket.put((rule.number, card.subject), card)
    docket.broken = packed.broken
    return docket, log, packed.review


def _read(key: str, stored: bytes) -> _Stored:
    try:
        packed = _decode(stored)
    except msgspec.DecodeError:
        schema = _head(stored)[1]
    else:
        schema = packed.schema
        if schema == SCHEMA:
            return packed
    raise StoredSchemaError(f"案卷 {key} 的存储格式是第 {schema} 版，本程序读第 {SCHEMA} 版")
