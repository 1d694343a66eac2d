"""Folds the events of an example, asks the rule, compares.

Besides what the example expects, every answer must be well formed, and a rule asked after each event about what that
event touched, as the engine does, must end with the answers it gives when asked afresh.
"""

from collections.abc import Iterable
from typing import Any

from rules.cases import facts
from rules.cases.case import Case, Tampering
from rules.cases.filed import Filed, file
from rules.cases.fold import fold
from rules.cases.log import Held, effective, hold
from rules.catalog.index import Catalog, Written
from rules.declare import Rule
from rules.events.envelope import Event
from rules.examples.expected import compared, local, shown
from rules.examples.written import Example
from rules.law import Bearing, Law
from rules.params import Param
from rules.verdicts import CLEAR, Breach, NotApplicable, Undecided, Verdict

Answers = dict[str, Verdict]
NOT_A_LICENCE = NotApplicable("不是行政许可事项")


def asked(example: Example, rule: Rule, national: Written, params: Iterable[Param[Any]]) -> Answers:
    """Return what the rule answers of the events of an example, by subject."""
    catalog = example.world.catalog(national, params)
    events, tampering = _effective(example, catalog)
    case, law = _folded(events, tampering, catalog)
    return dict(rule.about(case, law))


def differences(
    example: Example, rule: Rule, national: Written, params: Iterable[Param[Any]] | None = None
) -> tuple[str, ...]:
    """Return how the rule's answers differ from what the example says; empty where they do not.

    ``national`` holds the nation's statutes and calendar, ``params`` the parameters the example may set (those of the
    rule where none are given).
    """
    catalog = example.world.catalog(national, rule.params if params is None else params)
    events, tampering = _effective(example, catalog)
    case, law = _folded(events, tampering, catalog)
    if rule.licences_only and not law.is_licence:
        return tuple(compared(rule, {"": NOT_A_LICENCE}, example.expected, example.as_of))
    answers = dict(rule.about(case, law))
    ids = {event.event_id for event in example.events}
    found = [line for subject, verdict in answers.items() for line in _malformed(rule, subject, verdict, ids)]
    found += _looked_late(rule, case, law, answers)
    found += compared(rule, answers, example.expected, example.as_of)
    step_by_step = _step_by_step(rule, events, tampering, catalog)
    for subject in answers.keys() | step_by_step.keys():
        afresh, kept = _telling(answers.get(subject)), _telling(step_by_step.get(subject))
        if afresh != kept:
            found.append(f"{subject!r}: event by event {shown(rule, kept)}, afresh {shown(rule, afresh)}")
    return tuple(found)


def law_of(case: Case, catalog: Catalog) -> Law:
    """Return the law in force at acceptance, before that at receipt."""
    by = case.accepted or case.submitted or case.named_by
    bearing = Bearing(case.task_code, case.org_code, case.region_code, case.task_type, case.handling_mode, case.source)
    return catalog.law(bearing, by.day if by is not None else 1)


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


def _folded(events: list[Filed[Event]], tampering: list[Tampering], catalog: Catalog) -> tuple[Case, Law]:
    case = Case("C1")
    for filed in events:
        fold(case, filed)
    case.tampering = tampering
    return case, law_of(case, catalog)


def _step_by_step(rule: Rule, events: list[Filed[Event]], tampering: list[Tampering], catalog: Catalog) -> Answers:
    """Return the answers of a rule asked as events come, only about what they touched."""
    case = Case("C1")
    law = law_of(case, catalog)
    answers: Answers = {}
    for number, filed in enumerate(events, 1):
        bits = fold(case, filed)
        if number == len(events) and tampering:
            case.tampering = tampering
            bits |= facts.VERSIONS
        if bits & facts.CLOCK:
            case.clocks.clear()
        resolved = law_of(case, catalog)
        if resolved is not law:
            law, bits = resolved, bits | facts.FACTS
            case.clocks.clear()
        concerned = bits & rule.reads
        if not concerned:
            continue
        touched = case.touched or None
        if rule.judge_each is None or touched is None or concerned & ~rule.follows:
            answers = dict(rule.about(case, law))
        else:
            answers.update(rule.judge_each(case, law, touched))
    return answers


def _looked_late(rule: Rule, case: Case, law: Law, answers: Answers) -> list[str]:
    """Return what the rule says before the instant its first look puts it off to."""
    if rule.glance is None:
        return []
    instant = rule.glance(case, law)
    return [
        f"{subject!r}: said before {local(instant)}, the instant of the first look: {shown(rule, verdict)}"
        for subject, verdict in answers.items()
        if isinstance(verdict, Breach) and verdict.level_at(instant - 1) is not None
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
