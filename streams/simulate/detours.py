"""What makes a lawful case longer or shorter (中途变化): a suspension, an extension, a stage sent back, a withdrawal.

Each is put in so that every deadline is still kept, and clear of the first warning: what was said is not made untrue.
"""

from random import Random

from rules.catalog.models.base import Unit
from rules.events.words import ARTICLE_45
from streams.simulate.moments import HOUR, MINUTE, Moment, day_of
from streams.simulate.plan import Halt, Passage, Plan, Postponed
from streams.simulate.reckon import last_day
from streams.simulate.terms import Terms
from streams.simulate.thresholds import soon_day

ROOM = 3
"""Working days a suspension or an extension keeps clear of the first warning."""

EARLIEST = 5 * MINUTE
LIMITED = 0.5
"""Share of suspensions with a declared limit."""


def halt(plan: Plan, rng: Random) -> None:
    """Put one lawful suspension in; everything after it moves by as many working days."""
    terms, office, accepted = plan.terms, plan.desk.office, plan.accepted
    kinds = [kind for kind in terms.version.special_procedures if kind in ARTICLE_45]
    if not kinds or accepted is None or plan.desk.silent or not _all_in_workdays(plan):
        return
    latest = _latest(terms, accepted)
    first, last = office.stroke(accepted) + EARLIEST, office.stroke(plan.decided or accepted) - EARLIEST
    at = first + int((last - first) * (0.15 + 0.5 * rng.random()))
    if latest is None or at <= first or not day_of(accepted) < office.day_of(at) <= latest:
        return
    days = 2 + int(rng.random() * 6)
    moved = days * office.day_long
    shift(plan, office.moment(at), moved)
    limit = days + 2 if rng.random() < LIMITED else None
    kind = kinds[int(rng.random() * len(kinds))]
    plan.halts.append(Halt(kind, office.moment(at), office.moment(at + moved), limit))


def extend(plan: Plan, rng: Random) -> None:
    """Grant a valid extension; the case need not use it."""
    terms, office, accepted = plan.terms, plan.desk.office, plan.accepted
    if accepted is None or terms.more is None or plan.halts or not terms.counts_workdays() or not plan.passages:
        return
    latest = _latest(terms, accepted)
    at = office.stroke(accepted) + office.day_long
    granted = office.moment(at + HOUR)
    if latest is None or day_of(granted) > latest or plan.decided is None or granted >= plan.decided:
        return
    days = min(terms.more.n, 3 + int(rng.random() * 6))
    approver = plan.desk.officer(terms.matter, plan.passages[-1].stage, rng)
    plan.postponed.append(Postponed(office.moment(at), granted, days, approver))


def send_back(plan: Plan) -> None:
    """Send one stage back once: it is gone through a second time."""
    office = plan.desk.office
    for index, passage in enumerate(plan.passages):
        ended = passage.ended
        if ended is None or passage.stage.auto or plan.halts or ended - passage.entered < 2 * HOUR:
            continue
        middle = office.moment(office.stroke(passage.entered + (ended - passage.entered) // 2))
        if passage.entered < middle < ended - MINUTE:
            again = Passage(passage.stage, middle + MINUTE, ended, passage.operator, occurrence=2)
            passage.ended, passage.result = middle, "returned"
            plan.passages.insert(index + 1, again)
            return


def give_up(plan: Plan) -> None:
    """Let the applicant withdraw half-way; the agency closes at once and later stages never begin."""
    accepted, closed, office = plan.accepted, plan.closed, plan.desk.office
    if accepted is None or closed is None or plan.halts:
        return
    at = office.moment(office.stroke(accepted) + (office.stroke(closed) - office.stroke(accepted)) // 2)
    plan.withdrawn, plan.closed, plan.decided = at, at + 5 * MINUTE, None
    plan.passages = [one for one in plan.passages if one.ended is not None and one.ended <= at]
    plan.postponed = [one for one in plan.postponed if one.granted <= at]


def shift(plan: Plan, after: Moment, moved: int) -> None:
    """Move everything of a case that happens after a moment by so much working time."""
    office = plan.desk.office

    def later(at: Moment) -> Moment:
        return at if at <= after else office.moment(office.stroke(at) + moved)

    for passage in plan.passages:
        passage.entered = later(passage.entered)
        passage.ended = None if passage.ended is None else later(passage.ended)
    plan.decided = None if plan.decided is None else later(plan.decided)
    plan.closed = None if plan.closed is None else later(plan.closed)


def promise_day(terms: Terms, accepted: Moment) -> int | None:
    """Return the promised due date (ordinal) before anything moves it; None where there is none, or in hours."""
    if terms.promise is None or terms.promise.unit in {Unit.HOUR, Unit.OFFICE_HOUR}:
        return None
    return last_day(terms.workdays, terms.promise, day_of(accepted))


def _latest(terms: Terms, accepted: Moment) -> int | None:
    """Return the last day (ordinal) on which the deadline may be moved, clear of the first warning."""
    due = promise_day(terms, accepted)
    if due is None or not terms.counts_workdays():
        return None
    near = soon_day(terms, day_of(accepted), due, due)
    return terms.workdays.before(due if near is None else min(due, near), ROOM)


def _all_in_workdays(plan: Plan) -> bool:
    limits = [passage.stage.limit for passage in plan.passages]
    return all(limit is None or limit.unit is Unit.WORKING_DAY for limit in limits)
