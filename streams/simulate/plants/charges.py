"""Plants about what may be charged and how much (收费项目与标准)."""

from collections.abc import Callable, Iterator
from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from rules.catalog.models.fees import FeeItem, Standard
from rules.events.words import Level
from streams.simulate.moments import HOUR, MINUTE, Moment, day_of, moment
from streams.simulate.money import FEN, chargeable, most, standard_on
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import decide_on
from streams.simulate.plants.kit import Kit, Where
from streams.simulate.plants.where import every, judged_by, over_days, promised, room_to_statutory
from streams.simulate.terms import Terms

OFF, OVER, CANCELLED, FREE = "FE_OFF_CATALOG", "FE_OVER_STANDARD", "FE_CANCELLED", "FE_FREE_ITEM"
TWICE, WAIVED, TREASURY = "FE_DUPLICATE", "FE_WAIVER_NOAUTH", "FE_OFF_TREASURY"
ALL = judged_by(OFF, OVER, CANCELLED, FREE, TWICE, WAIVED, TREASURY)
CHARGED = every(over_days, ALL, room_to_statutory(0), lambda terms: terms.version.is_fee)
UNCHARGED = every(promised(3, 20), ALL, room_to_statutory(0), lambda terms: not terms.version.is_fee)
UNKNOWN = FeeItem.model_validate({"code": "ZZ-0001", "name": "资料服务费", "basis": "无"})


class Bill(NamedTuple):
    """What a case may lawfully be charged: item, standard, quantity, amount (yuan), and when it is assessed."""

    item: FeeItem
    standard: Standard
    quantity: Decimal
    due: Decimal
    at: Moment


def off_the_list(kit: Kit) -> bool:
    """An item that is in no catalogue."""
    plan = kit.case(every(CHARGED, _in_days), room=14)
    if plan is None:
        return False
    pay_no = _pay(kit, plan, "1", UNKNOWN, Decimal("260.00"))
    return kit.put(plan, kit.found(plan, OFF, pay_no, Level.RED, "收取目录外项目"))


def off_the_list_where_nothing_is_due(kit: Kit) -> bool:
    """An item that is in no catalogue, on a matter that is free: one wrong, one card."""
    plan = kit.case(UNCHARGED, room=14)
    if plan is None:
        return False
    pay_no = _pay(kit, plan, "1", UNKNOWN, Decimal("80.00"))
    return kit.put(plan, kit.found(plan, OFF, pay_no, Level.RED, "免费事项收取目录外项目，并为一卡"))


def known_by_another_name(kit: Kit) -> bool:
    """Paid under an alias of the item, without its code."""
    plan, bill = billed(kit, lambda item: bool(item.aliases))
    if plan is None or bill is None:
        return False
    charge(kit, plan, bill, bill.due)
    plan.fields["FP1"] = {"fee_item_code": None, "fee_name": bill.item.aliases[0]}
    return kit.put(plan, kit.quiet(plan, OFF, "目录别名"), kit.quiet(plan, OVER, "目录别名，按标准"))


def fee_of_a_third_party(kit: Kit) -> bool:
    """Postage recorded with the case is no charge of the agency."""
    plan = kit.case(UNCHARGED, room=14)
    if plan is None:
        return False
    _pay(kit, plan, "1", UNKNOWN, Decimal("22.00"))
    plan.words = [word for word in plan.words if word.kind != "fee.assessed"]
    plan.fields["FP1"] = {"service": True, "fee_name": "证照寄递费", "assess_no": None, "fee_item_code": None}
    return kit.put(plan, kit.quiet(plan, OFF, "第三方寄递费"), kit.quiet(plan, FREE, "第三方寄递费"))


def nothing_taken(kit: Kit) -> bool:
    """A payment of nothing on a free matter."""
    plan = kit.case(UNCHARGED, room=14)
    if plan is None:
        return False
    item = next(_valid_items(kit, plan), None)
    if item is None:
        return False
    _pay(kit, plan, "1", item, Decimal("0.00"))
    return kit.put(plan, kit.quiet(plan, FREE, "金额为零"))


def free_matter_charged(kit: Kit) -> bool:
    """A lawful item, taken on a matter for which nothing may be taken."""
    plan = kit.case(UNCHARGED, room=14)
    if plan is None:
        return False
    items = list(_valid_items(kit, plan))
    if not items:
        return False
    item = items[int(kit.rng.random() * len(items))]
    standard = standard_on(item, day_of(_assessed_at(plan)))
    if standard is None:
        return False
    pay_no = _pay(kit, plan, "1", item, most(standard, Decimal(1)), quantity=Decimal(1))
    return kit.put(plan, kit.found(plan, FREE, pay_no, Level.RED, "免费事项收费"))


