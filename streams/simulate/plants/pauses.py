"""Plants about suspensions and extensions (挂起、延长)."""

from dataclasses import replace
from decimal import Decimal

from rules.events.words import Level, PauseKind
from streams.simulate.moments import day_of, moment
from streams.simulate.plan import Halt, Plan, Postponed
from streams.simulate.plants.bend import decide_on, promise_due
from streams.simulate.plants.kit import QUICK, Kit
from streams.simulate.plants.where import every, judged_by, licence, no_licence, over_days, promised, room_to_statutory
from streams.simulate.reckon import Longer
from streams.simulate.terms import Terms

PAUSE, EXTEND, OVER = "OT_PAUSE_ABUSE", "OT_EXTEND_INVALID", "OT_PROMISE_OVERDUE"
WHERE = every(licence, judged_by(PAUSE, EXTEND, OVER), room_to_statutory(9))
LEADER = "分管负责人"
ROOMY = every(promised(8, 15), WHERE)


def unlawful_kind(kit: Kit) -> bool:
    """Suspended for the applicant to pay: no kind of 行政许可法 45; the case is closed in time all the same."""
    plan = _in_time(kit)
    if plan is None:
        return False
    kind = (PauseKind.PAYMENT, PauseKind.LEADER, PauseKind.ORDINARY)[int(kit.rng.random() * 3)]
    _halt(plan, 1, 3, kind)
    return kit.put(plan, kit.found(plan, PAUSE, plan.event_id("P1"), Level.YELLOW, "挂起种类不在法定八种之内"))


def not_told(kit: Kit) -> bool:
    """A lawful suspension of which the applicant was not told."""
    plan = _in_time(kit)
    if plan is None:
        return False
    _halt(plan, 1, 3, PauseKind.TESTING, told=False)
    return kit.put(plan, kit.found(plan, PAUSE, plan.event_id("P1"), Level.YELLOW, "挂起未书面告知申请人"))


def near_the_end(kit: Kit) -> bool:
    """A lawful suspension begun on the working day before the due date."""
    plan = kit.case(ROOMY, room=26)
    if plan is None:
        return False
    workdays, due = plan.terms.workdays, promise_due(plan)
    started = workdays.before(due, 1)
    plan.halts.append(Halt(PauseKind.EXPERT_REVIEW, moment(started, 15), moment(workdays.after(started, 3), 10)))
    decide_on(plan, workdays.after(started, 3), 14)
    return kit.put(plan, kit.found(plan, PAUSE, plan.event_id("P1"), Level.YELLOW, "到期前一日启动挂起"))


def after_the_end(kit: Kit) -> bool:
    """A lawful suspension begun after the due date excludes nothing."""
    plan = kit.case(ROOMY, room=28)
    if plan is None:
        return False
    workdays, due = plan.terms.workdays, promise_due(plan)
    started = workdays.after(due, 1)
    plan.halts.append(Halt(PauseKind.APPRAISAL, moment(started, 10), moment(workdays.after(started, 1), 10)))
    decide_on(plan, workdays.after(started, 2), 10)
    answer = kit.found(plan, PAUSE, plan.event_id("P1"), Level.RED, "到期日之后启动挂起")
    return kit.put(plan, answer, expect=(OVER,), note="到期后挂起不扣除，超承诺")


def third_time(kit: Kit) -> bool:
    """Suspended three times, each lawfully: the third is one too many."""
    plan = kit.case(every(promised(10, 15), WHERE), room=30, wish=replace(QUICK, pace=0.1))
    if plan is None or plan.terms.thresholds["OT_PAUSE_ABUSE.count"] != 3:  # noqa: PLR2004 - the third is planted
        return False
    _three(plan, 3)
    return kit.put(plan, kit.found(plan, PAUSE, plan.event_id("P3"), Level.YELLOW, "第三次挂起"))


def longer_than_the_promise(kit: Kit) -> bool:
    """Suspended lawfully for more than the profile's share of the promise."""
    plan = kit.case(every(promised(4, 6), WHERE), room=32, wish=replace(QUICK, pace=0.1))
    share = _share(plan)
    if plan is None or share is None or plan.terms.promise is None:
        return False
    _halt(plan, 1, int(share * plan.terms.promise.n) + 1, PauseKind.TESTING)
    return kit.put(plan, kit.found(plan, PAUSE, plan.event_id("P1"), Level.YELLOW, "挂起时间超过承诺时限两倍"))


