"""When the clocks of a planned case start (起算): with acceptance, or by silence with the application.

As far as was heard: a record that never came in, or came in after the end of the feed, starts and stops nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

from rules.catalog.models.base import Unit
from streams.simulate.moments import Moment, day_of, moment
from streams.simulate.plan import Plan


class Started(NamedTuple):
    """Day 0 of the clocks: when accepted, or when handed in where silence made it accepted; known from when."""

    at: Moment
    known: Moment
    deemed: bool


def clock_start(plan: Plan) -> Started | None:
    """Return when the clocks of a case start; of a licence also by silence (行政许可法 32)."""
    receipt = plan.terms.receipt
    if plan.terms.is_licence and receipt is not None and receipt.unit is Unit.WORKING_DAY:
        since: Moment | None = plan.submitted if "SUB" in plan.heard else None
        answers = sorted(at for tag, at in _answers(plan) if tag in plan.heard)
        while since is not None:
            late = moment(plan.terms.workdays.after(day_of(since), receipt.n) + 1)
            answer = next((at for at in answers if at > since), None)
            if answer is None or answer >= late:
                over = stopped(plan)
                if over is not None and over < late:
                    break
                return Started(since, late, deemed=True)
            since = _completed(plan, answer)
    if plan.accepted is None or "ACC" not in plan.heard:
        return None
    return Started(plan.accepted, plan.heard["ACC"], deemed=False)


def stopped(plan: Plan) -> Moment | None:
    """Return when the case was over: its close, or the applicant's withdrawal before it."""
    return min((at for tag, at in ends(plan) if tag in plan.heard), default=None)


def decided(plan: Plan) -> Moment | None:
    """Return when the case was decided, else when it was over."""
    over = stopped(plan)
    if plan.decided is None or "DEC" not in plan.heard or (over is not None and over < plan.decided):
        return over
    return plan.decided


def ends(plan: Plan) -> Iterator[tuple[str, Moment]]:
    """Yield what ends a case, with the tag of its record."""
    if plan.closed is not None:
        yield "CLS", plan.closed
    if plan.withdrawn is not None:
        yield "WDR", plan.withdrawn


def _answers(plan: Plan) -> Iterator[tuple[str, Moment]]:
    for number, notice in enumerate(plan.notices, 1):
        yield f"N{number}", notice.notified
    if plan.accepted is not None:
        yield "ACC", plan.accepted
    if plan.refused is not None:
        yield "REF", plan.refused


def _completed(plan: Plan, answer: Moment) -> Moment | None:
    """Return when the supplements asked for by an answer came in."""
    for number, notice in enumerate(plan.notices):
        if notice.notified == answer:
            came = [later.received for later in plan.notices[number:] if later.received is not None]
            return min(came, default=None)
    return None
