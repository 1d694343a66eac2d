"""A card as plain values, and back: what its docket says anyway is left out.

Rule, scope and card id follow from the docket and the rule's number. Events of the docket are named by their place in
its log. A finding is written by position; most findings go on and have no level but one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rules.cases.filed import Filed
from rules.declare import Rule
from rules.engine.cards import Card, Ground, State, card_id
from rules.events.envelope import Event
from rules.events.words import Level
from rules.verdicts import NEVER, Breach, Kinds, Rung, figures_of

Packed = list[Any]
_STATES = tuple(State)
"""In the order in which states are declared, which is not changed: a state is stored as its place."""
_PLACE = {state: at for at, state in enumerate(_STATES)}


def pack_card(number: int, card: Card, places: Mapping[str, int]) -> Packed:
    """Return a card as plain values. ``number`` is its rule's, ``places`` says where an event of the docket stands."""
    return [
        number,
        card.rule_version,
        card.subject,
        card.level,
        card.peak,
        _PLACE[card.state],
        card.condition_at,
        card.known_at,
        _finding(card.finding, places),
        card.digest,
        [[one.rule_id, one.level, one.since, one.subject] for one in card.grounds],
        card.merged_into,
        _instant(card.ended),
        card.org_code,
        card.task_code,
        card.region_code,
        card.profile,
        card.seq,
        None if card.contested is None else _finding(card.contested, places),
        card.verified,
    ]


def unpack_card(packed: Packed, rule: Rule, scope: str, log: Sequence[Filed[Event]]) -> Card:
    """Return the card of plain values; ``scope`` is the key of its docket, ``log`` what that holds."""
    (_, version, subject, level, peak, state, condition, known, finding, digest, grounds, merged, ended, *rest) = packed
    org, task, region, profile, seq, contested, verified = rest
    return Card(
        card_id=card_id(rule.id, scope, subject),
        rule_id=rule.id,
        rule_version=version,
        scope=scope,
        subject=subject,
        level=Level(level),
        peak=Level(peak),
        state=_STATES[state],
        condition_at=condition,
        known_at=known,
        finding=_breach(finding, log, rule.figures),
        digest=digest,
        grounds=tuple(Ground(one[0], Level(one[1]), one[2], one[3]) for one in grounds),
        merged_into=merged,
        ended=NEVER if ended is None else ended,
        org_code=org,
        task_code=task,
        region_code=region,
        profile=profile,
        seq=seq,
        contested=None if contested is None else _breach(contested, log, rule.figures),
        verified=verified,
    )


def _finding(breach: Breach, places: Mapping[str, int]) -> Packed:
    return [
        [[rung.since, rung.level, rung.say_at - rung.since] for rung in breach.rungs],
        [places.get(event, event) for event in breach.events],
        breach.figures,
        _instant(breach.ended),
        breach.missing,
        breach.org,
    ]


def _breach(packed: Packed, log: Sequence[Filed[Event]], kinds: Kinds) -> Breach:
    rungs, events, figures, ended, missing, org = packed
    return Breach(
        rungs=tuple(Rung(since, Level(level), since + grace) for since, level, grace in rungs),
        events=tuple(log[one].event.event_id if isinstance(one, int) else one for one in events),
        figures=figures_of(figures, kinds),
        ended=NEVER if ended is None else ended,
        missing=missing,
        org=org,
    )


def _instant(instant: int) -> int | None:
    return None if instant >= NEVER else instant
