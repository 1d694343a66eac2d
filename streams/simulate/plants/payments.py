"""Plants about payments made twice, or not at all (重复收费、应收未收)."""

from decimal import Decimal

from rules.events.words import Level, Result
from streams.simulate.moments import MINUTE, Moment, day_of, moment
from streams.simulate.money import Bill, assess_no, pay_no
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import workday_after
from streams.simulate.plants.bills import TWICE, WAIVED, billed, charge, paid_at
from streams.simulate.plants.kit import Kit, need, the

FEN = Decimal("0.01")
SECOND = 2


def paid_twice_and_refunded(kit: Kit) -> None:
    """Paid twice, the second given back two working days later: it was true until then."""
    plan, bill, again = _twice(kit)
    kit.cashier.refund(plan, "2", moment(workday_after(plan, again, 2), 10), bill.due)
    kit.put(plan, kit.found(plan, TWICE, pay_no(plan, "2"), Level.YELLOW, "重复缴费，两日后退还"))


def paid_twice_for_good(kit: Kit) -> None:
    """Paid twice, and not given back within the days of the profile: red."""
    plan, _, _ = _twice(kit)
    kit.put(plan, kit.found(plan, TWICE, pay_no(plan, "2"), Level.RED, "重复缴费，逾期未退"))


def paid_three_times(kit: Kit) -> None:
    """Paid three times: the third is red at once, the second in time."""
    plan, bill, again = _twice(kit)
    need(plan.terms.thresholds[f"{TWICE}.red_count"] == SECOND)
    kit.cashier.pay(plan, "3", bill, again + 5 * MINUTE, assessed="1")
    kit.put(
        plan,
        kit.found(plan, TWICE, pay_no(plan, "2"), Level.RED, "重复缴费，逾期未退"),
        kit.found(plan, TWICE, pay_no(plan, "3"), Level.RED, "第三次缴费"),
    )


def paid_in_instalments(kit: Kit) -> None:
    """Paid in two halves."""
    plan, bill = billed(kit)
    first = _halved(kit, plan, bill)
    again = paid_at(plan) + 10 * MINUTE
    need(again < the(plan.closed))
    kit.cashier.pay(plan, "2", bill._replace(due=bill.due - first), again, assessed="1")
    kit.put(plan, kit.quiet(plan, TWICE, "分期缴纳"), kit.quiet(plan, WAIVED, "分期缴清"))


def reversed_at_once(kit: Kit) -> None:
    """Paid twice, the second reversed: as if never made."""
    plan, _, again = _twice(kit)
    plan.say("FV2", "fee.reversed", again + 3 * MINUTE, pay_no=pay_no(plan, "2"), reason="支付渠道重复扣款")
    kit.put(plan, kit.quiet(plan, TWICE, "已冲正"))


def one_payment_told_twice(kit: Kit) -> None:
    """One payment recorded twice under its 缴款单号."""
    plan, _, _ = _twice(kit)
    plan.fields["FP2"] = {"pay_no": pay_no(plan, "1")}
    kit.put(plan, kit.quiet(plan, TWICE, "同一缴款单号重复报送"))


def refunded_within_the_grace(kit: Kit) -> None:
    """Paid twice, the second given back within minutes."""
    plan, bill, again = _twice(kit)
    kit.cashier.refund(plan, "2", again + 8 * MINUTE, bill.due)
    plan.held_back["FP2"] = plan.held_back["FR2"] = again + 9 * MINUTE
    kit.put(plan, kit.quiet(plan, TWICE, "宽限内退还"))


def paid_by_another(kit: Kit) -> None:
    """Two payers pay the same item of one case, each his own."""
    plan, bill = billed(kit)
    charge(kit, plan, bill)
    at = paid_at(plan)
    kit.cashier.assess(plan, "2", bill._replace(at=at))
    kit.cashier.pay(plan, "2", bill, at + MINUTE)
    plan.fields["FA2"] = plan.fields["FP2"] = {"payer": "h1:0000000000000001"}
    kit.put(plan, kit.quiet(plan, TWICE, "不同缴款人、不同核费单"))


def less_than_due(kit: Kit) -> None:
    """Closed although less was paid than assessed, and nothing waived."""
    plan, bill = billed(kit)
    _halved(kit, plan, bill)
    kit.put(plan, kit.found(plan, WAIVED, assess_no(plan, "1"), Level.YELLOW, "少缴而无减免"))


def waived_without_basis(kit: Kit) -> None:
    """A waiver without its basis waives nothing."""
    plan, bill = billed(kit)
    left = bill.due - _halved(kit, plan, bill)
    kit.cashier.waive(plan, "1", bill, amount=left, waiver_id=None, basis=None)
    kit.put(plan, kit.found(plan, WAIVED, assess_no(plan, "1"), Level.YELLOW, "减免无依据"))


def waived_under_no_rule(kit: Kit) -> None:
    """A waiver that names a rule the catalogue does not have."""
    plan, bill = billed(kit)
    left = bill.due - _halved(kit, plan, bill)
    kit.cashier.waive(plan, "1", bill, amount=left, waiver_id="W-NONE", basis="领导同意")
    kit.put(plan, kit.found(plan, WAIVED, assess_no(plan, "1"), Level.YELLOW, "所引减免规定不存在"))


def waived_lawfully(kit: Kit) -> None:
    """A waiver under a rule in force, for the whole amount."""
    plan, bill = billed(kit, lambda item: any(waiver.share == 1 for waiver in item.waivers))
    day = day_of(bill.at)
    waiver = the(next((one for one in bill.item.waivers if one.share == 1 and one.covers(day)), None))
    kit.cashier.assess(plan, "1", bill)
    kit.cashier.waive(plan, "1", bill, amount=bill.due, waiver_id=waiver.id, basis=waiver.basis)
    kit.put(plan, kit.quiet(plan, WAIVED, "依规定全额减免"))


def denied_and_unpaid(kit: Kit) -> None:
    """Denied, with nothing paid of what had been assessed."""
    plan, bill = billed(kit)
    plan.result = Result.DENIED
    kit.cashier.assess(plan, "1", bill)
    kit.put(plan, kit.quiet(plan, WAIVED, "不予许可，未收费"))


def amount_unreadable(kit: Kit) -> None:
    """The amount of the only payment cannot be read: nothing can be said."""
    plan, bill = billed(kit)
    charge(kit, plan, bill)
    plan.fields["FP1"] = {"amount": f"{bill.due}元整"}
    kit.put(plan, kit.quiet(plan, WAIVED, "缴款金额读不出，无法判定"))


def _twice(kit: Kit) -> tuple[Plan, Bill, Moment]:
    """Return a case paid twice in a row, and when the second time."""
    plan, bill = billed(kit, room=20)
    charge(kit, plan, bill)
    again = paid_at(plan) + 4 * MINUTE
    kit.cashier.pay(plan, "2", bill, again, assessed="1")
    return plan, bill, again


def _halved(kit: Kit, plan: Plan, bill: Bill) -> Decimal:
    """Pay half of what is due; return how much."""
    half = (bill.due / 2).quantize(FEN)
    charge(kit, plan, bill)
    plan.fields["FP1"] = {"amount": half}
    return half


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
)
