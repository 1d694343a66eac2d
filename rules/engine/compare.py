"""What was said against what is true: only a difference makes a transition."""

from typing import NamedTuple

from msgspec.structs import replace

from rules.engine.cards import Card, Move, State, Transition, card_id, finding_digest
from rules.engine.docket import CardKey, Docket, F
from rules.engine.standing import Standing

REASONS = {
    Move.RAISED: "条件成立",
    Move.ESCALATED: "级别随时间或证据升高",
    Move.LOWERED: "证据使级别降低",
    Move.UPHELD: "证据变化，结论不变",
    Move.REVIEW: "事后补报的免责材料，待监察人员认定",
    Move.WITHDRAWN: "按现有证据，条件从未成立",
    Move.REINSTATED: "按现有证据，条件重新成立",
    Move.MERGED: "并入同一违规的更重信号",
    Move.CLOSED: "条件已经结束",
    Move.LIFE: "送达、反馈或认定",
}
MOVED = "到期日已变"


class Occasion(NamedTuple):
    """When and why the cards are looked at: ``now``, the event behind it (empty: a timer), whom they are about."""

    now: int
    cause: str
    org: str | None
    task: str | None
    region: str | None


def compare(
    docket: Docket[F], should: dict[CardKey, Standing], occasion: Occasion, closes_when_moved: frozenset[int]
) -> list[Transition]:
    """Return the transitions from the cards of a docket to those that should be, and remember the latter.

    A card that was never said and would be merged at once is only a ground of its leader.
    """
    made: list[Transition] = []
    for key in sorted({*should, *docket.cards}):
        old, new = docket.cards.get(key), should.get(key)
        if new is None:
            if old is not None and old.state not in {State.WITHDRAWN, State.REVOKED}:
                made += _gone(docket, key, old, occasion, moved=key[0] in closes_when_moved)
            continue
        if old is None and new.leader is not None:
            continue
        leader = should[new.leader] if new.leader is not None else None
        card = _card(docket, new, old, leader, occasion)
        move = _move(old, card)
        if move is None:
            continue
        docket.put(key, card)
        made.append(_transition(old, card, move, occasion, REASONS[move]))
    return made


def _card(docket: Docket[F], new: Standing, old: Card | None, leader: Standing | None, occasion: Occasion) -> Card:
    digest = finding_digest(new.finding, new.grounds)
    return Card(
        card_id=old.card_id if old is not None else card_id(new.rule.id, docket.key, new.subject),
        rule_id=new.rule.id,
        rule_version=new.rule.version,
        scope=docket.key,
        subject=new.subject,
        level=new.level,
        peak=new.level if old is None else max(old.peak, new.level),
        state=new.state,
        condition_at=new.condition_at,
        known_at=occasion.now,
        finding=new.finding,
        digest=digest,
        grounds=new.grounds,
        merged_into=card_id(leader.rule.id, docket.key, leader.subject) if leader is not None else "",
        ended=new.finding.ended,
        org_code=new.finding.org or occasion.org,
        task_code=occasion.task,
        region_code=occasion.region,
        profile=docket.law.profile if docket.law is not None else "",
        seq=1 if old is None else old.seq + 1,
        contested=new.contested,
        verified=new.verified,
    )


def _move(old: Card | None, card: Card) -> Move | None:
    """Return the one word for what changed, the weightiest first; None where nothing did."""
    if old is None:
        return Move.RAISED
    if card.state is State.REVIEW and old.state is not State.REVIEW:
        return Move.REVIEW
    if card.state is State.CLOSED and old.state is not State.CLOSED:
        return Move.MERGED if card.merged_into else Move.CLOSED
    if old.state in {State.WITHDRAWN, State.CLOSED} and card.state is not State.CLOSED:
        return Move.REINSTATED
    if card.level > old.level:
        return Move.ESCALATED
    if card.level < old.level:
        return Move.LOWERED
    if old.state is State.REVIEW and card.state is State.OPEN:
        return Move.UPHELD
    if card.state is not old.state or card.verified is not old.verified:
        return Move.LIFE
    if card.org_code != old.org_code or card.task_code != old.task_code:
        return Move.UPHELD
    if card.digest != old.digest or card.contested != old.contested or card.merged_into != old.merged_into:
        return Move.UPHELD
    return None


def _gone(docket: Docket[F], key: CardKey, old: Card, occasion: Occasion, *, moved: bool) -> list[Transition]:
    """Return the transition of a card that no verdict supports any more."""
    state = State.CLOSED if moved else State.WITHDRAWN
    if old.state is state:
        return []
    card = replace(old, state=state, known_at=occasion.now, seq=old.seq + 1, merged_into="", grounds=(), verified=False)
    docket.put(key, card)
    move = Move.CLOSED if moved else Move.WITHDRAWN
    return [_transition(old, card, move, occasion, MOVED if moved else REASONS[move])]


def _transition(old: Card | None, card: Card, move: Move, occasion: Occasion, reason: str) -> Transition:
    level, state = (None, None) if old is None else (old.level, old.state)
    return Transition(card, move, level, state, occasion.now, occasion.cause, reason)
