"""Plants about the promise (承诺时限): exceeded, and kept though it looks otherwise."""

from dataclasses import replace

from rules.catalog.models.base import Limit, Unit
from rules.events.words import Level, PauseKind
from streams.simulate.moments import day_of, moment
from streams.simulate.plan import Halt, Postponed
from streams.simulate.plants.bend import decide_on, promise_due, stall, workday_after
from streams.simulate.plants.kit import QUICK, Kit, Where, need, the
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
LEADER = "分管负责人"


def closed_a_little_late(kit: Kit) -> None:
    """One to three working days late: the first colour."""
    plan = kit.case(every(promised(3, 12), ROOM), room=22)
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), kit.some(1, 3)))
    kit.put(plan, expect=(OVER,), note="超承诺一至三日办结")


def closed_far_too_late(kit: Kit) -> None:
    """More than the profile's days late: red."""
    plan = kit.case(every(promised(3, 10), ROOM), room=24)
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), kit.some(5, 7)))
    kit.put(plan, expect=(OVER,), level=Level.RED, note="超承诺三日以上办结")


def still_open_after_it(kit: Kit) -> None:
    """Not closed at the end of the feed, the due date passed."""
    plan = kit.case(every(promised(4, 10), ROOM), day=kit.before_end(kit.some(8, 12)))
    stall(plan)
    kit.put(plan, expect=(OVER,), note="已超承诺尚未办结")


def slip_binds(kit: Kit) -> None:
    """The slip names an earlier date than the limit; closed between the two."""
    plan = kit.case(every(promised(6, 15), ROOM, warns_before(1)), room=18)
    due = promise_due(plan)
    plan.slip = plan.terms.workdays.before(due, 2)
    decide_on(plan, due)
    kit.put(plan, expect=(OVER,), note="回执所载日期早于承诺，逾回执日期办结")


def pause_within_a_day(kit: Kit) -> None:
    """A suspension that begins and ends on one date excludes nothing; closed a day late."""
    plan = kit.case(every(promised(5, 12), ROOM, suspendable), room=20)
    due, day = promise_due(plan), workday_after(plan, plan.accepted, 1)
    plan.halts.append(Halt(PauseKind.INSPECTION, moment(day, 9), moment(day, 17)))
    decide_on(plan, plan.terms.workdays.after(due, 1))
    lawful = kit.quiet(plan, "OT_PAUSE_ABUSE", "依法挂起")
    kit.put(plan, lawful, expect=(OVER,), note="当日起止的挂起不扣除，超承诺一日")


def old_version_exceeded(kit: Kit) -> None:
    """Accepted the day before a shorter promise came into force: the old, longer one is exceeded by a day."""
    where, day = _before_shorter(kit)
    plan = kit.case(where, day=day)
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 1))
    kit.put(plan, expect=(OVER,), note="受理次日承诺缩短，仍按旧版，超旧版一日")


def old_version_kept(kit: Kit) -> None:
    """Accepted the day before a shorter promise came into force and closed on the last day of the old one."""
    where, day = _before_shorter(kit)
    plan = kit.case(where, day=day)
    decide_on(plan, promise_due(plan), 16)
    kit.put(plan, kit.quiet(plan, OVER, "受理次日承诺缩短，按旧版未超"))


def closed_at_the_last_minute(kit: Kit) -> None:
    """Closed just before midnight on the due date."""
    plan = kit.case(every(promised(3, 12), ROOM), room=18)
    due = promise_due(plan)
    decide_on(plan, due, 17)
    plan.closed = moment(due, 23, 58, 30)
    plan.held_back["CLS"] = moment(due, 23, 59, 10)
    kit.put(plan, kit.quiet(plan, OVER, "到期日 23:58 办结"))


def told_the_next_morning(kit: Kit) -> None:
    """Closed on the due date; the close comes in the next morning, after a card was raised: it must not stand."""
    plan = kit.case(every(promised(3, 12), ROOM), room=18)
    due = promise_due(plan)
    decide_on(plan, due, 16)
    plan.held_back.update({tag: moment(due + 1, 9, 30) for tag in ("CLS", "DEC")})
    kit.put(plan, kit.quiet(plan, OVER, "到期日办结，次日上午才报到"))


