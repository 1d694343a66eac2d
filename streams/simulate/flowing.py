"""A case through the stages of its flow (环节): in order, in parallel, each within its limit, in working time."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from rules.catalog.models.base import Limit, Unit
from rules.catalog.models.matters import MatterVersion, StageDef, When
from rules.events.words import Result
from streams.simulate.moments import HOUR, MINUTE
from streams.simulate.office import Office, Stroke
from streams.simulate.reckon import last_day
from streams.simulate.terms import Terms

SHORTEST = 5 * MINUTE
"""No human stage takes less: faster ones would look as if entered after the fact."""

LONGEST_IN_HOURS = 90 * MINUTE
"""A stage limited in hours is done within one sitting: hours run through lunch and night."""

WORKDAYS_A_MONTH = 20


class Span(NamedTuple):
    """A stage with the strokes at which it begins and ends."""

    stage: StageDef
    begins: Stroke
    ends: Stroke


class Circumstances(NamedTuple):
    """What of a case decides which stages it goes through."""

    attributes: Mapping[str, str]
    apply_type: str
    applicant_type: str
    result: Result


def holds(when: When, version: MatterVersion, case: Circumstances) -> bool:
    """Return whether the condition of a stage holds of a case."""
    asked = (
        (when.handling_mode, version.handling),
        (when.apply_type, case.apply_type),
        (when.channel, case.apply_type),
        (when.applicant_type, case.applicant_type),
        (when.project_type, version.project_type),
        (when.result, case.result),
        (when.priority, "normal"),
        *((values, case.attributes.get(name)) for name, values in when.attributes.items()),
    )
    return all(not allowed or found in allowed for allowed, found in asked)


def stages_of(terms: Terms, case: Circumstances, rng: Random, skipped: float) -> list[StageDef]:
    """Return the stages a case goes through, predecessors first; optional ones are left out with a chance."""
    return [
        stage
        for stage in terms.flow
        if (stage.when is None or holds(stage.when, terms.version, case))
        and (stage.mandatory or rng.random() >= skipped)
    ]


def schedule(
    stages: Sequence[StageDef], terms: Terms, office: Office, room: tuple[Stroke, int], rng: Random
) -> list[Span]:
    """Return when the stages run, each within its limit; ``room`` is the stroke they begin at and how long they take.

    What the limits leave over is waited before the decisive stage; nothing limits waiting between two stages.
    """
    begins, length = room
    weights = {stage.code: _weight(stage, office) for stage in stages}
    longest = _longest(stages, weights)
    factor = min(0.9, length / longest) if longest else 0.0
    spare = max(0, length - int(longest * factor))
    ends: dict[str, Stroke] = {}
    spans: list[Span] = []
    for stage in stages:
        start = max((ends[code] for code in stage.after if code in ends), default=begins)
        if stage.decisive:
            start += int(spare * (0.6 + 0.4 * rng.random()))
        took = max(SHORTEST, int(weights[stage.code] * factor * (0.7 + 0.3 * rng.random())))
        start, took = _within_limit(stage.limit, terms, office, start, took)
        ends[stage.code] = start + took
        spans.append(Span(stage, start, start + took))
    return spans


def _within_limit(limit: Limit | None, terms: Terms, office: Office, start: Stroke, took: int) -> tuple[Stroke, int]:
    if limit is None:
        return start, took
    if limit.unit in {Unit.HOUR, Unit.OFFICE_HOUR}:
        took = min(took, LONGEST_IN_HOURS, limit.n * HOUR // 2)
        return in_one_sitting(office, start, took), took
    due = last_day(terms.workdays, limit, office.day_of(start))
    if due is not None and office.last_stroke(due) - start < SHORTEST + MINUTE:
        start = office.next_opening(start)
        due = last_day(terms.workdays, limit, office.day_of(start))
    if due is not None:
        took = max(SHORTEST, min(took, office.last_stroke(due) - start - MINUTE))
    return start, took


def in_one_sitting(office: Office, start: Stroke, took: int) -> Stroke:
    """Return a start from which so much can be done without lunch or night between."""
    into = start % office.day_long
    if into < office.morning < into + took:
        return start - into + office.morning
    return office.next_opening(start) if into + took > office.day_long else start


def _weight(stage: StageDef, office: Office) -> int:
    """Return how much working time a stage would take if it used its whole limit."""
    limit = stage.limit
    if limit is None:
        first = not stage.after
        return SHORTEST * 2 if first or stage.auto else office.day_long
    match limit.unit:
        case Unit.WORKING_DAY:
            return limit.n * office.day_long
        case Unit.NATURAL_DAY:
            return max(1, limit.n * 5 // 7) * office.day_long
        case Unit.MONTH:
            return limit.n * WORKDAYS_A_MONTH * office.day_long
        case _:
            return min(limit.n * HOUR // 2, LONGEST_IN_HOURS)


def _longest(stages: Sequence[StageDef], weights: Mapping[str, int]) -> int:
    through: dict[str, int] = {}
    for stage in stages:
        before = max((through[code] for code in stage.after if code in through), default=0)
        through[stage.code] = before + weights[stage.code]
    return max(through.values(), default=0)
