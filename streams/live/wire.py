"""Transitions, ticks and words of one tier to the next, as values of the log and back."""

import msgspec

from rules.engine.cards import Card, Ground, Move, State, Transition
from rules.events.data import Tick
from rules.events.envelope import Event
from rules.events.instants import to_datetime
from rules.events.words import Level
from rules.verdicts import NEVER
from sinks.clickhouse.findings import finding_of, finding_text

FROM = "from"
"""Header of a word to the second tier: the partition of the first that says it."""
TICK = b'{"event_type":"tick"'
"""How the value of a tick begins: it is told from others without being read."""
RELAYED = "relayed"
"""Header of a record that belongs to no case and was copied into every partition."""
FORWARDED = "forwarded"
"""Header of a record that stood in another partition than its case; its value is where (topic-partition-offset)."""

UNREADABLE = "unreadable"
"""Header of a record whose feeder could not read it: its value is why, ``field`` says where; the key names its case."""

_encode_event = msgspec.json.Encoder(decimal_format="number").encode
_encode = msgspec.json.Encoder().encode


_OF_CARD = tuple(name for name in Card.__struct_fields__ if name not in {"finding", "contested"})


class CardSaid(msgspec.Struct, frozen=True, kw_only=True):
    """A transition as it is written to the cards topic: the card as it stands since, and what changed it.

    Instants are microseconds; levels are the numbers of GB/T 39046 §6.8; ``ended`` is null where it goes on; findings
    are text that loses nothing (``sinks.clickhouse.findings``). ``id`` is the same however often it is sent.
    """

    id: str
    card_id: str
    rule_id: str
    rule_version: int
    scope: str
    subject: str
    level: Level
    peak: Level
    state: State
    condition_at: int
    known_at: int
    digest: str
    grounds: tuple[Ground, ...]
    merged_into: str
    ended: int | None
    org_code: str | None
    task_code: str | None
    region_code: str | None
    profile: str
    seq: int
    verified: bool
    finding: str
    contested: str | None
    move: Move
    level_before: Level | None
    state_before: State | None
    cause: str
    reason: str


_decode = msgspec.json.Decoder(CardSaid).decode


def tick_value(instant: int) -> bytes:
    """Return a tick (时钟记录) for a review due at an instant (microseconds)."""
    return _encode_event(Tick(event_id=f"tick-{instant}", occurred_at=to_datetime(instant).isoformat()))


def event_value(event: Event) -> bytes:
    """Return the canonical JSON of an event."""
    return _encode_event(event)


def transition_value(transition: Transition) -> bytes:
    """Return a transition as JSON that loses nothing."""
    card = transition.card
    fields = {name: getattr(card, name) for name in _OF_CARD}
    fields["ended"] = None if card.ended >= NEVER else card.ended
    said = CardSaid(
        id=f"{card.card_id}#{card.seq}",
        finding=finding_text(card.finding),
        contested=None if card.contested is None else finding_text(card.contested),
        move=transition.move,
        level_before=transition.level_before,
        state_before=transition.state_before,
        cause=transition.cause,
        reason=transition.reason,
        **fields,
    )
    return _encode(said)


def transition_of(value: bytes) -> Transition:
    """Return the transition of a value; DecodeError or ValidationError where it is none."""
    said = _decode(value)
    fields = {name: getattr(said, name) for name in _OF_CARD}
    fields["ended"] = NEVER if said.ended is None else said.ended
    contested = None if said.contested is None else finding_of(said.contested)
    card = Card(finding=finding_of(said.finding), contested=contested, **fields)
    return Transition(
        card=card,
        move=said.move,
        level_before=said.level_before,
        state_before=said.state_before,
        known_at=said.known_at,
        cause=said.cause,
        reason=said.reason,
    )
