"""Plants about the answer to an application (受理期限; 行政许可法 32)."""

from rules.catalog.models.base import Unit
from rules.events.words import Level, Result
from streams.simulate.moments import HOUR, MINUTE, Moment, day_of, moment
from streams.simulate.plan import Notice, Plan
from streams.simulate.plants.bend import accept_on, unaccepted, workday_after
from streams.simulate.plants.kit import Kit, the
from streams.simulate.plants.where import (
    every,
    in_workdays,
    judged_by,
    licence,
    no_licence,
    over_days,
    promise_unit,
    promised,
)
from streams.simulate.skeleton import Wish

RULE = "OT_ACCEPT_OVERDUE"
FAST = Wish(pace=0.02, answer_days=0.05, skipped=0.0)
LICENCE = every(licence, judged_by(RULE))


def accepted_a_little_late(kit: Kit) -> None:
    """Accepted on the sixth or seventh working day; by silence the clocks have run since the application."""
    plan = kit.case(every(promised(12, 30), LICENCE), room=18, wish=FAST)
    _accepted_late(kit, plan, kit.some(1, 2), "第六、七个工作日才受理")


def accepted_far_too_late(kit: Kit) -> None:
    """Accepted when the further working days of the profile had passed too: red."""
    plan = kit.case(every(promised(14, 30), LICENCE), room=22, wish=FAST)
    after: int | None = plan.terms.thresholds["OT_ACCEPT_OVERDUE.red_after"]
    _accepted_late(kit, plan, the(after) + 2, "受理逾期再过数日")


def never_answered(kit: Kit) -> None:
    """Not answered by the end of the feed."""
    plan = kit.case(every(promised(12, 30), LICENCE), day=kit.before_end(kit.some(8, 9)))
    unaccepted(plan)
    level = _level(kit, plan, _due(plan, plan.submitted), None)
    kit.put(plan, kit.found(plan, RULE, "", level, "逾期未作受理答复"))


def late_after_supplements(kit: Kit) -> None:
    """Asked for supplements in time, had them complete, then silent for seven working days."""
    plan = kit.case(every(promised(14, 30), LICENCE), room=26, wish=FAST)
    notified = moment(workday_after(plan, plan.submitted, 2), 10)
    received = moment(workday_after(plan, notified, 3), 10)
    plan.notices.append(Notice(notified, received))
    due = _due(plan, received)
    accept_on(kit, plan, moment(plan.terms.workdays.after(due, 2), 9))
    kit.put(plan, kit.found(plan, RULE, "", _level(kit, plan, due, plan.accepted), "补齐后逾期受理"))


def refused_late(kit: Kit) -> None:
    """Refused at the door after the five days had passed in silence."""
    plan = kit.case(every(promised(12, 30), LICENCE), room=16)
    unaccepted(plan)
    due = _due(plan, plan.submitted)
    plan.result = Result.NOT_ACCEPTED
    plan.refused = moment(plan.terms.workdays.after(due, 2), 10)
    plan.closed = plan.refused + 5 * MINUTE
    kit.put(plan, kit.found(plan, RULE, "", _level(kit, plan, due, plan.refused), "逾期后才不予受理"))


def accepted_on_the_last_day(kit: Kit) -> None:
    """Accepted on the fifth working day, in the afternoon."""
    plan = kit.case(every(promised(5, 15), LICENCE), room=20)
    accept_on(kit, plan, moment(_due(plan, plan.submitted), 16))
    kit.put(plan, kit.quiet(plan, RULE, "第五个工作日受理"))


def asked_on_the_last_day(kit: Kit) -> None:
    """Asked for supplements on the fifth working day, accepted in time once they were complete."""
    plan = kit.case(every(promised(5, 15), LICENCE), room=26)
    due = _due(plan, plan.submitted)
    received = moment(plan.terms.workdays.after(due, 4), 15)
    plan.notices.append(Notice(moment(due, 16, 50), received))
    accept_on(kit, plan, moment(_due(plan, received), 11))
    kit.put(plan, kit.quiet(plan, RULE, "第五日告知补正，补齐后五日内受理"))


def withdrawn_before_it(kit: Kit) -> None:
    """Withdrawn by the applicant before the five days were over."""
    plan = kit.case(every(promised(5, 15), LICENCE), room=14)
    unaccepted(plan)
    plan.withdrawn = moment(workday_after(plan, plan.submitted, 3), 10)
    plan.closed, plan.result = plan.withdrawn + HOUR, Result.WITHDRAWN
    kit.put(plan, kit.quiet(plan, RULE, "五日内申请人撤回"))


def never_handed_in(kit: Kit) -> None:
    """A draft looked at beforehand and never handed in starts nothing."""
    plan = kit.case(every(promised(5, 15), LICENCE), room=14)
    unaccepted(plan)
    plan.missing.add("SUB")
    plan.say("PRE", "case.pre_accepted", plan.submitted, status="0", reason="网上草稿，材料不全")
    kit.put(plan, kit.quiet(plan, RULE, "仅有预受理，未正式申办"))


def slow_but_no_licence(kit: Kit) -> None:
    """No licence and no receipt limit of its own: accepted after seven working days."""
    unlimited = every(no_licence, judged_by(RULE), over_days, in_workdays, lambda terms: terms.receipt is None)
    plan = kit.case(every(unlimited, promise_unit(Unit.WORKING_DAY)), room=30)
    accept_on(kit, plan, moment(workday_after(plan, plan.submitted, 7), 10))
    kit.put(plan, kit.quiet(plan, RULE, "非行政许可且未规定受理期限"))


def _accepted_late(kit: Kit, plan: Plan, days: int, note: str) -> None:
    due = _due(plan, plan.submitted)
    accept_on(kit, plan, moment(plan.terms.workdays.after(due, days), 9))
    kit.put(plan, kit.found(plan, RULE, "", _level(kit, plan, due, plan.accepted), note))


def _due(plan: Plan, since: Moment) -> int:
    """Return the last day (ordinal) of an answer."""
    return plan.terms.workdays.after(day_of(since), the(plan.terms.receipt).n)


def _level(kit: Kit, plan: Plan, due: int, answered: Moment | None) -> Level:
    after: int | None = plan.terms.thresholds["OT_ACCEPT_OVERDUE.red_after"]
    if after is None:
        return Level.YELLOW
    red_from = moment(plan.terms.workdays.after(due, after + 1))
    reached = answered >= red_from if answered is not None else kit.watch.may_say(plan, red_from) is not None
    return Level.RED if reached else Level.YELLOW


PLANTS = (
    accepted_a_little_late,
    accepted_far_too_late,
    never_answered,
    late_after_supplements,
    refused_late,
    accepted_on_the_last_day,
    asked_on_the_last_day,
    withdrawn_before_it,
    never_handed_in,
    slow_but_no_licence,
)
