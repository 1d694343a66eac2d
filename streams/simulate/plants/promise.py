"""Plants about the promise: near, kept to the minute, exceeded (承诺时限)."""

from dataclasses import replace

from rules.catalog.models.base import Limit, Unit
from rules.events.words import Level, PauseKind
from streams.simulate.moments import MINUTE, day_of, moment
from streams.simulate.plan import Halt, Postponed
from streams.simulate.plants.bend import close_on, decide_on, promise_due, stall
from streams.simulate.plants.kit import QUICK, Kit, Where
from streams.simulate.plants.where import (
    every,
    judged_by,
    licence,
    promise_unit,
    promised,
    room_to_statutory,
    suspendable,
    warns_before,
)
from streams.simulate.reckon import Longer

OVER, SOON = "OT_PROMISE_OVERDUE", "OT_PROMISE_SOON"
ROOM = every(judged_by(OVER), room_to_statutory(9))


def closed_a_little_late(kit: Kit) -> bool:
    """One to three working days late: the first colour."""
    plan = kit.case(every(promised(3, 12), ROOM), room=22)
    if plan is None:
        return False
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 1 + int(kit.rng.random() * 3)))
    return kit.put(plan, expect=(OVER,), note="超承诺一至三日办结")


def closed_far_too_late(kit: Kit) -> bool:
    """More than the profile's days late: red where it turns red."""
    plan = kit.case(every(promised(3, 10), ROOM), room=24)
    if plan is None:
        return False
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 5 + int(kit.rng.random() * 3)))
    return kit.put(plan, expect=(OVER,), level=Level.RED, note="超承诺三日以上办结")


def still_open_after_it(kit: Kit) -> bool:
    """Not closed at the end of the feed, a day or two after the due date."""
    start = kit.workdays.before(kit.end_day, 8 + int(kit.rng.random() * 5))
    plan = kit.case(every(promised(4, 10), ROOM), day=start)
    if plan is None:
        return False
    stall(plan)
    return kit.put(plan, expect=(OVER,), note="已超承诺尚未办结")


def slip_binds(kit: Kit) -> bool:
    """The slip names an earlier date than the limit; closed between the two."""
    plan = kit.case(every(promised(6, 15), ROOM, warns_before(1)), room=18)
    if plan is None:
        return False
    due = promise_due(plan)
    plan.slip = plan.terms.workdays.before(due, 2)
    decide_on(plan, due)
    return kit.put(plan, expect=(OVER,), note="回执所载日期早于承诺，逾回执日期办结")


def pause_within_a_day(kit: Kit) -> bool:
    """A suspension that begins and ends on one date excludes nothing; closed a day late."""
    plan = kit.case(every(promised(5, 12), ROOM, suspendable), room=20)
    if plan is None or plan.accepted is None:
        return False
    due = promise_due(plan)
    day = plan.terms.workdays.after(day_of(plan.accepted), 1)
    plan.halts.append(Halt(PauseKind.INSPECTION, moment(day, 9), moment(day, 17)))
    decide_on(plan, plan.terms.workdays.after(due, 1))
    return kit.put(
        plan,
        kit.quiet(plan, "OT_PAUSE_ABUSE", "依法挂起"),
        expect=(OVER,),
        note="当日起止的挂起不扣除，超承诺一日",
    )


def old_version_exceeded(kit: Kit) -> bool:
    """Accepted the day before a shorter promise came into force: the old, longer one is exceeded by a day."""
    found = _before_shorter(kit)
    if found is None:
        return False
    plan = kit.case(found[0], day=found[1])
    if plan is None:
        return False
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 1))
    return kit.put(plan, expect=(OVER,), note="受理次日承诺缩短，仍按旧版，超旧版一日")


def old_version_kept(kit: Kit) -> bool:
    """Accepted the day before a shorter promise came into force and closed on the last day of the old one."""
    found = _before_shorter(kit)
    if found is None:
        return False
    plan = kit.case(found[0], day=found[1])
    if plan is None:
        return False
    decide_on(plan, promise_due(plan), 16)
    return kit.put(plan, kit.quiet(plan, OVER, "受理次日承诺缩短，按旧版未超"))