def cancelled_item(kit: Kit) -> bool:
    """An item that had been cancelled when it was assessed."""
    plan = kit.case(every(CHARGED, _in_days), room=14)
    if plan is None:
        return False
    day = day_of(_assessed_at(plan))
    gone = [one for one in kit.city.catalog.fees.values() if one.until is not None and one.until.toordinal() <= day]
    if not gone:
        return False
    pay_no = _pay(kit, plan, "1", gone[int(kit.rng.random() * len(gone))], Decimal("60.00"), quantity=Decimal(2))
    return kit.put(plan, kit.found(plan, CANCELLED, pay_no, Level.RED, "收取已取消项目"))


def assessed_before_it_was_cancelled(kit: Kit) -> bool:
    """Assessed on the last day of the item, paid after it had ended."""
    ending = [
        (matter, item)
        for matter in kit.city.matters
        for version in matter.versions
        for code in version.fee_items
        if (item := kit.city.catalog.fees.get(code)) is not None
        and item.until is not None
        and kit.first < item.until.toordinal() <= kit.last
        and version.covers(item.until.toordinal() - 1)
    ]
    if not ending:
        return False
    matter, item = ending[int(kit.rng.random() * len(ending))]
    end = item.until.toordinal() if item.until is not None else 0
    plan = kit.case(every(CHARGED, _is(matter.code)), day=kit.workdays.before(end, 1))
    standard = standard_on(item, kit.workdays.before(end, 1))
    if plan is None or standard is None:
        return False
    bill = Bill(item, standard, Decimal(3), most(standard, Decimal(3)), _assessed_at(plan))
    if day_of(bill.at) >= end:
        return False
    paid = moment(kit.workdays.after(end - 1, 1), 10, 30)
    decide_on(plan, day_of(paid), 15)
    charge(kit, plan, bill, bill.due, paid_at=paid)
    return kit.put(plan, kit.quiet(plan, CANCELLED, "取消前核费，取消后缴费"), kit.quiet(plan, OVER, "取消前核费"))


def far_over_the_standard(kit: Kit) -> bool:
    """Half as much again as the standard allows."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    pay_no = charge(kit, plan, bill, (bill.due * Decimal("1.5")).quantize(FEN, ROUND_UP) + 5)
    return kit.put(plan, kit.found(plan, OVER, pay_no, Level.RED, "超标准收费"))


def rounded_up(kit: Kit) -> bool:
    """Sixty fen over the standard: a notice."""
    plan, bill = billed(kit)
    if plan is None or bill is None or plan.terms.thresholds["FE_OVER_STANDARD.rounding_yuan"] < Decimal("0.6"):
        return False
    pay_no = charge(kit, plan, bill, bill.due + Decimal("0.60"))
    return kit.put(plan, kit.found(plan, OVER, pay_no, Level.NOTICE, "一元以内取整"))


def old_and_higher_standard(kit: Kit) -> bool:
    """Charged by the old, higher standard on the day the new one came into force."""
    found = _at_change(kit, on_the_day=True)
    if found is None:
        return False
    plan, bill, old = found
    pay_no = charge(kit, plan, bill, old)
    return kit.put(plan, kit.found(plan, OVER, pay_no, Level.RED, "新标准生效当日仍按旧标准收取"))


def old_standard_the_day_before(kit: Kit) -> bool:
    """Assessed by the old, higher standard the day before it ended, paid after."""
    found = _at_change(kit, on_the_day=False)
    if found is None:
        return False
    plan, bill, _ = found
    paid = moment(kit.workdays.after(day_of(bill.at), 1), 11)
    decide_on(plan, day_of(paid), 15)
    charge(kit, plan, bill, bill.due, paid_at=paid)
    return kit.put(plan, kit.quiet(plan, OVER, "标准变更前一日核费，其后缴费"))


def given_back_later(kit: Kit) -> bool:
    """Over the standard, and the surplus given back two days later: it was true until then."""
    plan, bill = billed(kit, room=18)
    if plan is None or bill is None:
        return False
    surplus = (bill.due * Decimal("0.4")).quantize(FEN, ROUND_UP) + 5
    pay_no = charge(kit, plan, bill, bill.due + surplus)
    paid = plan.words[-2].at
    back = moment(kit.workdays.after(day_of(paid), 2), 10)
    kit.cashier.refund(plan, "1", back, surplus, "多收退还")
    return kit.put(plan, kit.found(plan, OVER, pay_no, Level.RED, "超标准收费，两日后退还"))


def to_the_last_fen(kit: Kit) -> bool:
    """Exactly what the standard allows."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    charge(kit, plan, bill, bill.due)
    answers = (kit.quiet(plan, rule, "恰按标准收取") for rule in (OFF, OVER, CANCELLED, FREE, TWICE, WAIVED, TREASURY))
    return kit.put(plan, *answers)


def quantity_not_told(kit: Kit) -> bool:
    """Charged by quantity, and the quantity is missing: nothing can be said."""
    plan, bill = billed(kit, lambda item: bool(item.standards) and item.standards[0].tariff.form != "fixed")
    if plan is None or bill is None or bill.standard.tariff.form not in {"per_unit", "tiers"}:
        return False
    charge(kit, plan, bill, bill.due + 500)
    plan.fields["FA1"] = plan.fields["FP1"] = {"quantity": None}
    return kit.put(plan, kit.quiet(plan, OVER, "未报计费数量，无法判定"))


