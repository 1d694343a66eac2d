"""Plants about how much may be charged (超标准)."""

from decimal import ROUND_UP, Decimal

from rules.catalog.models.fees import FeeItem, PerUnit, Tiers
from rules.events.words import Level
from streams.simulate.moments import day_of, moment
from streams.simulate.money import FEN, Bill, bill_for, most, pay_no
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import decide_on, workday_after
from streams.simulate.plants.bills import ALL, CHARGED, OVER, assessed_at, billed, charge, is_matter, paid_at
from streams.simulate.plants.kit import Kit, need, the
from streams.simulate.plants.where import every

OUTLOOK = 8
"""Working days a plant about a change of law takes."""

ROUNDED, MANY = Decimal("0.60"), Decimal(60)


def far_over_the_standard(kit: Kit) -> None:
    """Half as much again as the standard allows, and five yuan."""
    plan, bill = billed(kit)
    charge(kit, plan, bill._replace(due=_more(bill, "1.5")))
    kit.put(plan, kit.found(plan, OVER, pay_no(plan, "1"), Level.RED, "超标准收费"))


def rounded_up(kit: Kit) -> None:
    """Sixty fen over the standard: a notice."""
    plan, bill = billed(kit)
    need(plan.terms.thresholds["FE_OVER_STANDARD.rounding_yuan"] >= ROUNDED)
    charge(kit, plan, bill._replace(due=bill.due + ROUNDED))
    kit.put(plan, kit.found(plan, OVER, pay_no(plan, "1"), Level.NOTICE, "一元以内取整"))


def given_back_later(kit: Kit) -> None:
    """Over the standard, and the surplus given back two days later: it was true until then."""
    plan, bill = billed(kit, room=18)
    amount = _more(bill, "1.4")
    charge(kit, plan, bill._replace(due=amount))
    back = moment(workday_after(plan, paid_at(plan), 2), 10)
    kit.cashier.refund(plan, "1", back, amount - bill.due, basis="多收退还")
    kit.put(plan, kit.found(plan, OVER, pay_no(plan, "1"), Level.RED, "超标准收费，两日后退还"))


def old_and_higher_standard(kit: Kit) -> None:
    """Charged by the old, higher standard on the day the new one came into force."""
    plan, item = _at_change(kit, on_the_day=True)
    bill = the(bill_for(item, MANY, assessed_at(plan)))
    day = day_of(bill.at)
    ended = [one for one in item.standards if one.until is not None and one.span[1] <= day]
    old = most(the(ended[-1] if ended else None), MANY)
    need(old > bill.due + 1)
    charge(kit, plan, bill._replace(due=old))
    kit.put(plan, kit.found(plan, OVER, pay_no(plan, "1"), Level.RED, "新标准生效当日仍按旧标准收取"))


def old_standard_the_day_before(kit: Kit) -> None:
    """Assessed by the old, higher standard the working day before it ended, paid after."""
    plan, item = _at_change(kit, on_the_day=False)
    bill = the(bill_for(item, MANY, assessed_at(plan)))
    paid = moment(workday_after(plan, bill.at, 1), 11)
    decide_on(plan, day_of(paid), 15)
    charge(kit, plan, bill, paid_at=paid)
    kit.put(plan, kit.quiet(plan, OVER, "标准变更前一日核费，其后缴费"))


def to_the_last_fen(kit: Kit) -> None:
    """Exactly what the standard allows."""
    plan, bill = billed(kit)
    charge(kit, plan, bill)
    kit.put(plan, *(kit.quiet(plan, rule, "恰按标准收取") for rule in ALL))


def quantity_not_told(kit: Kit) -> None:
    """Charged by quantity, and the quantity is missing: nothing can be said."""
    plan, bill = billed(kit)
    need(bill.standard is not None and isinstance(bill.standard.tariff, PerUnit | Tiers))
    charge(kit, plan, bill._replace(due=bill.due + 500))
    plan.fields["FA1"] = plan.fields["FP1"] = {"quantity": None}
    kit.put(plan, kit.quiet(plan, OVER, "未报计费数量，无法判定"))


def _more(bill: Bill, share: str) -> Decimal:
    return (bill.due * Decimal(share)).quantize(FEN, ROUND_UP) + 5


def _at_change(kit: Kit, *, on_the_day: bool) -> tuple[Plan, FeeItem]:
    """Return a case charged on the day a new standard came into force (or the working day before), and the item."""
    changes: list[tuple[str, FeeItem, int]] = []
    for matter in kit.city.matters:
        for code in sorted({code for version in matter.versions for code in version.fee_items}):
            item = kit.city.catalog.fees.get(code)
            for standard in item.standards[1:] if item is not None else ():
                day = standard.from_.toordinal()
                start = kit.workdays.rolled(day) if on_the_day else kit.workdays.before(day, 1)
                if item is not None and kit.first <= start <= kit.last:
                    changes.append((matter.code, item, start))
    code, item, start = kit.one_of(changes)
    plan = kit.case(every(CHARGED, is_matter(code)), day=start, outlook=OUTLOOK)
    need(item.code in plan.terms.version.fee_items and day_of(assessed_at(plan)) == start)
    return plan, item


PLANTS = (
    far_over_the_standard,
    rounded_up,
    given_back_later,
    old_and_higher_standard,
    old_standard_the_day_before,
    to_the_last_fen,
    quantity_not_told,
)