def suspended_lawfully(kit: Kit) -> None:
    """Closed after the bare due date, within the one a lawful suspension moved it to."""
    plan = kit.case(every(promised(7, 15), ROOM, suspendable), room=34, wish=replace(QUICK, pace=0.6, pause=True))
    need(plan.halts)
    decide_on(plan, promise_due(plan), 15)
    kit.put(plan, kit.quiet(plan, OVER, "扣除特别程序后按期办结"), kit.quiet(plan, "OT_PAUSE_ABUSE", "依法挂起"))


def extended_validly(kit: Kit) -> None:
    """Closed after the bare due date, within a valid extension."""
    plan = kit.case(every(promised(7, 15), ROOM, licence), room=34, wish=replace(QUICK, pace=0.6, extend=True))
    need(plan.postponed)
    more = plan.postponed[0]
    decide_on(plan, promise_due(plan, (Longer(day_of(more.requested), more.days),)), 15)
    kit.put(plan, kit.quiet(plan, OVER, "有效延长期内办结"), kit.quiet(plan, "OT_EXTEND_INVALID", "有效延长"))


def rolled_over_a_day_off(kit: Kit) -> None:
    """A limit in natural days that ends on a day off ends on the next working day (民法典 203)."""
    plan = kit.case(every(promise_unit(Unit.NATURAL_DAY), judged_by(OVER)), room=25)
    due = promise_due(plan)
    need(due != day_of(the(plan.accepted)) + the(plan.terms.promise).n)
    decide_on(plan, due, 11)
    kit.put(plan, kit.quiet(plan, OVER, "自然日末日逢休息日顺延，顺延日办结"))


def close_unreadable(kit: Kit) -> None:
    """Closed in time, but the record of it cannot be read: what never happened may not be said."""
    plan = kit.case(every(promised(5, 12), ROOM, warns_before(1)), room=20)
    plan.spoilt.add("CLS")
    plan.broken = True
    kit.put(plan, kit.quiet(plan, OVER, "办结记录损坏，已隔离，不得作否定判断"), kit.quiet(plan, SOON, "办结记录损坏"))


def extended_too_late_to_clear(kit: Kit) -> None:
    """Asked for on the due date, granted the day after, when a card had been said: a person decides, it stands."""
    plan = kit.case(every(promised(4, 10), ROOM, licence, warns_before(1)), room=24)
    need(plan.terms.more is not None and plan.terms.more.n >= 5)  # noqa: PLR2004 - five are granted
    due = promise_due(plan)
    decide_on(plan, plan.terms.workdays.after(due, 2))
    granted = moment(plan.terms.workdays.after(due, 1), 10)
    plan.postponed.append(Postponed(moment(due, 15), granted, 5, LEADER))
    level: Level = plan.terms.thresholds["OT_PROMISE_OVERDUE.level"]
    kit.put(
        plan,
        kit.found(plan, OVER, "", level, "事后补报的延长不自动免责，待核"),
        kit.found(plan, "OT_EXTEND_INVALID", plan.event_id("X1"), Level.YELLOW, "到期前申请、到期后批准"),
        expect=(SOON,),
    )


def _before_shorter(kit: Kit) -> tuple[Where, int]:
    """Return a matter whose promise grows shorter within the span, and the last working day of the longer one."""
    changes: list[tuple[str, int]] = []
    for matter in kit.city.matters:
        for old, new in zip(matter.versions, matter.versions[1:], strict=False):
            day = kit.workdays.before(new.from_.toordinal(), 1)
            if kit.first <= day <= kit.last and _shorter(old.promise, new.promise):
                changes.append((matter.code, day))
    code, day = kit.one_of(changes)
    return every(lambda terms: terms.matter.code == code, judged_by(OVER)), day


def _shorter(old: Limit | None, new: Limit | None) -> bool:
    if old is None or new is None:
        return False
    return old.unit is new.unit is Unit.WORKING_DAY and new.n < old.n


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
    extended_too_late_to_clear,
)
