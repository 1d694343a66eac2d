"""Plants about the first warning (临期)."""

from rules.events.words import PauseKind
from streams.simulate.moments import MINUTE, day_of, moment
from streams.simulate.plan import Halt
from streams.simulate.plants.bend import decide_on, promise_due, stall, workday_after
from streams.simulate.plants.kit import Kit, need, the
from streams.simulate.plants.where import every, judged_by, promised, room_to_statutory, suspendable, warns_before

OVER, SOON = "OT_PROMISE_OVERDUE", "OT_PROMISE_SOON"
ROOM = every(judged_by(OVER, SOON), room_to_statutory(9))
A_DAY_BEFORE = every(ROOM, warns_before(1))


def warned_and_kept(kit: Kit) -> None:
    """Open when the due date is near, closed on it: a warning and nothing else."""
    plan = kit.case(every(promised(3, 15), ROOM), room=20)
    decide_on(plan, promise_due(plan), 14)
    kit.put(plan, kit.quiet(plan, OVER, "到期日办结"), expect=(SOON,))


def warned_and_open(kit: Kit) -> None:
    """Open at the end of the feed, due that day or the next."""
    days = kit.some(4, 11)
    plan = kit.case(every(promised(days, days + 1), A_DAY_BEFORE), day=kit.before_end(days))
    stall(plan)
    kit.put(plan, expect=(SOON,))


def closed_the_day_before(kit: Kit) -> None:
    """Closed on the last day before the warning would come."""
    plan = kit.case(every(promised(4, 15), A_DAY_BEFORE), room=20)
    day = plan.terms.workdays.before(promise_due(plan), 2)
    decide_on(plan, day, 15)
    need(day_of(the(plan.closed)) == day)
    kit.put(plan, kit.quiet(plan, SOON, "临期前一日办结"))


def told_after_midnight(kit: Kit) -> None:
    """Closed late on the evening before the warning; the close comes in within the lawful delay, after midnight."""
    plan = kit.case(every(promised(4, 15), A_DAY_BEFORE), room=20)
    near = plan.terms.workdays.before(promise_due(plan), 1)
    decide_on(plan, plan.terms.workdays.before(near, 1), 16)
    need(day_of(the(plan.closed)) < near)
    plan.closed = moment(near) - 12 * MINUTE
    plan.held_back["CLS"] = moment(near) + 6 * MINUTE
    kit.put(plan, kit.quiet(plan, SOON, "临期前夜办结，零点后报到"))


def too_short_to_warn(kit: Kit) -> None:
    """A promise of two working days is not warned about."""
    plan = kit.case(every(promised(1, 2), judged_by(SOON)), room=10)
    decide_on(plan, promise_due(plan), 14)
    kit.put(plan, kit.quiet(plan, SOON, "时限不超过两个工作日"))


def suspended_through_it(kit: Kit) -> None:
    """Suspended lawfully and without end: no due date, no warning."""
    plan = kit.case(every(promised(7, 11), ROOM, suspendable), day=kit.before_end(13))
    stall(plan)
    since = moment(workday_after(plan, plan.accepted, 1), 14)
    plan.passages = [one for one in plan.passages if one.ended is not None and one.ended < since]
    plan.halts.append(Halt(PauseKind.EXPERT_REVIEW, since, None))
    kit.put(plan, kit.quiet(plan, SOON, "依法挂起未恢复"), kit.quiet(plan, OVER, "依法挂起未恢复"))


PLANTS = (
    warned_and_kept,
    warned_and_open,
    closed_the_day_before,
    told_after_midnight,
    too_short_to_warn,
    suspended_through_it,
)
