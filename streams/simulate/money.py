"""Lawful charges (依法收费): assessed by the standard in force, paid to the treasury before the close.

Tariffs are reckoned here afresh; amounts are yuan, exact to the fen.
"""

from decimal import ROUND_UP, Decimal
from random import Random

from rules.catalog.index import Catalog
from rules.catalog.models.fees import FeeItem, Fixed, PerUnit, Range, Standard, Tiers, Waiver
from streams.simulate.moments import HOUR, MINUTE, Moment, day_of, moment
from streams.simulate.plan import Plan
from streams.simulate.telling import hash_like

FEN = Decimal("0.01")
WAIVED = 0.12
IN_CASH = 0.12
METHODS = ("online", "online", "online", "bank", "card")
ACCOUNTS = ("treasury", "treasury", "fiscal", "transit")


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


def is_counted(standard: Standard) -> bool:
    """Return whether the amount depends on how many."""
    return isinstance(standard.tariff, PerUnit | Tiers)


def chargeable(catalog: Catalog, plan: Plan, day: int) -> list[FeeItem]:
    """Return the items that may be charged on a case on a day (ordinal), those with a standard."""
    version = plan.terms.version
    items = [catalog.fees[code] for code in version.fee_items if code in catalog.fees] if version.is_fee else []
    return [item for item in items if item.covers(day) and standard_on(item, day) is not None]


class Cashier:
    """Writes the charges of a case into its plan."""

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
        standard = standard_on(item, day_of(at))
        if standard is None:
            return
        quantity = Decimal(1 + int(self.rng.random() * 40))
        due = most(standard, quantity)
        self.assess(plan, "1", at, item, standard, quantity, due)
        waiver = self._waiver(item, day_of(at))
        left = due
        if waiver is not None:
            waived = (due * waiver.share).quantize(FEN, ROUND_UP)
            self.waive(plan, "1", at + MINUTE, item, waiver.id, waiver.basis, waived)
            left = due - waived
        if left > 0:
            paid_at = at + min(2 * HOUR, (closed - at) // 3)
            cash = self.rng.random() < IN_CASH and not plan.desk.silent
            self.pay(plan, "1", paid_at, item, left, quantity, method="cash" if cash else None)
            if cash:
                self.deposit(plan, "1", self.next_morning(plan, paid_at), left)
            self.receipt(plan, "1", paid_at + 2 * MINUTE)

    def assess(
        self, plan: Plan, tag: str, at: Moment, item: FeeItem, standard: Standard | None, quantity: Decimal, due: Decimal
    ) -> None:
        """Assess what is due."""
        plan.say(
            f"FA{tag}",
            "fee.assessed",
            at,
            assess_no=f"{plan.serial}-HF{tag}",
            fee_item_code=item.code,
            standard_id=standard.id if standard is not None else None,
            quantity=str(quantity),
            amount_due=str(due),
            payer=_payer(plan),
        )

    def pay(
        self,
        plan: Plan,
        tag: str,
        at: Moment,
        item: FeeItem,
        amount: Decimal,
        quantity: Decimal,
        *,
        method: str | None = None,
        account: str | None = None,
        assessed: str | None = None,
    ) -> str:
        """Pay on an assessment; return the 缴款单号."""
        pay_no = f"{plan.serial}-JK{tag}"
        plan.say(
            f"FP{tag}",
            "fee.paid",
            at,
            pay_no=pay_no,
            assess_no=f"{plan.serial}-HF{assessed or tag}",
            fee_item_code=item.code,
            fee_name=item.name,
            quantity=str(quantity),
            amount=str(amount),
            payer=_payer(plan),
            payee_code=item.orgs[0] if item.orgs else plan.desk.org,
            payee_account_class=account or ACCOUNTS[int(self.rng.random() * len(ACCOUNTS))],
            method=method or METHODS[int(self.rng.random() * len(METHODS))],
        )
        return pay_no

    def waive(
        self, plan: Plan, tag: str, at: Moment, item: FeeItem, waiver_id: str | None, basis: str | None, amount: Decimal
    ) -> None:
        """Waive a part of what is due."""
        plan.say(
            f"FW{tag}",
            "fee.waived",
            at,
            assess_no=f"{plan.serial}-HF{tag}",
            fee_item_code=item.code,
            waiver_id=waiver_id,
            basis=basis,
            amount=str(amount),
        )

    def refund(self, plan: Plan, tag: str, at: Moment, amount: Decimal, basis: str | None = None) -> None:
        """Give back a part of a payment."""
        plan.say(f"FR{tag}", "fee.refunded", at, pay_no=f"{plan.serial}-JK{tag}", amount=str(amount), basis=basis)

    def deposit(self, plan: Plan, tag: str, at: Moment, amount: Decimal) -> None:
        """Pay window cash in to the treasury."""
        plan.say(
            f"FD{tag}",
            "deposit.made",
            at,
            pay_no=f"{plan.serial}-JK{tag}",
            account_class="treasury",
            amount=str(amount),
        )

    def receipt(self, plan: Plan, tag: str, at: Moment) -> None:
        """Hand out a receipt."""
        plan.say(f"FT{tag}", "receipt.issued", at, receipt_no=f"{plan.serial}-PJ{tag}", pay_no=f"{plan.serial}-JK{tag}")

    def next_morning(self, plan: Plan, at: Moment) -> Moment:
        """Return a moment on the morning of the working day after."""
        return moment(plan.terms.workdays.after(day_of(at), 1), 9, 40) + int(self.rng.random() * HOUR)

    def _waiver(self, item: FeeItem, day: int) -> Waiver | None:
        waivers = [waiver for waiver in item.waivers if waiver.covers(day)]
        if not waivers or self.rng.random() >= WAIVED:
            return None
        return waivers[int(self.rng.random() * len(waivers))]


def _payer(plan: Plan) -> str:
    return f"h1:{hash_like(plan.serial)[:16]}"
