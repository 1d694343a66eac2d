"""Folds the events of an example, asks the rule, compares.

Besides what the example expects, every answer must be well formed, and a rule asked after each event about what that
event touched, as the engine does, must end with the answers it gives when asked afresh.
"""

from collections.abc import Iterable
from typing import Any

from rules.agencies.tier import agency_tier
from rules.cases import facts
from rules.cases.case import Tampering
from rules.cases.filed import Filed, file
from rules.cases.log import Held, effective, hold
from rules.catalog.index import Catalog, Written
from rules.declare import Rule, Tier
from rules.engine.tiers import TierSpec, case_tier
from rules.events.envelope import Event
from rules.examples.expected import compared, local, shown
from rules.examples.world import ORG
from rules.examples.written import CASE, Example
from rules.law import Law
from rules.params import Param
from rules.verdicts import CLEAR, Breach, Later, NotApplicable, Undecided, Verdict

Answers = dict[str, Verdict]
SCOPE = {Tier.CASE: CASE, Tier.AGENCY: ORG}
EXEMPT = NotApplicable("事项豁免这条规则")
NOT_A_LICENCE = NotApplicable("不是行政许可事项")


def asked(example: Example, rule: Rule, national: Written, params: Iterable[Param[Any]]) -> Answers:
    """Return what the rule answers of the events of an example, by subject."""
    catalog = example.world.catalog(national, params)
    events, tampering = _effective(example, catalog)
    found, law = _folded(rule, events, tampering, catalog)
    return dict(rule.about(found, law))


def differences(
    example: Example, rule: Rule, national: Written, params: Iterable[Param[Any]] | None = None
) -> tuple[str, ...]:
    """Return how the rule's answers differ from what the example says; empty where they do not.

    ``national`` holds the nation's statutes and calendar, ``params`` the parameters the example may set (those of the
    rule where none are given).
    """
    catalog = example.world.catalog(national, rule.params if params is None else params)
    events, tampering = _effective(example, catalog)
    about, law = _folded(rule, events, tampering, catalog)
    unasked = EXEMPT if rule.id in law.exempt else NOT_A_LICENCE if rule.licences_only and not law.is_licence else None
    if unasked is not None:
        return tuple(compared(rule, {"": unasked}, example.expected, example.as_of))
    answers = dict(rule.about(about, law))
    ids = {event.event_id for event in example.events}
    found = [line for subject, verdict in answers.items() for line in _malformed(rule, subject, verdict, ids)]
    found += _looked_late(rule, about, law, answers)
    found += compared(rule, answers, example.expected, example.as_of)
    step_by_step = _step_by_step(rule, events, tampering, catalog)
    for subject in answers.keys() | step_by_step.keys():
        afresh, kept = _telling(answers.get(subject)), _telling(step_by_step.get(subject))
        if afresh != kept:
            found.append(f"{subject!r}: event by event {shown(rule, kept)}, afresh {shown(rule, afresh)}")
    return tuple(found)


def _effective(example: Example, catalog: Catalog) -> tuple[list[Filed[Event]], list[Tampering]]:
    day_of = catalog.days.day_of
    held: dict[str, Held] = {}
    for event in example.events:
        filed = file(event, day_of)
        if event.event_id in held:
            hold(held[event.event_id], filed)
        else:
            held[event.event_id] = [filed]
    return effective(held.values(), day_of)


def _tier(rule: Rule) -> TierSpec[Any]:
    return agency_tier((rule,)) if rule.tier is Tier.AGENCY else case_tier((rule,))


def _folded(rule: Rule, events: list[Filed[Event]], tampering: list[Tampering], catalog: Catalog) -> tuple[Any, Law]:
    tier = _tier(rule)
    found = tier.new_facts(SCOPE[rule.tier])
    for filed in events:
        tier.fold(found, filed)
    found.tampering = tampering
    return found, tier.law_of(catalog, found, min((filed.day for filed in events), default=1))


def _step_by_step(rule: Rule, events: list[Filed[Event]], tampering: list[Tampering], catalog: Catalog) -> Answers:
    """Return the answers of a rule asked as events come, only about what they touched."""
    tier = _tier(rule)
    found = tier.new_facts(SCOPE[rule.tier])
    law: Law | None = None
    first = min((filed.day for filed in events), default=1)
    answers: Answers = {}
    for number, filed in enumerate(events, 1):
        bits = tier.fold(found, filed)
        if number == len(events) and tampering:
            found.tampering = tampering
            bits |= facts.VERSIONS
        if bits & facts.CLOCK:
            found.clocks.clear()
        resolved = tier.law_of(catalog, found, first)
        if resolved is not law:
            law, bits = resolved, bits | facts.FACTS
            found.clocks.clear()
        concerned = bits & rule.reads
        if not concerned:
            continue
        touched = found.touched or None
        if rule.judge_each is None or touched is None or concerned & ~rule.follows:
            answers = dict(rule.about(found, law))
        else:
            for subject, verdict in rule.judge_each(found, law, touched):
                answers[subject] = verdict.judge() if isinstance(verdict, Later) else verdict
    return answers


def _looked_late(rule: Rule, about: Any, law: Law, answers: Answers) -> list[str]:
    """Return what the rule says before the instant its first look puts it off to."""
    waits = dict.fromkeys(answers, rule.glance(about, law) if rule.glance is not None else 0)
    if rule.judge_each is not None:
        raw = rule.judge_each(about, law, None)
        waits.update((subject, one.until) for subject, one in raw if isinstance(one, Later))
    return [
        f"{subject!r}: said before {local(waits[subject])}, the instant of the first look: {shown(rule, verdict)}"
        for subject, verdict in answers.items()
        if isinstance(verdict, Breach) and verdict.level_at(waits[subject] - 1) is not None
    ]


def _telling(verdict: Verdict | None) -> Verdict:
    return verdict if isinstance(verdict, Breach | Undecided) else CLEAR


def _malformed(rule: Rule, subject: str, verdict: Verdict, ids: set[str]) -> list[str]:
    if not isinstance(verdict, Breach):
        return []
    lines = []
    if len(verdict.figures) != len(rule.figures):
        lines.append(f"{len(verdict.figures)} figures, {len(rule.figures)} declared")
    if not verdict.rungs:
        lines.append("a breach without a rung")
    if not set(verdict.events) <= ids or not verdict.events:
        lines.append(f"evidence {verdict.events} is not among the events")
    if any(rung.say_at < rung.since for rung in verdict.rungs):
        lines.append("said before it was so")
    if list(verdict.rungs) != sorted(verdict.rungs, key=lambda rung: (rung.since, rung.level)):
        lines.append("rungs not in order of time")
    return [f"{subject or rule.id}: {line}" for line in lines]
