"""How a lawful plan is bent (改动计划): its end put off, left open, its acceptance put off."""

from collections.abc import Sequence

from rules.catalog.models.base import Limit, Unit
from rules.events.words import ARTICLE_45
from streams.simulate.detours import shift
from streams.simulate.moments import HOUR, MINUTE, Moment, day_of, moment
from streams.simulate.plan import Passage, Plan
from streams.simulate.plants.kit import Kit, the
from streams.simulate.reckon import Longer, Shifts, Still, last_day

LAST_STAGE = 4 * HOUR
"""Working time the decisive stage takes at most where it is put off."""


def promise_due(plan: Plan, longer: Sequence[Longer] = ()) -> int:
    """Return the promised due date (ordinal), lawful suspensions taken out."""
    return _due(plan, the(plan.terms.promise), longer)


def statutory_due(plan: Plan) -> int:
    """Return the statutory due date (ordinal), lawful suspensions taken out."""
    return _due(plan, the(plan.terms.statutory), ())


def _due(plan: Plan, limit: Limit, longer: Sequence[Longer]) -> int:
    shifts = Shifts(stills(plan), tuple(longer))
    return the(last_day(plan.terms.workdays, limit, day_of(the(plan.accepted)), shifts))


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
    return last_day(plan.terms.workdays, limit, day_of(passage.entered), Shifts(stills(plan)))


def decisive(plan: Plan) -> Passage | None:
    """Return the passage in which the case is decided."""
    return next((passage for passage in plan.passages if passage.stage.decisive), None)


def followers(plan: Plan, passage: Passage) -> list[Passage]:
    """Return the passages through stages that wait for this one."""
    return [one for one in plan.passages if passage.stage.code in one.stage.after]


def workday_after(plan: Plan, at: Moment | None, days: int) -> int:
    """Return the working day (ordinal) so many after the date of a moment."""
    return plan.terms.workdays.after(day_of(the(at)), days)


def decide_on(plan: Plan, day: int, hour: int = 10) -> None:
    """Put the decision, with the decisive stage, off to a day (ordinal); what follows it follows within the hour."""
    office, last, decided = plan.desk.office, decisive(plan), the(plan.decided)
    moved = office.stroke(moment(day, hour)) - office.stroke(decided)
    at = decided if moved <= 0 else moment(day, hour)
    if moved > 0 and last is not None:
        # Not longer than a sitting: a suspension that fell into the stage does not move with it.
        took = min(LAST_STAGE, office.stroke(decided) - office.stroke(last.entered))
        last.entered = office.moment(office.stroke(at) - took)
    plan.decided, plan.closed = at, at + 15 * MINUTE
    for passage in plan.passages:
        if passage is last:
            passage.ended = at
        elif last is not None and last.stage.code in passage.stage.after:
            passage.entered, passage.ended = at + MINUTE, at + 12 * MINUTE


def stall(plan: Plan) -> None:
    """Leave a case undecided: the decisive stage is never entered."""
    last = decisive(plan)
    since = last.entered if last is not None else the(plan.decided)
    plan.passages = [one for one in plan.passages if one.entered < since]
    plan.decided = plan.closed = None


def accept_on(kit: Kit, plan: Plan, at: Moment) -> None:
    """Put the acceptance, with all that follows, off to a moment; the case is judged by what is in force then."""
    office, accepted = plan.desk.office, the(plan.accepted)
    moved = office.stroke(at) - office.stroke(accepted)
    shift(plan, accepted - 1, moved)
    plan.accepted = office.moment(office.stroke(accepted) + moved)
    plan.terms = the(kit.city.lawbook.terms(plan.terms.matter, day_of(plan.accepted)))


def unaccepted(plan: Plan) -> None:
    """Leave a case unanswered: nothing happens after the application."""
    plan.passages, plan.halts, plan.postponed = [], [], []
    plan.accepted = plan.decided = plan.closed = None


def end_of_stage(plan: Plan, passage: Passage, at: Moment) -> None:
    """Let a stage end at a moment; what follows it moves as far."""
    office, before = plan.desk.office, the(passage.ended)
    moved = office.stroke(at) - office.stroke(before)
    if moved > 0:
        shift(plan, before - 1, moved)
    passage.ended = at


def limited_stage(plan: Plan, shortest: int = 1, longest: int = 4) -> Passage:
    """Return a stage with a limit of so many working days, that others wait for; raises Misfit where there is none."""

    def fits(passage: Passage) -> bool:
        limit = passage.stage.limit
        in_days = limit is not None and limit.unit is Unit.WORKING_DAY and shortest <= limit.n <= longest
        return in_days and not passage.stage.decisive and bool(followers(plan, passage))

    return the(next((passage for passage in plan.passages if fits(passage)), None))
