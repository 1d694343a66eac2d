"""Plants about what becomes of cards: answered or not, verified or not, three of a kind (督办、累计)."""

from rules.catalog.models.matters import Matter
from rules.events.words import Level
from streams.simulate.key import Answer, found, quiet
from streams.simulate.moments import MINUTE, Moment, moment
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import decide_on, promise_due
from streams.simulate.plants.kit import Kit, month_of
from streams.simulate.plants.where import every, judged_by, promised, room_to_statutory
from streams.simulate.terms import Terms

LATE, REPLY, ADDED_UP = "OT_PROMISE_OVERDUE", "OT_REPLY_OVERDUE", "ES_YELLOW_TO_RED"
WHERE = every(promised(3, 8), room_to_statutory(9), judged_by(LATE, REPLY))
SUPERVISOR = "督办岗"


def never_replied(kit: Kit) -> bool:
    """A yellow card, delivered and not replied to within the limit: red."""
    plan = _late(kit, 30)
    if plan is None:
        return False
    _deliver(plan, 1)
    return _put_raised(kit, plan, "黄牌送达后逾期未反馈，升为红牌")


def replied_too_late(kit: Kit) -> bool:
    """Replied to on the second working day after the limit: red all the same."""
    plan = _late(kit, 34)
    if plan is None:
        return False
    _deliver(plan, 1)
    _hear(plan, "replied", 1 + _limit(plan) + 2)
    return _put_raised(kit, plan, "黄牌逾期才反馈，升为红牌")


def replied_on_the_last_day(kit: Kit) -> bool:
    """Replied to on the last day."""
    plan = _late(kit, 32)
    if plan is None:
        return False
    _deliver(plan, 1)
    _hear(plan, "acknowledged", 1, hour=14)
    _hear(plan, "replied", 1 + _limit(plan), hour=16)
    return _put_quiet(kit, plan, "期限最后一日反馈")


def never_delivered(kit: Kit) -> bool:
    """A card that could not be delivered starts no clock."""
    plan = _late(kit, 30)
    return plan is not None and _put_quiet(kit, plan, "未送达，反馈期限未起算")


def delivered_late(kit: Kit) -> bool:
    """Delivered days after it was raised: the clock starts with delivery, and it was replied to in time."""
    plan = _late(kit, 38)
    if plan is None:
        return False
    _deliver(plan, 6)
    _hear(plan, "replied", 6 + _limit(plan), hour=11)
    return _put_quiet(kit, plan, "迟送达，自送达起期限内反馈")


def appealed_in_time(kit: Kit) -> bool:
    """An appeal is an answer; the supervisor revokes the card."""
    plan = _late(kit, 36)
    if plan is None:
        return False
    _deliver(plan, 1)
    _hear(plan, "appealed", 3, ground="系统故障")
    _hear(plan, "decided", 8, outcome="revoked", ground="不可抗力", by=SUPERVISOR)
    return _put_quiet(kit, plan, "期限内申诉")


def three_in_a_month(kit: Kit) -> bool:
    """Three verified yellow cards of one agency on one matter in one month."""
    plans = _several(kit, 3)
    if plans is None:
        return False
    for plan in plans:
        _verify(plan)
    return _put_together(kit, plans, found=True, note="同一事项一月三张黄牌经认定")


def two_in_a_month(kit: Kit) -> bool:
    """Two of them."""
    plans = _several(kit, 2)
    if plans is None:
        return False
    for plan in plans:
        _verify(plan)
    return _put_together(kit, plans, found=False, note="同一事项一月两张黄牌")


def three_and_one_revoked(kit: Kit) -> bool:
    """Three, one of which was revoked."""
    plans = _several(kit, 3)
    if plans is None:
        return False
    for plan in plans[:2]:
        _verify(plan)
    _deliver(plans[2], 1)
    _hear(plans[2], "replied", 2)
    _hear(plans[2], "decided", 4, outcome="revoked", ground="申请人原因", by=SUPERVISOR)
    return _put_together(kit, plans, found=False, note="三张黄牌其一被撤销")


def three_and_one_undecided(kit: Kit) -> bool:
    """Three, one of which nobody has decided on."""
    plans = _several(kit, 3)
    if plans is None:
        return False
    for plan in plans[:2]:
        _verify(plan)
    _deliver(plans[2], 1)
    _hear(plans[2], "replied", 3)
    return _put_together(kit, plans, found=False, note="三张黄牌其一尚未认定")


