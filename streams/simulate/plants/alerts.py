"""Plants about what becomes of cards (督办): answered or not, verified or not, three of a kind."""

from collections.abc import Mapping

from rules.engine.cards import card_id
from rules.events.words import Level
from streams.simulate.key import found as must_be_there
from streams.simulate.key import quiet as must_not_be_there
from streams.simulate.moments import Moment, moment
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import decide_on, promise_due
from streams.simulate.plants.kit import Kit, month_of, need
from streams.simulate.plants.where import every, judged_by, promised, room_to_statutory
from streams.simulate.terms import Terms

LATE, REPLY, ADDED_UP = "OT_PROMISE_OVERDUE", "OT_REPLY_OVERDUE", "ES_YELLOW_TO_RED"
WHERE = every(promised(3, 8), room_to_statutory(9), judged_by(LATE, REPLY))
THREE = 3
SUPERVISOR = {"by": "督办岗"}
NOTHING: Mapping[str, str] = {}
PROMPT = 10
"""Seconds within which the supervisors' platform reports."""


def never_replied(kit: Kit) -> None:
    """A yellow card, delivered and not replied to within the limit: red."""
    plan = _late(kit, 30)
    _hear(plan, "delivered", 1)
    _put_raised(kit, plan, "黄牌送达后逾期未反馈，升为红牌")


def replied_too_late(kit: Kit) -> None:
    """Replied to on the second working day after the limit: red all the same."""
    plan = _late(kit, 34)
    _hear(plan, "delivered", 1)
    _hear(plan, "replied", 1 + _limit(plan) + 2)
    _put_raised(kit, plan, "黄牌逾期才反馈，升为红牌")


def replied_on_the_last_day(kit: Kit) -> None:
    """Replied to on the last day."""
    plan = _late(kit, 32)
    _hear(plan, "delivered", 1)
    _hear(plan, "acknowledged", 1, hour=14)
    _hear(plan, "replied", 1 + _limit(plan), hour=16)
    _put_quiet(kit, plan, "期限最后一日反馈")


def never_delivered(kit: Kit) -> None:
    """A card that could not be delivered starts no clock."""
    _put_quiet(kit, _late(kit, 30), "未送达，反馈期限未起算")


def delivered_late(kit: Kit) -> None:
    """Delivered days after it was raised: the clock starts with delivery, and it was replied to in time."""
    plan = _late(kit, 38)
    _hear(plan, "delivered", 6)
    _hear(plan, "replied", 6 + _limit(plan), hour=11)
    _put_quiet(kit, plan, "迟送达，自送达起期限内反馈")


def appealed_in_time(kit: Kit) -> None:
    """An appeal is an answer; the supervisor revokes the card."""
    plan = _late(kit, 36)
    _hear(plan, "delivered", 1)
    _hear(plan, "appealed", 3, says={"ground": "系统故障"})
    _hear(plan, "decided", 8, says={"outcome": "revoked", "ground": "不可抗力", **SUPERVISOR})
    _put_quiet(kit, plan, "期限内申诉")


def three_in_a_month(kit: Kit) -> None:
    """Three verified yellow cards of one agency on one matter in one month."""
    plans = _several(kit, THREE)
    for plan in plans:
        _settle(plan, "verified", "经核实属实")
    _put_together(kit, plans, "同一事项一月三张黄牌经认定", adds_up=True)


def two_in_a_month(kit: Kit) -> None:
    """Two of them."""
    plans = _several(kit, THREE - 1)
    for plan in plans:
        _settle(plan, "verified", "经核实属实")
    _put_together(kit, plans, "同一事项一月两张黄牌", adds_up=False)


def three_and_one_revoked(kit: Kit) -> None:
    """Three, one of which was revoked."""
    plans = _several(kit, THREE)
    _settle(plans[0], "revoked", "申请人原因")
    for plan in plans[1:]:
        _settle(plan, "verified", "经核实属实")
    _put_together(kit, plans, "三张黄牌其一被撤销", adds_up=False)


def three_and_one_undecided(kit: Kit) -> None:
    """Three, one of which nobody has decided on."""
    plans = _several(kit, THREE)
    _hear(plans[0], "delivered", 1)
    _hear(plans[0], "replied", 3)
    for plan in plans[1:]:
        _settle(plan, "verified", "经核实属实")
    _put_together(kit, plans, "三张黄牌其一尚未认定", adds_up=False)


