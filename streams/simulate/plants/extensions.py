"""Plants about extensions (延长; 行政许可法 42)."""

from rules.events.words import Level
from streams.simulate.moments import day_of, moment
from streams.simulate.plan import Plan, Postponed
from streams.simulate.plants.bend import decide_on, promise_due, workday_after
from streams.simulate.plants.kit import Kit, Where, the
from streams.simulate.plants.where import every, judged_by, licence, promised, room_to_statutory
from streams.simulate.reckon import Longer
from streams.simulate.terms import Terms

RULE, OVER = "OT_EXTEND_INVALID", "OT_PROMISE_OVERDUE"
LEADER = "分管负责人"
BY_THE_LAW = 10
"""Working days 行政许可法 42 allows."""


def _once(terms: Terms) -> bool:
    return terms.more is not None and terms.times == 1


def _up_to(low: int, high: int) -> Where:
    return lambda terms: terms.more is not None and low <= terms.more.n <= high


WHERE = every(licence, judged_by(RULE, OVER), room_to_statutory(9), promised(8, 15), _once)


def extended_too_long(kit: Kit) -> None:
    """An extension longer than the law allows adds nothing."""
    plan = kit.case(WHERE, room=24)
    _extend(plan, the(plan.terms.more).n + 5)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("X1"), Level.YELLOW, "延长天数超限"))


def extended_by_nobody(kit: Kit) -> None:
    """An extension nobody approved; the case is closed within the days it would have added: it was late."""
    plan = kit.case(WHERE, room=26)
    _extend(plan, 5, approver=None)
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 2))
    answer = kit.found(plan, RULE, plan.event_id("X1"), Level.YELLOW, "延长无批准人")
    kit.put(plan, answer, expect=(OVER,), note="延长无效，超承诺")


def extended_without_a_word(kit: Kit) -> None:
    """An extension whose reason the applicant was not told."""
    plan = kit.case(WHERE, room=24)
    _extend(plan, 5, told=False)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("X1"), Level.YELLOW, "延长理由未告知申请人"))


def extended_twice(kit: Kit) -> None:
    """A second extension where the law allows one."""
    plan = kit.case(WHERE, room=24)
    _extend(plan, 5)
    _extend(plan, 3, after=2)
    kit.put(plan, kit.found(plan, RULE, plan.event_id("X2"), Level.YELLOW, "第二次延长"))


def extended_after_the_end(kit: Kit) -> None:
    """An extension asked for after the due date."""
    plan = kit.case(WHERE, room=26)
    asked = plan.terms.workdays.after(promise_due(plan), 1)
    plan.postponed.append(Postponed(moment(asked, 10), moment(asked, 15), 5, LEADER))
    decide_on(plan, plan.terms.workdays.after(asked, 1))
    answer = kit.found(plan, RULE, plan.event_id("X1"), Level.RED, "到期日之后才申请延长")
    kit.put(plan, answer, expect=(OVER,), note="到期后延长无效，超承诺")


def extended_to_the_full(kit: Kit) -> None:
    """The longest extension there is, used to its last day."""
    plan = kit.case(every(WHERE, _up_to(1, BY_THE_LAW)), room=36)
    _extend(plan, the(plan.terms.more).n)
    more = plan.postponed[0]
    decide_on(plan, promise_due(plan, (Longer(day_of(more.requested), more.days),)), 11)
    kit.put(plan, kit.quiet(plan, RULE, "延长恰为法定上限"), kit.quiet(plan, OVER, "延长期最后一日办结"))


def special_law_allows_more(kit: Kit) -> None:
    """A special law allows a longer extension than 行政许可法 42."""
    plan = kit.case(every(WHERE, _up_to(BY_THE_LAW + 1, 99)), room=34)
    _extend(plan, BY_THE_LAW + 2)
    kit.put(plan, kit.quiet(plan, RULE, "特别法允许更长的延长"))


def granted_on_the_last_day(kit: Kit) -> None:
    """Asked for and granted on the due date itself."""
    plan = kit.case(WHERE, room=30)
    due = promise_due(plan)
    plan.postponed.append(Postponed(moment(due, 10), moment(due, 16), 4, LEADER))
    decide_on(plan, plan.terms.workdays.after(due, 3))
    kit.put(plan, kit.quiet(plan, RULE, "到期日当日申请并批准"), kit.quiet(plan, OVER, "延长期内办结"))


def _extend(plan: Plan, days: int, *, approver: str | None = LEADER, told: bool = True, after: int = 1) -> None:
    day = workday_after(plan, plan.accepted, after)
    plan.postponed.append(Postponed(moment(day, 9, 30), moment(day, 11), days, approver, told))


PLANTS = (
    extended_too_long,
    extended_by_nobody,
    extended_without_a_word,
    extended_twice,
    extended_after_the_end,
    extended_to_the_full,
    special_law_allows_more,
    granted_on_the_last_day,
)
