"""A docket as bytes, and back (案卷存储): its next review first, then its log and what was said.

Facts and verdicts are not stored: they are folded and asked again, and must come out the same. An index of reviews is
rebuilt by reading the first field alone.
"""

from typing import Any

import msgspec
from msgspec.structs import replace

from rules.cases.stored import pack_log, unpack_log
from rules.engine.cards import Card
from rules.engine.docket import Docket, F
from rules.engine.engine import Engine
from rules.verdicts import Kinds, figures_of

SCHEMA = 1

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder()


class StoredSchemaError(ValueError):
    """The stored form is of another schema; the caller rebuilds the case from the archive."""


def encode(docket: Docket[F]) -> bytes:
    """Return the stored form of a docket."""
    log = [filed for held in docket.all_held() for filed in held]
    cards = [[number, subject, msgspec.to_builtins(card)] for (number, subject), card in docket.cards.items()]
    return _encoder.encode([docket.next_review, SCHEMA, docket.broken, pack_log(log), cards])


def next_review(stored: bytes) -> int:
    """Return the instant of the next review, reading no further; NEVER where there is none."""
    packed: list[Any] = _decoder.decode(stored)
    return int(packed[0])


def restore(engine: Engine[F], key: str, stored: bytes) -> Docket[F]:
    """Put a stored docket back into an engine and return it; what was said stays said."""
    packed: list[Any] = _decoder.decode(stored)
    if packed[1] != SCHEMA:
        raise StoredSchemaError(f"案卷 {key} 的存储格式是第 {packed[1]} 版，本程序读第 {SCHEMA} 版")
    docket = Docket(key, engine.tier.new_facts(key))
    kinds = {rule.number: rule.figures for rule in engine.tier.rules}
    for number, subject, card in packed[4]:
        docket.cards[number, subject] = _card(card, kinds.get(number, ()))
    docket.broken = packed[2]
    engine.adopt(docket, unpack_log(packed[3], engine.catalog.days.day_of), packed[0])
    return docket


def _card(plain: Any, kinds: Kinds) -> Card:
    card = msgspec.convert(plain, Card)
    finding = replace(card.finding, figures=figures_of(card.finding.figures, kinds))
    contested = card.contested
    if contested is not None:
        contested = replace(contested, figures=figures_of(contested.figures, kinds))
    return replace(card, finding=finding, contested=contested)