def exactly_the_share(kit: Kit) -> bool:
    """Suspended lawfully for exactly the profile's share of the promise."""
    plan = kit.case(every(promised(4, 6), WHERE), room=32, wish=replace(QUICK, pace=0.1))
    share = _share(plan)
    if plan is None or share is None or plan.terms.promise is None:
        return False
    _halt(plan, 1, int(share * plan.terms.promise.n), PauseKind.TESTING)
    return kit.put(plan, kit.quiet(plan, PAUSE, "挂起时间恰为承诺时限两倍"))


def twice_only(kit: Kit) -> bool:
    """Suspended twice, lawfully."""
    plan = kit.case(every(promised(10, 15), WHERE), room=28, wish=replace(QUICK, pace=0.1))
    if plan is None:
        return False
    _three(plan, 2)
    return kit.put(plan, kit.quiet(plan, PAUSE, "依法挂起两次"))


def two_days_before_the_end(kit: Kit) -> bool:
    """A lawful suspension begun two working days before the due date is not near it."""
    plan = kit.case(ROOMY, room=26)
    if plan is None or plan.terms.thresholds["OT_PAUSE_ABUSE.near_due"] != 1:
        return False
    workdays, due = plan.terms.workdays, promise_due(plan)
    started = workdays.before(due, 2)
    plan.halts.append(Halt(PauseKind.INSPECTION, moment(started, 10), moment(workdays.after(started, 3), 10)))
    decide_on(plan, workdays.after(started, 3), 14)
    return kit.put(plan, kit.quiet(plan, PAUSE, "到期前两个工作日启动挂起"))


def nothing_said_of_telling(kit: Kit) -> bool:
    """Whether the applicant was told is not reported: that is no finding."""
    plan = _in_time(kit)
    if plan is None:
        return False
    _halt(plan, 1, 3, PauseKind.HEARING, told=None)
    return kit.put(plan, kit.quiet(plan, PAUSE, "来源未报是否告知"))


def no_licence_at_all(kit: Kit) -> bool:
    """行政许可法 45 does not speak of a matter that is no licence."""
    where = every(no_licence, over_days, promised(5, 20), judged_by(PAUSE, OVER))
    plan = kit.case(where, room=26)
    if plan is None:
        return False
    _halt(plan, 1, 2, PauseKind.ORDINARY)
    return kit.put(plan, kit.quiet(plan, PAUSE, "非行政许可"))


def extended_too_long(kit: Kit) -> bool:
    """An extension longer than the law allows adds nothing."""
    plan = kit.case(every(ROOMY, _extendable), room=24)
    if plan is None or plan.terms.more is None:
        return False
    _extend(plan, plan.terms.more.n + 5)
    return kit.put(plan, kit.found(plan, EXTEND, plan.event_id("X1"), Level.YELLOW, "延长天数超限"))


def extended_by_nobody(kit: Kit) -> bool:
    """An extension nobody approved; the case is closed within the days it would have added: it was late."""
    plan = kit.case(every(ROOMY, _extendable), room=26)
    if plan is None:
        return False
    _extend(plan, 5, approver=None)
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 2))
    answer = kit.found(plan, EXTEND, plan.event_id("X1"), Level.YELLOW, "延长无批准人")
    return kit.put(plan, answer, expect=(OVER,), note="延长无效，超承诺")


def extended_without_a_word(kit: Kit) -> bool:
    """An extension whose reason the applicant was not told."""
    plan = kit.case(every(ROOMY, _extendable), room=24)
    if plan is None:
        return False
    _extend(plan, 5, told=False)
    return kit.put(plan, kit.found(plan, EXTEND, plan.event_id("X1"), Level.YELLOW, "延长理由未告知申请人"))


def extended_twice(kit: Kit) -> bool:
    """A second extension where the law allows one."""
    plan = kit.case(every(ROOMY, _extendable), room=24)
    if plan is None or plan.terms.times != 1:
        return False
    _extend(plan, 5)
    _extend(plan, 3, after=2)
    return kit.put(plan, kit.found(plan, EXTEND, plan.event_id("X2"), Level.YELLOW, "第二次延长"))


