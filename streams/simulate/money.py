"""Lawful charges (依法收费): assessed by the standard in force, paid to the treasury before the close.

Tariffs are reckoned here afresh; amounts are yuan, exact to the fen.
"""

from decimal import ROUND_UP, Decimal
from random import Random
from typing import NamedTuple, assert_never

from rules.catalog.index import Catalog
from rules.catalog.models.fees import FeeItem, Fixed, PerUnit, Range, Standard, Tiers, Waiver
from rules.events.words import Result
from streams.simulate.moments import HOUR, MINUTE, Moment, day_of, moment
from streams.simulate.plan import Plan
from streams.simulate.telling import hash_like

FEN = Decimal("0.01")
WAIVED, IN_CASH, REVERSED = 0.12, 0.12, 0.03
METHODS = ("online", "online", "online", "bank", "card")
ACCOUNTS = ("treasury", "treasury", "fiscal", "transit")
MOST_UNITS = 40


class Bill(NamedTuple):
    """What a case is charged for: item, standard (None: there is none), how many, what is due (yuan), when assessed."""

    item: FeeItem
    standard: Standard | None
    quantity: Decimal
    due: Decimal
    at: Moment


def standard_on(item: FeeItem, day: int) -> Standard | None:
    """Return the standard of an item in force on a day (ordinal)."""
    return next((one for one in item.standards if one.covers(day)), None)


def most(standard: Standard, quantity: Decimal) -> Decimal:
    """Return the most a standard allows for a quantity, yuan."""
    tariff = standard.tariff
    match tariff:
        case Fixed():
            return tariff.amount
        case Range():
            return tariff.max
        case PerUnit():
            amount = (tariff.amount * quantity).quantize(FEN, ROUND_UP)
            amount = max(amount, tariff.min or amount)
            return min(amount, tariff.max or amount)
        case Tiers():
            step = next(tier for tier in tariff.tiers if tier.upto is None or quantity <= tier.upto)
            return (step.amount * quantity).quantize(FEN, ROUND_UP) if step.per_unit else step.amount
        case never:
            assert_never(never)


def bill_for(item: FeeItem, quantity: Decimal, at: Moment) -> Bill | None:
    """Return what is due for an item at a moment, None where no standard is in force."""
    standard = standard_on(item, day_of(at))
    return None if standard is None else Bill(item, standard, quantity, most(standard, quantity), at)


def chargeable(catalog: Catalog, plan: Plan, day: int) -> list[FeeItem]:
    """Return the items that may be charged on a case on a day (ordinal), those with a standard."""
    version = plan.terms.version
    items = [catalog.fees[code] for code in version.fee_items if code in catalog.fees] if version.is_fee else []
    return [item for item in items if item.covers(day) and standard_on(item, day) is not None]


def pay_no(plan: Plan, tag: str) -> str:
    """Return the 缴款单号 of a payment of a case."""
    return f"{plan.serial}-JK{tag}"


def assess_no(plan: Plan, tag: str) -> str:
    """Return the 核费单号 of an assessment of a case."""
    return f"{plan.serial}-HF{tag}"


