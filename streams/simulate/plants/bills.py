"""Cases that may be charged, and for what (收费办件)."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from rules.catalog.models.fees import FeeItem
from streams.simulate.moments import HOUR, MINUTE, Moment, day_of
from streams.simulate.money import Bill, bill_for, chargeable
from streams.simulate.plan import Plan
from streams.simulate.plants.kit import Kit, Where, the
from streams.simulate.plants.where import every, judged_by, over_days, promised, room_to_statutory
from streams.simulate.terms import Terms

OFF, OVER, CANCELLED, FREE = "FE_OFF_CATALOG", "FE_OVER_STANDARD", "FE_CANCELLED", "FE_FREE_ITEM"
TWICE, WAIVED, TREASURY = "FE_DUPLICATE", "FE_WAIVER_NOAUTH", "FE_OFF_TREASURY"
ALL = (OFF, OVER, CANCELLED, FREE, TWICE, WAIVED, TREASURY)
JUDGED = every(judged_by(*ALL), room_to_statutory(0))


def in_days(terms: Terms) -> bool:
    """Return whether a matter takes long enough for payments before its close."""
    return terms.promise is not None and terms.promise.n > 1 and "hour" not in terms.promise.unit.value


CHARGED = every(over_days, JUDGED, in_days, lambda terms: terms.version.is_fee)
UNCHARGED = every(promised(3, 20), JUDGED, lambda terms: not terms.version.is_fee)
UNLISTED = FeeItem.model_validate({"code": "ZZ-0001", "name": "资料服务费", "basis": "无"})


def any_item(_item: FeeItem) -> bool:
    """Return whether an item will do: any will."""
    return True


def billed(kit: Kit, wanted: Callable[[FeeItem], bool] = any_item, *, room: int = 14) -> tuple[Plan, Bill]:
    """Return a case that may be charged, and for what."""
    plan = kit.case(CHARGED, room=room)
    at = assessed_at(plan)
    items = [item for item in chargeable(kit.city.catalog, plan, day_of(at)) if wanted(item)]
    return plan, the(bill_for(kit.one_of(items), Decimal(kit.some(2, 30)), at))


def unlawful(plan: Plan, item: FeeItem, amount: str, quantity: int = 1) -> Bill:
    """Return a bill for an item that may not be charged on a case."""
    return Bill(item, None, Decimal(quantity), Decimal(amount), assessed_at(plan))


def charge(kit: Kit, plan: Plan, bill: Bill, *, paid_at: Moment | None = None) -> None:
    """Assess and pay a bill before the close of a case."""
    at = paid_at if paid_at is not None else _before_close(plan, bill.at)
    kit.cashier.assess(plan, "1", bill)
    kit.cashier.pay(plan, "1", bill, at)
    kit.cashier.receipt(plan, "1", at + MINUTE)


def paid_at(plan: Plan) -> Moment:
    """Return when the first payment of a case was made."""
    return the(next((word.at for word in plan.words if word.tag == "FP1"), None))


def assessed_at(plan: Plan) -> Moment:
    """Return when a charge on a case is assessed."""
    return the(plan.accepted) + 8 * MINUTE


def valid_items(kit: Kit, plan: Plan) -> Iterator[FeeItem]:
    """Yield the items in force with a standard, of any matter."""
    day = day_of(assessed_at(plan))
    for item in kit.city.catalog.fees.values():
        if item.covers(day) and any(standard.covers(day) for standard in item.standards):
            yield item


def is_matter(code: str) -> Where:
    """Return the condition of being one matter."""
    return lambda terms: terms.matter.code == code


def _before_close(plan: Plan, assessed: Moment) -> Moment:
    closed = plan.closed if plan.closed is not None else assessed + 2 * HOUR
    return assessed + max(MINUTE, min(HOUR, (closed - assessed) // 2))