def _any(_item: FeeItem) -> bool:
    return True


def billed(
    kit: Kit, wanted: Callable[[FeeItem], bool] = _any, *, room: int = 14
) -> tuple[Plan, Bill] | tuple[None, None]:
    """Return a case that may be charged, and for what."""
    plan = kit.case(every(CHARGED, _in_days), room=room)
    if plan is None:
        return None, None
    at = _assessed_at(plan)
    items = [item for item in chargeable(kit.city.catalog, plan, day_of(at)) if wanted(item)]
    if not items:
        return None, None
    item = items[int(kit.rng.random() * len(items))]
    standard = standard_on(item, day_of(at))
    if standard is None:
        return None, None
    quantity = Decimal(2 + int(kit.rng.random() * 30))
    return plan, Bill(item, standard, quantity, most(standard, quantity), at)


def _at_change(kit: Kit, *, on_the_day: bool) -> tuple[Plan, Bill, Decimal] | None:
    """Return a case assessed on the day a lower standard came into force (or the working day before)."""
    changes: list[tuple[str, FeeItem, int]] = []
    for matter in kit.city.matters:
        for code in {code for version in matter.versions for code in version.fee_items}:
            item = kit.city.catalog.fees.get(code)
            for standard in item.standards[1:] if item is not None else ():
                day = standard.from_.toordinal()
                start = kit.workdays.rolled(day) if on_the_day else kit.workdays.before(day, 1)
                if item is not None and kit.first <= start <= kit.last:
                    changes.append((matter.code, item, start))
    if not changes:
        return None
    code, item, start = changes[int(kit.rng.random() * len(changes))]
    plan = kit.case(every(CHARGED, _is(code)), day=start)
    if plan is None or item.code not in plan.terms.version.fee_items:
        return None
    at = _assessed_at(plan)
    standard = standard_on(item, day_of(at))
    quantity = Decimal(60)
    old = [most(one, quantity) for one in item.standards if one.until is not None and one.until.toordinal() <= start]
    if standard is None or day_of(at) != start or (on_the_day and (not old or old[-1] <= most(standard, quantity) + 1)):
        return None
    due = most(standard, quantity)
    return plan, Bill(item, standard, quantity, due, at), old[-1] if old else due


def charge(kit: Kit, plan: Plan, bill: Bill, amount: Decimal, *, paid_at: Moment | None = None) -> str:
    """Assess and pay an amount for the item of a bill; return the 缴款单号."""
    kit.cashier.assess(plan, "1", bill.at, bill.item, bill.standard, bill.quantity, amount)
    at = paid_at if paid_at is not None else _paid_at(plan, bill.at)
    pay_no = kit.cashier.pay(plan, "1", at, bill.item, amount, bill.quantity)
    kit.cashier.receipt(plan, "1", at + MINUTE)
    return pay_no


def _pay(kit: Kit, plan: Plan, tag: str, item: FeeItem, amount: Decimal, *, quantity: Decimal = Decimal(1)) -> str:
    """Assess and pay an item that may not be charged."""
    at = _assessed_at(plan)
    kit.cashier.assess(plan, tag, at, item, None, quantity, amount)
    return kit.cashier.pay(plan, tag, _paid_at(plan, at), item, amount, quantity)


def _assessed_at(plan: Plan) -> Moment:
    return (plan.accepted or 0) + 8 * MINUTE


def _paid_at(plan: Plan, assessed: Moment) -> Moment:
    """Return a moment between assessment and close."""
    closed = plan.closed if plan.closed is not None else assessed + 2 * HOUR
    return assessed + max(MINUTE, min(HOUR, (closed - assessed) // 2))


def _valid_items(kit: Kit, plan: Plan) -> Iterator[FeeItem]:
    """Yield the items in force with a standard, of any matter."""
    day = day_of(_assessed_at(plan))
    for item in kit.city.catalog.fees.values():
        if item.covers(day) and standard_on(item, day) is not None:
            yield item


def _in_days(terms: Terms) -> bool:
    """Return whether a matter takes long enough for payments before its close."""
    return terms.promise is not None and terms.promise.n > 1 and "hour" not in terms.promise.unit.value


def _is(code: str) -> Where:
    return lambda terms: terms.matter.code == code


PLANTS = (
    off_the_list,
    off_the_list_where_nothing_is_due,
    known_by_another_name,
    fee_of_a_third_party,
    nothing_taken,
    free_matter_charged,
    cancelled_item,
    assessed_before_it_was_cancelled,
    far_over_the_standard,
    rounded_up,
    old_and_higher_standard,
    old_standard_the_day_before,
    given_back_later,
    to_the_last_fen,
    quantity_not_told,
)