def extended_after_the_end(kit: Kit) -> bool:
    """An extension asked for after the due date."""
    plan = kit.case(every(ROOMY, _extendable), room=26)
    if plan is None:
        return False
    workdays, due = plan.terms.workdays, promise_due(plan)
    asked = workdays.after(due, 1)
    plan.postponed.append(Postponed(moment(asked, 10), moment(asked, 15), 5, LEADER))
    decide_on(plan, workdays.after(asked, 1))
    answer = kit.found(plan, EXTEND, plan.event_id("X1"), Level.RED, "到期日之后才申请延长")
    return kit.put(plan, answer, expect=(OVER,), note="到期后延长无效，超承诺")


def extended_to_the_full(kit: Kit) -> bool:
    """The longest extension there is, used to its last day."""
    plan = kit.case(every(ROOMY, _extendable, lambda terms: (terms.more.n if terms.more else 0) <= 10), room=36)
    if plan is None or plan.terms.more is None:
        return False
    _extend(plan, plan.terms.more.n)
    more = plan.postponed[0]
    decide_on(plan, promise_due(plan, (Longer(day_of(more.requested), more.days),)), 11)
    return kit.put(plan, kit.quiet(plan, EXTEND, "延长恰为法定上限"), kit.quiet(plan, OVER, "延长期最后一日办结"))


def special_law_allows_more(kit: Kit) -> bool:
    """A special law allows a longer extension than 行政许可法 42."""
    plan = kit.case(every(promised(5, 15), WHERE, lambda terms: (terms.more.n if terms.more else 0) > 10), room=34)
    if plan is None or plan.terms.more is None:
        return False
    _extend(plan, min(plan.terms.more.n, 12))
    return kit.put(plan, kit.quiet(plan, EXTEND, "特别法允许更长的延长"))


def granted_on_the_last_day(kit: Kit) -> bool:
    """Asked for and granted on the due date itself."""
    plan = kit.case(every(ROOMY, _extendable), room=30)
    if plan is None:
        return False
    due = promise_due(plan)
    plan.postponed.append(Postponed(moment(due, 10), moment(due, 16), 4, LEADER))
    decide_on(plan, plan.terms.workdays.after(due, 3))
    return kit.put(plan, kit.quiet(plan, EXTEND, "到期日当日申请并批准"), kit.quiet(plan, OVER, "延长期内办结"))


def _in_time(kit: Kit) -> Plan | None:
    return kit.case(ROOMY, room=22)


def _halt(plan: Plan, after: int, days: int, kind: PauseKind, *, told: bool | None = True) -> None:
    """Suspend a case some working days after acceptance, for so many; it is not decided before that is over."""
    workdays = plan.terms.workdays
    start = workdays.after(day_of(plan.accepted or 0), after)
    end = workdays.after(start, days)
    plan.halts.append(Halt(kind, moment(start, 10, 20), moment(end, 10, 20), told=told))
    decide_on(plan, end, 15)


def _three(plan: Plan, times: int) -> None:
    for number in range(times):
        _halt(plan, 1 + 2 * number, 1, PauseKind.TESTING)


def _share(plan: Plan | None) -> Decimal | None:
    share: Decimal | None = plan.terms.thresholds["OT_PAUSE_ABUSE.share"] if plan is not None else None
    return share


def _extend(plan: Plan, days: int, *, approver: str | None = LEADER, told: bool = True, after: int = 1) -> None:
    day = plan.terms.workdays.after(day_of(plan.accepted or 0), after)
    plan.postponed.append(Postponed(moment(day, 9, 30), moment(day, 11), days, approver, told))


def _extendable(terms: Terms) -> bool:
    return terms.more is not None and terms.times is not None


PLANTS = (
    unlawful_kind,
    not_told,
    near_the_end,
    after_the_end,
    third_time,
    longer_than_the_promise,
    exactly_the_share,
    twice_only,
    two_days_before_the_end,
    nothing_said_of_telling,
    no_licence_at_all,
    extended_too_long,
    extended_by_nobody,
    extended_without_a_word,
    extended_twice,
    extended_after_the_end,
    extended_to_the_full,
    special_law_allows_more,
    granted_on_the_last_day,
)
