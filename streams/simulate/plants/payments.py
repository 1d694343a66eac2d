"""Plants about payments: twice, not at all, into the wrong account (重复、应收未收、未缴国库)."""

from decimal import Decimal

from rules.events.words import Level, Result
from streams.simulate.moments import MINUTE, Moment, day_of, moment
from streams.simulate.plan import Plan
from streams.simulate.plants.charges import TREASURY, TWICE, WAIVED, Bill, billed, charge
from streams.simulate.plants.kit import Kit

HALF = Decimal("0.5")


def paid_twice_and_refunded(kit: Kit) -> bool:
    """Paid twice, the second given back two working days later: it was true until then."""
    paid = _twice(kit)
    if paid is None:
        return False
    plan, bill, again = paid
    kit.cashier.refund(plan, "2", moment(plan.terms.workdays.after(day_of(again), 2), 10), bill.due)
    return kit.put(plan, kit.found(plan, TWICE, _pay_no(plan, "2"), Level.YELLOW, "重复缴费，两日后退还"))


def paid_twice_for_good(kit: Kit) -> bool:
    """Paid twice, and not given back within the days of the profile: red."""
    paid = _twice(kit)
    if paid is None:
        return False
    plan, _, _ = paid
    return kit.put(plan, kit.found(plan, TWICE, _pay_no(plan, "2"), Level.RED, "重复缴费，逾期未退"))


def paid_three_times(kit: Kit) -> bool:
    """Paid three times: the third is red at once, the second in time."""
    paid = _twice(kit)
    if paid is None:
        return False
    plan, bill, again = paid
    if plan.terms.thresholds["FE_DUPLICATE.red_count"] != 2:  # noqa: PLR2004 - three are planted
        return False
    kit.cashier.pay(plan, "3", again + 5 * MINUTE, bill.item, bill.due, bill.quantity, assessed="1")
    return kit.put(
        plan,
        kit.found(plan, TWICE, _pay_no(plan, "2"), Level.RED, "重复缴费，逾期未退"),
        kit.found(plan, TWICE, _pay_no(plan, "3"), Level.RED, "第三次缴费"),
    )


def paid_in_instalments(kit: Kit) -> bool:
    """Paid in two halves."""
    plan, bill = billed(kit)
    if plan is None or bill is None or bill.due < Decimal(2):
        return False
    first = (bill.due * HALF).quantize(Decimal(1))
    charge(kit, plan, bill, bill.due)
    plan.fields["FP1"] = {"amount": str(first)}
    at = _paid(plan)
    kit.cashier.pay(plan, "2", at + 10 * MINUTE, bill.item, bill.due - first, bill.quantity, assessed="1")
    if plan.closed is None or at + 10 * MINUTE >= plan.closed:
        return False
    return kit.put(plan, kit.quiet(plan, TWICE, "分期缴纳"), kit.quiet(plan, WAIVED, "分期缴清"))


def reversed_at_once(kit: Kit) -> bool:
    """Paid twice, the second reversed: as if never made."""
    paid = _twice(kit)
    if paid is None:
        return False
    plan, _, again = paid
    plan.say("FV2", "fee.reversed", again + 3 * MINUTE, pay_no=_pay_no(plan, "2"), reason="支付渠道重复扣款")
    return kit.put(plan, kit.quiet(plan, TWICE, "已冲正"))


