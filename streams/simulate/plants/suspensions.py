"""Plants about suspensions (挂起; 行政许可法 45)."""

from dataclasses import replace
from decimal import Decimal

from rules.events.words import Level, PauseKind
from streams.simulate.moments import moment
from streams.simulate.plan import Halt, Plan
from streams.simulate.plants.bend import decide_on, promise_due, workday_after
from streams.simulate.plants.kit import QUICK, Kit, need, the
from streams.simulate.plants.where import every, judged_by, licence, no_licence, promised, room_to_statutory

RULE, OVER = "OT_PAUSE_ABUSE", "OT_PROMISE_OVERDUE"
WHERE = every(licence, judged_by(RULE, OVER), room_to_statutory(9))
ROOMY = every(promised(8, 15), WHERE)
SHORT = every(promised(4, 6), WHERE)
AT_ONCE = replace(QUICK, pace=0.1)
THIRD = 3


def unlawful_kind(kit: Kit) -> None:
    """Suspended for the applicant to pay, or the like: no kind of the law; the case is closed in time all the same."""
    plan = kit.case(ROOMY, room=22)
    _halt(plan, 1, 3, kit.one_of([PauseKind.PAYMENT, PauseKind.LEADER, PauseKind.ORDINARY]))
    kit.put(plan, kit.found(plan, RULE, plan.event_id("P1"), Level.YELLOW, "挂起种类不在法定八种之内"))


def not_told(kit: Kit) -> None:
    """A lawful suspension of which the applicant was not told."""
    plan = kit.case(ROOMY, room=22)
    _halt(plan, 1, 3, PauseKind.TESTING, told=False)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("P1"), Level.YELLOW, "挂起未书面告知申请人"))


def near_the_end(kit: Kit) -> None:
    """A lawful suspension begun on the working day before the due date."""
    plan = kit.case(ROOMY, room=26)
    _halt_from(plan, plan.terms.workdays.before(promise_due(plan), 1), 3, PauseKind.EXPERT_REVIEW)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("P1"), Level.YELLOW, "到期前一日启动挂起"))


def after_the_end(kit: Kit) -> None:
    """A lawful suspension begun after the due date excludes nothing."""
    plan = kit.case(ROOMY, room=28)
    _halt_from(plan, plan.terms.workdays.after(promise_due(plan), 1), 1, PauseKind.APPRAISAL)
    answer = kit.found(plan, RULE, plan.event_id("P1"), Level.RED, "到期日之后启动挂起")
    kit.put(plan, answer, expect=(OVER,), note="到期后挂起不扣除，超承诺")


def third_time(kit: Kit) -> None:
    """Suspended three times, each lawfully: the third is one too many."""
    plan = kit.case(every(promised(10, 15), WHERE), room=30, wish=AT_ONCE)
    need(plan.terms.thresholds[f"{RULE}.count"] == THIRD)
    for number in range(THIRD):
        _halt(plan, 1 + 2 * number, 1, PauseKind.TESTING)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("P3"), Level.YELLOW, "第三次挂起"))


def longer_than_the_promise(kit: Kit) -> None:
    """Suspended lawfully for more than the profile's share of the promise."""
    plan = kit.case(SHORT, room=32, wish=AT_ONCE)
    _halt(plan, 1, _allowed(plan) + 1, PauseKind.TESTING)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("P1"), Level.YELLOW, "挂起时间超过承诺时限两倍"))


def exactly_the_share(kit: Kit) -> None:
    """Suspended lawfully for exactly the profile's share of the promise."""
    plan = kit.case(SHORT, room=32, wish=AT_ONCE)
    _halt(plan, 1, _allowed(plan), PauseKind.TESTING)
    kit.put(plan, kit.quiet(plan, RULE, "挂起时间恰为承诺时限两倍"))


def twice_only(kit: Kit) -> None:
    """Suspended twice, lawfully."""
    plan = kit.case(every(promised(10, 15), WHERE), room=28, wish=AT_ONCE)
    for number in range(THIRD - 1):
        _halt(plan, 1 + 2 * number, 1, PauseKind.TESTING)
    kit.put(plan, kit.quiet(plan, RULE, "依法挂起两次"))


def two_days_before_the_end(kit: Kit) -> None:
    """A lawful suspension begun two working days before the due date is not near it."""
    plan = kit.case(ROOMY, room=26)
    need(plan.terms.thresholds[f"{RULE}.near_due"] == 1)
    _halt_from(plan, plan.terms.workdays.before(promise_due(plan), 2), 3, PauseKind.INSPECTION)
    kit.put(plan, kit.quiet(plan, RULE, "到期前两个工作日启动挂起"))


def nothing_said_of_telling(kit: Kit) -> None:
    """Whether the applicant was told is not reported: that is no finding."""
    plan = kit.case(ROOMY, room=22)
    _halt(plan, 1, 3, PauseKind.HEARING, told=None)
    kit.put(plan, kit.quiet(plan, RULE, "来源未报是否告知"))


def no_licence_at_all(kit: Kit) -> None:
    """行政许可法 45 does not speak of a matter that is no licence."""
    plan = kit.case(every(no_licence, promised(5, 20), judged_by(RULE, OVER)), room=26)
    _halt(plan, 1, 2, PauseKind.ORDINARY)
    kit.put(plan, kit.quiet(plan, RULE, "非行政许可"))


def _halt(plan: Plan, after: int, days: int, kind: PauseKind, *, told: bool | None = True) -> None:
    """Suspend a case some working days after acceptance, for so many; it is decided when that is over."""
    _halt_from(plan, workday_after(plan, plan.accepted, after), days, kind, told=told)


def _halt_from(plan: Plan, start: int, days: int, kind: PauseKind, *, told: bool | None = True) -> None:
    end = plan.terms.workdays.after(start, days)
    plan.halts.append(Halt(kind, moment(start, 10, 20), moment(end, 10, 20), told=told))
    decide_on(plan, end, 15)


def _allowed(plan: Plan) -> int:
    """Return for how many days a case may be suspended before it is too long."""
    share: Decimal | None = plan.terms.thresholds[f"{RULE}.share"]
    return int(the(share) * the(plan.terms.promise).n)


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
)