def _late(kit: Kit, room: int) -> Plan | None:
    """Return a case closed one working day late: a yellow card."""
    plan = kit.case(every(WHERE, _turns_yellow, _raises), room=room)
    if plan is None:
        return None
    decide_on(plan, plan.terms.workdays.after(promise_due(plan), 1), 15)
    return plan


def _several(kit: Kit, count: int) -> list[Plan] | None:
    """Return so many cases of one matter, closed late, whose lateness began in one month nobody else uses."""
    for _ in range(6):
        day = kit.workday(30)
        first = kit.case(every(WHERE, _turns_yellow, _adds_up), day=day) if day is not None else None
        if first is None or day is None:
            continue
        matter = first.terms.matter
        plans = [first]
        while len(plans) < count:
            more = kit.case(every(WHERE, _turns_yellow, lambda terms: terms.matter is matter), day=day)  # noqa: B023 - used at once
            if more is None:
                break
            plans.append(more)
        for plan in plans:
            decide_on(plan, plan.terms.workdays.after(promise_due(plan), 1), 15)
        months = {month_of(promise_due(plan) + 1) for plan in plans}
        if len(plans) == count and len(months) == 1 and kit.claim_matter(matter, promise_due(first) + 1):
            return plans
    return None


def _put_together(kit: Kit, plans: list[Plan], *, found: bool, note: str) -> bool:
    month = month_of(promise_due(plans[0]) + 1)
    done = [kit.put(plan, expect=(LATE,), level=Level.YELLOW, note=note) for plan in plans]
    if not all(done):
        return False
    kit.answers.append(_added_up(plans[0].terms.matter, month, note, found=found))
    return True


def _added_up(matter: Matter, month: str, note: str, *, found: bool) -> Answer:
    subject = f"{matter.code}#{month}"
    if found:
        return _found(ADDED_UP, matter.org_code, subject, Level.RED, matter.org_code, note)
    return quiet(ADDED_UP, matter.org_code, matter.org_code, note, subject)


_found = found


def _put_raised(kit: Kit, plan: Plan, note: str) -> bool:
    card = kit.card(plan, LATE, "")
    return kit.put(
        plan,
        kit.found(plan, REPLY, card, Level.RED, note),
        expect=(LATE,),
        level=Level.YELLOW,
        instead=(kit.found(plan, LATE, "", Level.RED, note),),
    )


def _put_quiet(kit: Kit, plan: Plan, note: str) -> bool:
    return kit.put(plan, kit.quiet(plan, REPLY, note), expect=(LATE,), level=Level.YELLOW, note="超承诺一日办结")


def _verify(plan: Plan) -> None:
    """Let the agency reply and the supervisor verify a card."""
    _deliver(plan, 1)
    _hear(plan, "acknowledged", 1, hour=14)
    _hear(plan, "replied", 2)
    _hear(plan, "decided", 4, outcome="verified", ground="经核实属实", by=SUPERVISOR)


def _deliver(plan: Plan, days: int) -> None:
    _hear(plan, "delivered", days, hour=9)


def _hear(plan: Plan, what: str, days: int, *, hour: int = 10, **fields: str) -> None:
    """Report what became of the card some working days after the promise was exceeded."""
    card = _identity(plan)
    at: Moment = moment(plan.terms.workdays.after(promise_due(plan), days), hour, 20)
    tag = f"A{what[:3].upper()}"
    plan.say(tag, f"alert.{what}", at, card_id=card, **fields)
    plan.held_back[tag] = at + MINUTE // 6


def _identity(plan: Plan) -> str:
    from rules.engine.cards import card_id

    return card_id(LATE, plan.case_id, "")


def _limit(plan: Plan) -> int:
    limit: int = plan.terms.thresholds["OT_REPLY_OVERDUE.limit"]
    return limit


def _turns_yellow(terms: Terms) -> bool:
    """Return whether a case closed a working day late bears a yellow card."""
    red_after = terms.thresholds["OT_PROMISE_OVERDUE.red_after"]
    return terms.thresholds["OT_PROMISE_OVERDUE.level"] is Level.YELLOW and (red_after is None or red_after >= 1)


def _raises(terms: Terms) -> bool:
    return bool(terms.thresholds["OT_REPLY_OVERDUE.raises"])


def _adds_up(terms: Terms) -> bool:
    asked = terms.thresholds
    monthly = asked["ES_YELLOW_TO_RED.on"] and asked["ES_YELLOW_TO_RED.period"] == "month"
    return bool(monthly) and asked["ES_YELLOW_TO_RED.count"] == 3  # noqa: PLR2004 - three are planted


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