def one_payment_told_twice(kit: Kit) -> bool:
    """One payment recorded twice under its 缴款单号."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    charge(kit, plan, bill, bill.due)
    kit.cashier.pay(plan, "2", _paid(plan) + MINUTE, bill.item, bill.due, bill.quantity, assessed="1")
    plan.fields["FP2"] = {"pay_no": _pay_no(plan, "1")}
    return kit.put(plan, kit.quiet(plan, TWICE, "同一缴款单号重复报送"))


def refunded_within_the_grace(kit: Kit) -> bool:
    """Paid twice, the second given back within minutes."""
    paid = _twice(kit)
    if paid is None:
        return False
    plan, bill, again = paid
    kit.cashier.refund(plan, "2", again + 8 * MINUTE, bill.due)
    plan.held_back.update(dict.fromkeys(("FP2", "FR2"), again + 9 * MINUTE))
    return kit.put(plan, kit.quiet(plan, TWICE, "宽限内退还"))


def paid_by_another(kit: Kit) -> bool:
    """Two payers pay the same item of one case, each his own."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    charge(kit, plan, bill, bill.due)
    at = _paid(plan)
    kit.cashier.assess(plan, "2", at, bill.item, bill.standard, bill.quantity, bill.due)
    kit.cashier.pay(plan, "2", at + MINUTE, bill.item, bill.due, bill.quantity)
    other = {"payer": "h1:0000000000000001"}
    plan.fields["FA2"], plan.fields["FP2"] = other, other
    return kit.put(plan, kit.quiet(plan, TWICE, "不同缴款人、不同核费单"))


def less_than_due(kit: Kit) -> bool:
    """Closed although less was paid than assessed, and nothing waived."""
    return _short(kit, "少缴而无减免")


def waived_without_basis(kit: Kit) -> bool:
    """A waiver without its basis waives nothing."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    half = _half(kit, plan, bill)
    kit.cashier.waive(plan, "1", bill.at + MINUTE, bill.item, None, None, bill.due - half)
    return kit.put(plan, kit.found(plan, WAIVED, f"{plan.serial}-HF1", Level.YELLOW, "减免无依据"))


def waived_under_no_rule(kit: Kit) -> bool:
    """A waiver that names a rule the catalogue does not have."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    half = _half(kit, plan, bill)
    kit.cashier.waive(plan, "1", bill.at + MINUTE, bill.item, "W-NONE", "领导同意", bill.due - half)
    return kit.put(plan, kit.found(plan, WAIVED, f"{plan.serial}-HF1", Level.YELLOW, "所引减免规定不存在"))


def waived_lawfully(kit: Kit) -> bool:
    """A waiver under a rule in force, for the whole amount."""
    plan, bill = billed(kit, lambda item: any(waiver.share == 1 for waiver in item.waivers))
    if plan is None or bill is None:
        return False
    waiver = next(one for one in bill.item.waivers if one.share == 1)
    if not waiver.covers(day_of(bill.at)):
        return False
    kit.cashier.assess(plan, "1", bill.at, bill.item, bill.standard, bill.quantity, bill.due)
    kit.cashier.waive(plan, "1", bill.at + MINUTE, bill.item, waiver.id, waiver.basis, bill.due)
    return kit.put(plan, kit.quiet(plan, WAIVED, "依规定全额减免"))


def denied_and_unpaid(kit: Kit) -> bool:
    """Denied, with nothing paid of what had been assessed."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    plan.result = Result.DENIED
    kit.cashier.assess(plan, "1", bill.at, bill.item, bill.standard, bill.quantity, bill.due)
    return kit.put(plan, kit.quiet(plan, WAIVED, "不予许可，未收费"))


def amount_unreadable(kit: Kit) -> bool:
    """The amount of the only payment cannot be read: nothing can be said."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    charge(kit, plan, bill, bill.due)
    plan.fields["FP1"] = {"amount": f"{bill.due}元整"}
    return kit.put(plan, kit.quiet(plan, WAIVED, "缴款金额读不出，无法判定"))


