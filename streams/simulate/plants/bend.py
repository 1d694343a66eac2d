"""How a lawful plan is bent (改动计划): its end put off, left open, its acceptance put off."""

from collections.abc import Sequence

from rules.catalog.models.base import Limit, Unit
from rules.events.words import ARTICLE_45
from streams.simulate.moments import MINUTE, Moment, day_of, moment
from streams.simulate.plan import Passage, Plan
from streams.simulate.reckon import Longer, Still, last_day
from streams.simulate.skeleton import shift


def promise_due(plan: Plan, longer: Sequence[Longer] = ()) -> int:
    """Return the promised due date (ordinal), lawful suspensions taken out."""
    assert plan.terms.promise is not None  # noqa: S101 - plants about promises choose matters with one
    return _due(plan, plan.terms.promise, longer)


def statutory_due(plan: Plan, longer: Sequence[Longer] = ()) -> int:
    """Return the statutory due date (ordinal), lawful suspensions taken out."""
    assert plan.terms.statutory is not None  # noqa: S101 - as above
    return _due(plan, plan.terms.statutory, longer)


def _due(plan: Plan, limit: Limit, longer: Sequence[Longer]) -> int:
    day = last_day(plan.terms.workdays, limit, day_of(plan.accepted or 0), stills(plan), longer)
    assert day is not None  # noqa: S101 - plants do not reckon with suspensions that never end
    return day


def stills(plan: Plan) -> tuple[Still, ...]:
    """Return the days the lawful suspensions of a case take out."""
    return tuple(
        Still(day_of(halt.started), day_of(halt.ended))
        for halt in plan.halts
        if halt.kind in ARTICLE_45 and halt.ended is not None
    )


def stage_due(plan: Plan, passage: Passage) -> int | None:
    """Return the last day (ordinal) of a stage; None where it has no limit in days."""
    limit = passage.stage.limit
    if limit is None or limit.unit in {Unit.HOUR, Unit.OFFICE_HOUR}:
        return None
    return last_day(plan.terms.workdays, limit, day_of(passage.entered), stills(plan))


def decisive(plan: Plan) -> Passage | None:
    """Return the passage in which the case is decided."""
    return next((passage for passage in plan.passages if passage.stage.decisive), None)


def decide_on(plan: Plan, day: int, hour: int = 10) -> None:
    """Put the decision, with the decisive stage, off to a day (ordinal); what follows it follows within the hour."""
    office, last = plan.desk.office, decisive(plan)
    assert plan.decided is not None  # noqa: S101 - only a case to be decided is put off
    moved = office.stroke(moment(day, hour)) - office.stroke(plan.decided)
    if moved > 0 and last is not None:
        last.entered = office.moment(office.stroke(last.entered) + moved)
    at = plan.decided if moved <= 0 else moment(day, hour)
    plan.decided = at
    for passage in plan.passages:
        if passage is last:
            passage.ended = at
        elif last is not None and last.stage.code in passage.stage.after:
            passage.entered, passage.ended = at + MINUTE, at + 12 * MINUTE
    plan.closed = at + 15 * MINUTE


def close_on(plan: Plan, at: Moment) -> None:
    """Let the close alone come at a moment; decision and stages stay."""
    plan.closed = at


def stall(plan: Plan) -> None:
    """Leave a case undecided: the decisive stage is never entered."""
    last = decisive(plan)
    since = last.entered if last is not None else (plan.decided or 0)
    plan.passages = [one for one in plan.passages if one.entered < since]
    plan.decided = plan.closed = None


def accept_on(plan: Plan, at: Moment) -> None:
    """Put the acceptance, with all that follows, off to a moment."""
    office = plan.desk.office
    assert plan.accepted is not None  # noqa: S101 - only an accepted case is put off
    moved = office.stroke(at) - office.stroke(plan.accepted)
    before = plan.accepted - 1
    shift(plan, before, moved)
    plan.accepted = office.moment(office.stroke(plan.accepted) + moved)


def unaccepted(plan: Plan) -> None:
    """Leave a case unanswered: nothing happens after the application."""
    plan.passages, plan.halts, plan.postponed = [], [], []
    plan.accepted = plan.decided = plan.closed = None


def end_of_stage(plan: Plan, passage: Passage, at: Moment) -> None:
    """Let a stage end at a moment; what follows it moves as far."""
    office = plan.desk.office
    assert passage.ended is not None  # noqa: S101 - only an ended stage can end later
    before = passage.ended
    moved = office.stroke(at) - office.stroke(before)
    if moved > 0:
        shift(plan, before - 1, moved)
    passage.ended = at


def working_day_stage(plan: Plan, shortest: int = 1, longest: int = 4) -> Passage | None:
    """Return a stage with a limit of so many working days, that others wait for."""
    waited = {code for passage in plan.passages for code in passage.stage.after}
    for passage in plan.passages:
        limit = passage.stage.limit
        fits = limit is not None and limit.unit is Unit.WORKING_DAY and shortest <= limit.n <= longest
        if fits and passage.stage.code in waited and passage.ended is not None and not passage.stage.decisive:
            return passage
    return None
