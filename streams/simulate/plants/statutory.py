"""Plants about the statutory limit (法定时限)."""

from dataclasses import replace

from rules.events.words import Level
from streams.simulate.moments import day_of, moment
from streams.simulate.plants.bend import decide_on, promise_due, stall, statutory_due
from streams.simulate.plants.kit import QUICK, Kit, need, the
from streams.simulate.plants.where import every, joint, judged_by, licence, promised, statutory, suspendable
from streams.simulate.terms import Terms

OVER, PROMISE = "OT_STATUTORY_OVER", "OT_PROMISE_OVERDUE"
JUDGED = judged_by(OVER, PROMISE)
WITHIN_LAW = every(promised(2, 10), statutory(7, 20), JUDGED)


def decided_too_late(kit: Kit) -> None:
    """Decided some days after the statutory due date: red; the promise, exceeded long ago, is only a ground."""
    plan = kit.case(WITHIN_LAW, room=32)
    decide_on(plan, plan.terms.workdays.after(statutory_due(plan), kit.some(1, 4)))
    kit.put(plan, expect=(OVER,), level=Level.RED, note="超法定时限作出决定")


def still_undecided(kit: Kit) -> None:
    """Not decided at the end of the feed, the statutory due date passed."""
    plan = kit.case(WITHIN_LAW, room=26)
    need(statutory_due(plan) < kit.before_end(1))
    stall(plan)
    kit.put(plan, expect=(OVER,), level=Level.RED, note="超法定时限尚未决定")


def promised_beyond_the_law(kit: Kit) -> None:
    """A promise longer than the law allows: kept, and yet over the statutory limit."""
    plan = kit.case(every(promised(3, 40), _longer_than_law, JUDGED), room=40)
    day = plan.terms.workdays.after(statutory_due(plan), 1)
    need(day <= promise_due(plan))
    decide_on(plan, day)
    kit.put(plan, kit.quiet(plan, PROMISE, "未超承诺"), expect=(OVER,), level=Level.RED, note="未超承诺但超法定")


def decided_on_the_last_day(kit: Kit) -> None:
    """Decided on the statutory due date itself: over the promise, within the law."""
    plan = kit.case(WITHIN_LAW, room=28)
    due = statutory_due(plan)
    decide_on(plan, due, 16)
    need(day_of(the(plan.closed)) == due)
    kit.put(plan, kit.quiet(plan, OVER, "法定到期日当日决定"), expect=(PROMISE,), note="超承诺，未超法定")


def joint_handling_has_longer(kit: Kit) -> None:
    """Handled jointly: more than twenty working days, fewer than forty-five."""
    plan = kit.case(every(promised(3, 20), joint, licence, JUDGED), room=32)
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 5))
    kit.put(plan, kit.quiet(plan, OVER, "联合办理为四十五日"), expect=(PROMISE,), note="联合办理超承诺，未超法定")


def closed_after_deciding_in_time(kit: Kit) -> None:
    """Decided in time and closed, as a formality, after the statutory due date: the decision stops this clock."""
    plan = kit.case(WITHIN_LAW, room=30)
    plan.closed = moment(plan.terms.workdays.after(statutory_due(plan), 2), 10)
    kit.put(plan, kit.quiet(plan, OVER, "法定期内已决定，其后办结"), expect=(PROMISE,), note="决定后久未办结")


def suspended_in_the_law(kit: Kit) -> None:
    """Decided after the bare statutory date, within the one a lawful suspension moved it to."""
    wish = replace(QUICK, pace=0.6, pause=True)
    plan = kit.case(every(promised(5, 12), statutory(7, 20), JUDGED, suspendable), room=42, wish=wish)
    need(plan.halts)
    decide_on(plan, statutory_due(plan), 10)
    kit.put(plan, kit.quiet(plan, OVER, "扣除特别程序后未超法定"), expect=(PROMISE,), note="扣除后仍超承诺")


def _longer_than_law(terms: Terms) -> bool:
    return terms.promise is not None and terms.statutory is not None and terms.promise.n > terms.statutory.n


PLANTS = (
    decided_too_late,
    still_undecided,
    promised_beyond_the_law,
    decided_on_the_last_day,
    joint_handling_has_longer,
    closed_after_deciding_in_time,
    suspended_in_the_law,
)