def _late(kit: Kit, room: int) -> Plan:
    """Return a case closed one working day late: a yellow card."""
    return _overdue(kit.case(every(WHERE, _turns_yellow, _raises), room=room))


def _overdue(plan: Plan) -> Plan:
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 1), 15)
    return plan


def _several(kit: Kit, count: int) -> list[Plan]:
    """Return so many cases of one matter, closed late, whose lateness began in one month nobody else uses."""
    day = kit.workday(30)
    first = kit.case(every(WHERE, _turns_yellow, _adds_up), day=day)
    matter = first.terms.matter

    def same(terms: Terms) -> bool:
        return terms.matter is matter

    plans = [_overdue(plan) for plan in (first, *(kit.case(every(WHERE, same), day=day) for _ in range(count - 1)))]
    months = {month_of(promise_due(plan) + 1) for plan in plans}
    claim = matter.code, min(months)
    need(len(months) == 1 and claim not in kit.claimed)
    kit.claimed.add(claim)
    return plans


def _put_together(kit: Kit, plans: list[Plan], note: str, *, adds_up: bool) -> None:
    """Put cases of one matter and month, and the line about what they add up to.

    Should one be refused, those before it stay, each with its own answer; together they add up to nothing.
    """
    matter, month = plans[0].terms.matter, month_of(promise_due(plans[0]) + 1)
    for plan in plans:
        kit.put(plan, expect=(LATE,), level=Level.YELLOW, note=note)
    org, subject = matter.org_code, f"{matter.code}#{month}"
    if adds_up:
        kit.answers.append(must_be_there(ADDED_UP, org, subject, Level.RED, org, note=note))
    else:
        kit.answers.append(must_not_be_there(ADDED_UP, org, org, note=note, subject=subject))


def _put_raised(kit: Kit, plan: Plan, note: str) -> None:
    ground = kit.found(plan, REPLY, _card(plan), Level.RED, note)
    raised = kit.found(plan, LATE, "", Level.RED, note)
    kit.put(plan, ground, expect=(LATE,), level=Level.YELLOW, instead=(raised,))


def _put_quiet(kit: Kit, plan: Plan, note: str) -> None:
    kit.put(plan, kit.quiet(plan, REPLY, note), expect=(LATE,), level=Level.YELLOW, note="超承诺一日办结")


def _settle(plan: Plan, outcome: str, ground: str) -> None:
    """Let the agency reply in time and the supervisor decide."""
    _hear(plan, "delivered", 1)
    _hear(plan, "acknowledged", 1, hour=14)
    _hear(plan, "replied", 2)
    _hear(plan, "decided", 4, says={"outcome": outcome, "ground": ground, **SUPERVISOR})


def _hear(plan: Plan, what: str, days: int, *, hour: int = 10, says: Mapping[str, str] = NOTHING) -> None:
    """Report what became of the card some working days after the promise was exceeded."""
    at: Moment = moment(plan.terms.workdays.after(promise_due(plan), days), hour, 20)
    tag = f"A{what[:3].upper()}"
    plan.say(tag, f"alert.{what}", at, card_id=_card(plan), **says)
    plan.held_back[tag] = at + PROMPT


def _card(plan: Plan) -> str:
    return card_id(LATE, plan.case_id, "")


def _limit(plan: Plan) -> int:
    limit: int = plan.terms.thresholds[f"{REPLY}.limit"]
    return limit


def _turns_yellow(terms: Terms) -> bool:
    """Return whether a case closed a working day late bears a yellow card."""
    red_after = terms.thresholds[f"{LATE}.red_after"]
    return terms.thresholds[f"{LATE}.level"] is Level.YELLOW and (red_after is None or red_after >= 1)


def _raises(terms: Terms) -> bool:
    return bool(terms.thresholds[f"{REPLY}.raises"])


def _adds_up(terms: Terms) -> bool:
    asked = terms.thresholds
    monthly = bool(asked[f"{ADDED_UP}.on"]) and asked[f"{ADDED_UP}.period"] == "month"
    return monthly and asked[f"{ADDED_UP}.count"] == THREE


PLANTS = (
    never_replied,
    replied_too_late,
    replied_on_the_last_day,
    never_delivered,
    delivered_late,
    appealed_in_time,
    three_in_a_month,
    two_in_a_month,
    three_and_one_revoked,
    three_and_one_undecided,
)