class Cashier:
    """Writes charges into plans; ``tag`` tells the payments of one case apart."""

    def __init__(self, catalog: Catalog, rng: Random) -> None:
        self.catalog = catalog
        self.rng = rng

    def charge(self, plan: Plan) -> None:
        """Charge a case lawfully for one item, before its close; nothing where nothing may be charged."""
        accepted, closed = plan.accepted, plan.closed
        if accepted is None or closed is None or closed - accepted < HOUR // 2:
            return
        at = min(accepted + 10 * MINUTE, accepted + (closed - accepted) // 4)
        items = chargeable(self.catalog, plan, day_of(at))
        if not items:
            return
        item = items[int(self.rng.random() * len(items))]
        bill = bill_for(item, Decimal(1 + int(self.rng.random() * MOST_UNITS)), at)
        if bill is None:
            return
        self.assess(plan, "1", bill)
        waiver, left = self._waiver(item, day_of(at)), bill.due
        if waiver is not None:
            waived = (bill.due * waiver.share).quantize(FEN, ROUND_UP)
            self.waive(plan, "1", bill, amount=waived, waiver_id=waiver.id, basis=waiver.basis)
            left -= waived
        if left > 0:
            self._settle(plan, bill._replace(due=left), at + min(2 * HOUR, (closed - at) // 3))

    def assess(self, plan: Plan, tag: str, bill: Bill) -> None:
        """Assess what is due."""
        plan.say(
            f"FA{tag}",
            "fee.assessed",
            bill.at,
            assess_no=assess_no(plan, tag),
            fee_item_code=bill.item.code,
            standard_id=bill.standard.id if bill.standard is not None else None,
            quantity=bill.quantity,
            amount_due=bill.due,
            payer=_payer(plan),
        )

    def pay(self, plan: Plan, tag: str, bill: Bill, at: Moment, *, assessed: str | None = None) -> None:
        """Pay what is due; ``assessed`` is the tag of the assessment where it is another."""
        plan.say(
            f"FP{tag}",
            "fee.paid",
            at,
            pay_no=pay_no(plan, tag),
            assess_no=assess_no(plan, assessed or tag),
            fee_item_code=bill.item.code,
            fee_name=bill.item.name,
            quantity=bill.quantity,
            amount=bill.due,
            payer=_payer(plan),
            payee_code=bill.item.orgs[0] if bill.item.orgs else plan.desk.org,
            payee_account_class=ACCOUNTS[int(self.rng.random() * len(ACCOUNTS))],
            method=METHODS[int(self.rng.random() * len(METHODS))],
        )

    def waive(
        self, plan: Plan, tag: str, bill: Bill, *, amount: Decimal, waiver_id: str | None, basis: str | None
    ) -> None:
        """Waive a part of what is due."""
        plan.say(
            f"FW{tag}",
            "fee.waived",
            bill.at + MINUTE,
            assess_no=assess_no(plan, tag),
            fee_item_code=bill.item.code,
            waiver_id=waiver_id,
            basis=basis,
            amount=amount,
        )

    def refund(self, plan: Plan, tag: str, at: Moment, amount: Decimal, *, basis: str | None = None) -> None:
        """Give back a part of a payment."""
        plan.say(f"FR{tag}", "fee.refunded", at, pay_no=pay_no(plan, tag), amount=amount, basis=basis)

    def deposit(self, plan: Plan, tag: str, at: Moment, amount: Decimal) -> None:
        """Pay window cash in to the treasury."""
        plan.say(f"FD{tag}", "deposit.made", at, pay_no=pay_no(plan, tag), account_class="treasury", amount=amount)

    def receipt(self, plan: Plan, tag: str, at: Moment) -> None:
        """Hand out a receipt."""
        plan.say(f"FT{tag}", "receipt.issued", at, receipt_no=f"{plan.serial}-PJ{tag}", pay_no=pay_no(plan, tag))

    def _settle(self, plan: Plan, bill: Bill, at: Moment) -> None:
        """Pay a bill at a moment; now and then the first try is reversed, and what was paid on a refusal given back.

        What is paid in cash is paid in to the treasury the next working morning.
        """
        if self.rng.random() < REVERSED:
            self.pay(plan, "0", bill, at - 3 * MINUTE, assessed="1")
            plan.say("FV0", "fee.reversed", at - 2 * MINUTE, pay_no=pay_no(plan, "0"), reason="扣款未成，冲正")
        self.pay(plan, "1", bill, at)
        if self.rng.random() < IN_CASH and not plan.desk.silent:
            plan.fields["FP1"] = {"method": "cash"}
            self.deposit(plan, "1", self._next_morning(plan, at), bill.due)
        self.receipt(plan, "1", at + 2 * MINUTE)
        if plan.result is Result.DENIED and plan.closed is not None and not plan.desk.silent:
            self.refund(plan, "1", self._next_morning(plan, plan.closed), bill.due, basis="不予许可退费")

    def _next_morning(self, plan: Plan, at: Moment) -> Moment:
        return moment(plan.terms.workdays.after(day_of(at), 1), 9, 40) + int(self.rng.random() * HOUR)

    def _waiver(self, item: FeeItem, day: int) -> Waiver | None:
        waivers = [waiver for waiver in item.waivers if waiver.covers(day)]
        if not waivers or self.rng.random() >= WAIVED:
            return None
        return waivers[int(self.rng.random() * len(waivers))]


def _payer(plan: Plan) -> str:
    return f"h1:{hash_like(plan.serial)[:16]}"
