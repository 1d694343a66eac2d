"""Which cards stand at an instant: a pure function of verdicts, late excuses, answers, sources and ``now``."""

from collections.abc import Container

import msgspec

from rules.declare import Rule
from rules.engine.cards import Ground, State, card_id
from rules.engine.docket import CardKey, Docket, F
from rules.engine.life import APPEAL_DAYS, UNSAID, Life, life_of
from rules.engine.sources import Sources
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import NEVER, Breach, Rung


class Standing(msgspec.Struct, frozen=True):
    """A card as it should be: what the engine compares with what was said."""

    rule: Rule
    subject: str
    level: Level
    state: State
    finding: Breach
    grounds: tuple[Ground, ...]
    condition_at: int
    leader: CardKey | None = None
    contested: Breach | None = None
    in_review: bool = False
    verified: bool = False


def heard_breach(breach: Breach, docket: Docket[F], sources: Sources, now: int) -> Breach:
    """Return the breach with its negative rungs put off until the source may be believed; a broken case has none."""
    law = docket.law
    if law is None or (not docket.broken and not sources.waits(law.source)):
        return breach
    rungs: list[Rung] = []
    for rung in breach.rungs:
        if rung.say_at == rung.since:
            rungs.append(rung)
        elif not docket.broken and law.source is not None:
            say_at = sources.believed_from(law.source, rung.say_at, now)
            if say_at < NEVER:
                rungs.append(Rung(rung.since, rung.level, say_at))
    return msgspec.structs.replace(breach, rungs=tuple(rungs))


def standing(docket: Docket[F], rules: dict[int, Rule], sources: Sources, now: int) -> dict[CardKey, Standing]:
    """Return the cards that should be, ended and merged ones among them."""
    law = docket.law
    if law is None:
        return {}
    told: dict[CardKey, Standing] = {}
    raised: dict[str, tuple[Level, int]] = {}
    for key, breach in docket.verdicts.items():
        rule = rules[key[0]]
        found = heard_breach(breach, docket, sources, now)
        level = found.level_at(now)
        if level is None:
            continue
        if rule.raises_others:
            raised[key[1]] = (level, found.condition_at(level))
            continue
        state = State.CLOSED if found.ended <= now else State.OPEN
        told[key] = Standing(rule, key[1], level, state, breach, (), found.condition_at(level))
    for key, (level, said) in docket.excused.items():
        current = told.get(key)
        sooner = current is not None and current.state is State.CLOSED and current.finding.ended < said.ended
        if current is None or current.level < level or sooner:
            told[key] = Standing(
                rules[key[0]],
                key[1],
                level,
                State.REVIEW,
                said,
                (),
                said.condition_at(level),
                contested=docket.verdicts.get(key),
                in_review=True,
            )
    lives = _lives(told, docket, law)
    _merge({key: one for key, one in told.items() if lives[key].state is not State.REVOKED}, told, docket.cards)
    if docket.facts.alerts:
        _live(told, lives, docket.key, raised)
    return told


def _lives(told: dict[CardKey, Standing], docket: Docket[F], law: Law) -> dict[CardKey, Life]:
    """Return how far each card has come by what was heard of it."""
    heard = docket.facts.alerts
    if not heard:
        return dict.fromkeys(told, UNSAID)
    days, appeal_days = law.days, law.get(APPEAL_DAYS)
    return {
        key: life_of(heard.get(card_id(one.rule.id, docket.key, one.subject)), days, appeal_days)
        for key, one in told.items()
    }


def _merge(accusing: dict[CardKey, Standing], told: dict[CardKey, Standing], said: Container[CardKey]) -> None:
    """One wrong, one card: of the rules of a group the lowest rank carries it, the others are its grounds.

    Only cards that accuse take part: a revoked one carries no other. What has ended leads nothing that still stands;
    ended without ever being ``said``, it is no card of its own.
    """
    groups: dict[tuple[str, str], list[CardKey]] = {}
    for key, one in accusing.items():
        if one.rule.group:
            subject = one.subject if one.rule.group == "charge" else ""
            groups.setdefault((one.rule.group, subject), []).append(key)
    for keys in groups.values():
        if len(keys) == 1:
            continue
        keys.sort(key=lambda key: (told[key].state is State.CLOSED, told[key].rule.rank, key))
        leader, *others = keys
        merged = [key for key in others if told[key].state is not State.CLOSED]
        grounds = tuple(Ground(told[k].rule.id, told[k].level, told[k].condition_at, told[k].subject) for k in merged)
        told[leader] = msgspec.structs.replace(told[leader], grounds=grounds)
        for key in others:
            if key in merged or key not in said:
                told[key] = msgspec.structs.replace(told[key], state=State.CLOSED, leader=leader)


def _live(
    told: dict[CardKey, Standing], lives: dict[CardKey, Life], scope: str, raised: dict[str, tuple[Level, int]]
) -> None:
    """Give the cards the state their answers brought them to; an unanswered yellow card is red."""
    for key, one in told.items():
        identity, life = card_id(one.rule.id, scope, one.subject), lives[key]
        changed = _state_after(one, life)
        level, condition_at, grounds = one.level, one.condition_at, one.grounds
        late = raised.get(identity)
        if late is not None and one.leader is None and level is Level.YELLOW:
            level, condition_at = Level.RED, late[1]
            grounds = (*grounds, Ground("OT_REPLY_OVERDUE", late[0], late[1], identity))
        told[key] = msgspec.structs.replace(
            one,
            state=changed,
            level=level,
            condition_at=condition_at,
            grounds=grounds,
            verified=life.state is State.VERIFIED and one.leader is None,
        )


def _state_after(one: Standing, life: Life) -> State:
    if one.state is State.CLOSED:
        return State.CLOSED
    if one.in_review and life.state not in {State.VERIFIED, State.REVOKED}:
        return State.REVIEW
    return State.OPEN if life.state is State.OPEN else life.state