def _before_shorter(kit: Kit) -> tuple[Where, int] | None:
    """Return a matter whose promise grows shorter within the span, and the last working day of the longer one."""
    changes: list[tuple[str, int]] = []
    for matter in kit.city.matters:
        for old, new in zip(matter.versions, matter.versions[1:], strict=False):
            day = kit.workdays.before(new.from_.toordinal(), 1)
            if kit.first <= day <= kit.last and _shorter(old.promise, new.promise):
                changes.append((matter.code, day))
    if not changes:
        return None
    code, day = changes[int(kit.rng.random() * len(changes))]
    return every(lambda terms: terms.matter.code == code, judged_by(OVER)), day


def _shorter(old: Limit | None, new: Limit | None) -> bool:
    if old is None or new is None:
        return False
    return old.unit is new.unit is Unit.WORKING_DAY and new.n < old.n


def closed_at_the_last_minute(kit: Kit) -> bool:
    """Closed at 23:59 on the due date."""
    plan = kit.case(every(promised(3, 12), ROOM), room=18)
    if plan is None:
        return False
    due = promise_due(plan)
    decide_on(plan, due, 17)
    close_on(plan, moment(due, 23, 58, 30))
    plan.held_back["CLS"] = moment(due, 23, 59, 10)
    return kit.put(plan, kit.quiet(plan, OVER, "到期日 23:58 办结"))


def told_the_next_morning(kit: Kit) -> bool:
    """Closed on the due date; the close comes in the next morning, after a card was raised: it must not stand."""
    plan = kit.case(every(promised(3, 12), ROOM), room=18)
    if plan is None:
        return False
    due = promise_due(plan)
    decide_on(plan, due, 16)
    plan.held_back.update({tag: moment(due + 1, 9, 30) for tag in ("CLS", "DEC")})
    return kit.put(plan, kit.quiet(plan, OVER, "到期日办结，次日上午才报到"))


def suspended_lawfully(kit: Kit) -> bool:
    """Closed after the bare due date, within the one a lawful suspension moved it to."""
    plan = kit.case(every(promised(7, 15), ROOM, suspendable), room=34, wish=replace(QUICK, pace=0.6, pause=True))
    if plan is None or not plan.halts:
        return False
    decide_on(plan, promise_due(plan), 15)
    return kit.put(plan, kit.quiet(plan, OVER, "扣除特别程序后按期办结"), kit.quiet(plan, "OT_PAUSE_ABUSE", "依法挂起"))


def extended_validly(kit: Kit) -> bool:
    """Closed after the bare due date, within a valid extension."""
    plan = kit.case(every(promised(7, 15), ROOM, licence), room=34, wish=replace(QUICK, pace=0.6, extend=True))
    if plan is None or not plan.postponed:
        return False
    more = plan.postponed[0]
    decide_on(plan, promise_due(plan, (Longer(day_of(more.requested), more.days),)), 15)
    return kit.put(plan, kit.quiet(plan, OVER, "有效延长期内办结"), kit.quiet(plan, "OT_EXTEND_INVALID", "有效延长"))


def rolled_over_a_day_off(kit: Kit) -> bool:
    """A limit in natural days that ends on a day off ends on the next working day (民法典 203)."""
    plan = kit.case(every(promise_unit(Unit.NATURAL_DAY), judged_by(OVER)), room=25)
    if plan is None or plan.accepted is None or plan.terms.promise is None:
        return False
    bare = day_of(plan.accepted) + plan.terms.promise.n
    due = promise_due(plan)
    if due == bare or due >= kit.end_day:
        return False
    decide_on(plan, due, 11)
    return kit.put(plan, kit.quiet(plan, OVER, "自然日末日逢休息日顺延，顺延日办结"))


def close_unreadable(kit: Kit) -> bool:
    """Closed in time, but the record of it cannot be read: what never happened may not be said."""
    plan = kit.case(every(promised(5, 12), ROOM, warns_before(1)), room=20)
    if plan is None:
        return False
    plan.spoilt.add("CLS")
    plan.broken = True
    return kit.put(plan, kit.quiet(plan, OVER, "办结记录损坏，已隔离，不得作否定判断"), kit.quiet(plan, SOON, "同上"))


def warned_and_kept(kit: Kit) -> bool:
    """Open when the due date is near, closed on it: a warning and nothing else."""
    plan = kit.case(every(promised(3, 15), ROOM), room=20)
    if plan is None:
        return False
    decide_on(plan, promise_due(plan), 14)
    return kit.put(plan, kit.quiet(plan, OVER, "到期日办结"), expect=(SOON,))


