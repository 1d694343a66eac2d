"""Plants about what may be charged at all (目录外、已取消、免费事项)."""

from decimal import Decimal

from rules.catalog.models.fees import FeeItem
from rules.catalog.models.matters import Matter
from rules.events.words import Level
from streams.simulate.moments import day_of, moment
from streams.simulate.money import bill_for, pay_no
from streams.simulate.plants.bend import decide_on
from streams.simulate.plants.bills import (
    CANCELLED,
    CHARGED,
    FREE,
    OFF,
    OVER,
    UNCHARGED,
    UNLISTED,
    assessed_at,
    billed,
    charge,
    is_matter,
    unlawful,
    valid_items,
)
from streams.simulate.plants.kit import Kit, need, the
from streams.simulate.plants.where import every

OUTLOOK = 8
"""Working days a plant about a change of law takes."""


def off_the_list(kit: Kit) -> None:
    """An item that is in no catalogue."""
    plan = kit.case(CHARGED, room=14)
    charge(kit, plan, unlawful(plan, UNLISTED, "260.00"))
    kit.put(plan, kit.found(plan, OFF, pay_no(plan, "1"), Level.RED, "收取目录外项目"))


def off_the_list_where_nothing_is_due(kit: Kit) -> None:
    """An item that is in no catalogue, on a matter that is free: one wrong, one card."""
    plan = kit.case(UNCHARGED, room=14)
    charge(kit, plan, unlawful(plan, UNLISTED, "80.00"))
    kit.put(plan, kit.found(plan, OFF, pay_no(plan, "1"), Level.RED, "免费事项收取目录外项目，并为一卡"))


def known_by_another_name(kit: Kit) -> None:
    """Paid under an alias of the item, without its code."""
    plan, bill = billed(kit, lambda item: bool(item.aliases))
    charge(kit, plan, bill)
    plan.fields["FP1"] = {"fee_item_code": None, "fee_name": bill.item.aliases[0]}
    kit.put(plan, kit.quiet(plan, OFF, "目录别名"), kit.quiet(plan, OVER, "目录别名，按标准"))


def fee_of_a_third_party(kit: Kit) -> None:
    """Postage recorded with the case is no charge of the agency."""
    plan = kit.case(UNCHARGED, room=14)
    kit.cashier.pay(plan, "1", unlawful(plan, UNLISTED, "22.00"), assessed_at(plan))
    plan.fields["FP1"] = {"service": True, "fee_name": "证照寄递费", "assess_no": None, "fee_item_code": None}
    kit.put(plan, kit.quiet(plan, OFF, "第三方寄递费"), kit.quiet(plan, FREE, "第三方寄递费"))


def free_matter_charged(kit: Kit) -> None:
    """A lawful item, taken on a matter for which nothing may be taken."""
    plan = kit.case(UNCHARGED, room=14)
    item = kit.one_of(list(valid_items(kit, plan)))
    charge(kit, plan, the(bill_for(item, Decimal(1), assessed_at(plan))))
    kit.put(plan, kit.found(plan, FREE, pay_no(plan, "1"), Level.RED, "免费事项收费"))


def nothing_taken(kit: Kit) -> None:
    """A payment of nothing on a free matter."""
    plan = kit.case(UNCHARGED, room=14)
    charge(kit, plan, unlawful(plan, kit.one_of(list(valid_items(kit, plan))), "0.00"))
    kit.put(plan, kit.quiet(plan, FREE, "金额为零"))


def cancelled_item(kit: Kit) -> None:
    """An item that had been cancelled when it was assessed."""
    plan = kit.case(CHARGED, room=14)
    day = day_of(assessed_at(plan))
    gone = [item for item in kit.city.catalog.fees.values() if item.until is not None and item.span[1] <= day]
    charge(kit, plan, unlawful(plan, kit.one_of(gone), "60.00", quantity=2))
    kit.put(plan, kit.found(plan, CANCELLED, pay_no(plan, "1"), Level.RED, "收取已取消项目"))


def assessed_before_it_was_cancelled(kit: Kit) -> None:
    """Assessed on the last day of the item, paid after it had ended."""
    matter, item, end = kit.one_of(_ending(kit))
    plan = kit.case(every(CHARGED, is_matter(matter.code)), day=kit.workdays.before(end, 1), outlook=OUTLOOK)
    bill = the(bill_for(item, Decimal(3), assessed_at(plan)))
    need(day_of(bill.at) < end)
    paid = moment(kit.workdays.after(end - 1, 1), 10, 30)
    decide_on(plan, day_of(paid), 15)
    charge(kit, plan, bill, paid_at=paid)
    kit.put(plan, kit.quiet(plan, CANCELLED, "取消前核费，取消后缴费"), kit.quiet(plan, OVER, "取消前核费"))


def _ending(kit: Kit) -> list[tuple[Matter, FeeItem, int]]:
    """Return the items that end within the span, the matters they are charged on, and the day (ordinal) they end."""
    ending: list[tuple[Matter, FeeItem, int]] = []
    for matter in kit.city.matters:
        for version in matter.versions:
            for item in (kit.city.catalog.fees.get(code) for code in version.fee_items):
                end = item.until.toordinal() if item is not None and item.until is not None else 0
                if item is not None and kit.first < end <= kit.last and version.covers(end - 1):
                    ending.append((matter, item, end))
    return ending


PLANTS = (
    off_the_list,
    off_the_list_where_nothing_is_due,
    known_by_another_name,
    fee_of_a_third_party,
    free_matter_charged,
    nothing_taken,
    cancelled_item,
    assessed_before_it_was_cancelled,
)