def into_the_agencys_account(kit: Kit) -> bool:
    """Paid into an account of the agency, or of a person."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    charge(kit, plan, bill, bill.due)
    account = "agency" if kit.rng.random() < 0.5 else "private"
    plan.fields["FP1"] = {"payee_account_class": account}
    return kit.put(plan, kit.found(plan, TREASURY, _pay_no(plan, "1"), Level.RED, "缴入单位或个人账户"))


def cash_kept(kit: Kit) -> bool:
    """Window cash never paid in."""
    cash = _cash(kit, 16)
    if cash is None:
        return False
    plan, _, _ = cash
    return kit.put(plan, kit.found(plan, TREASURY, _pay_no(plan, "1"), Level.RED, "窗口现金未缴存"))


def cash_paid_in_late(kit: Kit) -> bool:
    """Window cash paid in days too late: it was true until then."""
    cash = _cash(kit, 18)
    if cash is None:
        return False
    plan, bill, at = cash
    days: int = plan.terms.thresholds["FE_OFF_TREASURY.deposit_days"]
    kit.cashier.deposit(plan, "1", moment(plan.terms.workdays.after(day_of(at), days + 2), 10), bill.due)
    return kit.put(plan, kit.found(plan, TREASURY, _pay_no(plan, "1"), Level.RED, "窗口现金逾期缴存"))


def cash_paid_in_on_the_last_day(kit: Kit) -> bool:
    """Window cash paid in on the last day."""
    cash = _cash(kit, 16)
    if cash is None:
        return False
    plan, bill, at = cash
    days: int = plan.terms.thresholds["FE_OFF_TREASURY.deposit_days"]
    kit.cashier.deposit(plan, "1", moment(plan.terms.workdays.after(day_of(at), days), 16, 40), bill.due)
    return kit.put(plan, kit.quiet(plan, TREASURY, "窗口现金按期缴存"))


def through_a_transit_account(kit: Kit) -> bool:
    """Paid through a bank's transit account on behalf of the treasury."""
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    charge(kit, plan, bill, bill.due)
    plan.fields["FP1"] = {"payee_account_class": "transit"}
    return kit.put(plan, kit.quiet(plan, TREASURY, "代收国库款的过渡账户"))


def _twice(kit: Kit) -> tuple[Plan, Bill, Moment] | None:
    """Return a case paid twice in a row, and when the second time."""
    plan, bill = billed(kit, room=20)
    if plan is None or bill is None:
        return None
    charge(kit, plan, bill, bill.due)
    again = _paid(plan) + 4 * MINUTE
    kit.cashier.pay(plan, "2", again, bill.item, bill.due, bill.quantity, assessed="1")
    return plan, bill, again


def _short(kit: Kit, note: str) -> bool:
    plan, bill = billed(kit)
    if plan is None or bill is None:
        return False
    _half(kit, plan, bill)
    return kit.put(plan, kit.found(plan, WAIVED, f"{plan.serial}-HF1", Level.YELLOW, note))


def _half(kit: Kit, plan: Plan, bill: Bill) -> Decimal:
    """Pay half of what is due; return how much."""
    half = (bill.due * HALF).quantize(Decimal("0.01"))
    charge(kit, plan, bill, bill.due)
    plan.fields["FP1"] = {"amount": str(half)}
    return half


def _cash(kit: Kit, room: int) -> tuple[Plan, Bill, Moment] | None:
    plan, bill = billed(kit, room=room)
    if plan is None or bill is None:
        return None
    charge(kit, plan, bill, bill.due)
    plan.fields["FP1"] = {"method": "cash", "payee_account_class": "treasury"}
    return plan, bill, _paid(plan)


def _paid(plan: Plan) -> Moment:
    return next(word.at for word in plan.words if word.tag == "FP1")


def _pay_no(plan: Plan, tag: str) -> str:
    return f"{plan.serial}-JK{tag}"


PLANTS = (
    paid_twice_and_refunded,
    paid_twice_for_good,
    paid_three_times,
    paid_in_instalments,
    reversed_at_once,
    one_payment_told_twice,
    refunded_within_the_grace,
    paid_by_another,
    less_than_due,
    waived_without_basis,
    waived_under_no_rule,
    waived_lawfully,
    denied_and_unpaid,
    amount_unreadable,
    into_the_agencys_account,
    cash_kept,
    cash_paid_in_late,
    cash_paid_in_on_the_last_day,
    through_a_transit_account,
)