def warned_and_open(kit: Kit) -> bool:
    """Open at the end of the feed, due a day later."""
    days = 4 + int(kit.rng.random() * 8)
    # Due on the last day of the feed, or the day after: the warning has come, the deadline has not.
    due = every(promised(days, days + 1), ROOM, warns_before(1))
    plan = kit.case(due, day=kit.workdays.before(kit.end_day, days))
    if plan is None:
        return False
    stall(plan)
    return kit.put(plan, expect=(SOON,))


def closed_the_day_before_the_warning(kit: Kit) -> bool:
    """Closed on the last day before the warning would come."""
    plan = kit.case(every(promised(4, 15), ROOM, warns_before(1)), room=20)
    if plan is None:
        return False
    day = plan.terms.workdays.before(promise_due(plan), 2)
    decide_on(plan, day, 15)
    if plan.closed is None or day_of(plan.closed) != day:
        return False
    return kit.put(plan, kit.quiet(plan, SOON, "临期前一日办结"))


def told_after_the_warning(kit: Kit) -> bool:
    """Closed late on the evening before the warning; the close comes in within the lawful delay, after midnight."""
    plan = kit.case(every(promised(4, 15), ROOM, warns_before(1)), room=20)
    if plan is None:
        return False
    near = plan.terms.workdays.before(promise_due(plan), 1)
    decide_on(plan, plan.terms.workdays.before(near, 1), 16)
    if plan.closed is None or day_of(plan.closed) >= near:
        return False
    close_on(plan, moment(near) - 12 * MINUTE)
    plan.held_back["CLS"] = moment(near) + 6 * MINUTE
    return kit.put(plan, kit.quiet(plan, SOON, "临期前夜办结，零点后报到"))


def too_short_to_warn(kit: Kit) -> bool:
    """A promise of two working days is not warned about."""
    plan = kit.case(every(promised(1, 2), judged_by(SOON)), room=10)
    if plan is None:
        return False
    decide_on(plan, promise_due(plan), 14)
    return kit.put(plan, kit.quiet(plan, SOON, "时限不超过两个工作日"))


def suspended_through_it(kit: Kit) -> bool:
    """Suspended lawfully and without end: no due date, no warning."""
    start = kit.workdays.before(kit.end_day, 14)
    plan = kit.case(every(promised(4, 8), ROOM, suspendable), day=start)
    if plan is None or plan.accepted is None:
        return False
    stall(plan)
    day = plan.terms.workdays.after(day_of(plan.accepted), 1)
    plan.passages = [one for one in plan.passages if one.ended is not None and one.ended < moment(day, 14)]
    plan.halts.append(Halt(PauseKind.EXPERT_REVIEW, moment(day, 14), None))
    return kit.put(plan, kit.quiet(plan, SOON, "依法挂起未恢复"), kit.quiet(plan, OVER, "依法挂起未恢复"))


def extended_too_late_to_clear(kit: Kit) -> bool:
    """Asked for on the due date, granted the day after, when a card had been said: a person decides, it stands."""
    plan = kit.case(every(promised(4, 10), ROOM, licence, warns_before(1)), room=24)
    if plan is None or plan.terms.more is None:
        return False
    due = promise_due(plan)
    decide_on(plan, plan.terms.workdays.after(due, 2))
    granted = moment(plan.terms.workdays.after(due, 1), 10)
    plan.postponed.append(Postponed(moment(due, 15), granted, 5, "分管负责人"))
    level: Level = plan.terms.thresholds["OT_PROMISE_OVERDUE.level"]
    return kit.put(
        plan,
        kit.found(plan, OVER, "", level, "事后补报的延长不自动免责，待核"),
        kit.found(plan, "OT_EXTEND_INVALID", plan.event_id("X1"), Level.YELLOW, "到期前申请、到期后批准"),
        expect=(SOON,),
    )


PLANTS = (
    closed_a_little_late,
    closed_far_too_late,
    still_open_after_it,
    slip_binds,
    pause_within_a_day,
    old_version_exceeded,
    old_version_kept,
    closed_at_the_last_minute,
    told_the_next_morning,
    suspended_lawfully,
    extended_validly,
    rolled_over_a_day_off,
    close_unreadable,
    warned_and_kept,
    warned_and_open,
    closed_the_day_before_the_warning,
    told_after_the_warning,
    too_short_to_warn,
    suspended_through_it,
    extended_too_late_to_clear,
)
