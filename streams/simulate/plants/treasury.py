"""Plants about where the money went (未缴国库、现金坐支)."""

from rules.events.words import Level
from streams.simulate.moments import Moment, moment
from streams.simulate.money import Bill, pay_no
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import workday_after
from streams.simulate.plants.bills import TREASURY, billed, charge, paid_at
from streams.simulate.plants.kit import Kit


def into_another_account(kit: Kit) -> None:
    """Paid into an account of the agency, or of a person."""
    plan, bill = billed(kit)
    charge(kit, plan, bill)
    plan.fields["FP1"] = {"payee_account_class": kit.one_of(["agency", "private"])}
    kit.put(plan, kit.found(plan, TREASURY, pay_no(plan, "1"), Level.RED, "缴入单位或个人账户"))


def cash_kept(kit: Kit) -> None:
    """Window cash never paid in."""
    plan, _, _ = _cash(kit, 16)
    kit.put(plan, kit.found(plan, TREASURY, pay_no(plan, "1"), Level.RED, "窗口现金未缴存"))


def cash_paid_in_late(kit: Kit) -> None:
    """Window cash paid in days too late: it was true until then."""
    plan, bill, at = _cash(kit, 18)
    kit.cashier.deposit(plan, "1", moment(workday_after(plan, at, _days(plan) + 2), 10), bill.due)
    kit.put(plan, kit.found(plan, TREASURY, pay_no(plan, "1"), Level.RED, "窗口现金逾期缴存"))


def cash_paid_in_on_the_last_day(kit: Kit) -> None:
    """Window cash paid in on the last day."""
    plan, bill, at = _cash(kit, 16)
    kit.cashier.deposit(plan, "1", moment(workday_after(plan, at, _days(plan)), 16, 40), bill.due)
    kit.put(plan, kit.quiet(plan, TREASURY, "窗口现金按期缴存"))


def through_a_transit_account(kit: Kit) -> None:
    """Paid through a bank's transit account on behalf of the treasury."""
    plan, bill = billed(kit)
    charge(kit, plan, bill)
    plan.fields["FP1"] = {"payee_account_class": "transit"}
    kit.put(plan, kit.quiet(plan, TREASURY, "代收国库款的过渡账户"))


def _cash(kit: Kit, room: int) -> tuple[Plan, Bill, Moment]:
    """Return a case paid in cash at the window, and when."""
    plan, bill = billed(kit, room=room)
    charge(kit, plan, bill)
    plan.fields["FP1"] = {"method": "cash", "payee_account_class": "treasury"}
    return plan, bill, paid_at(plan)


def _days(plan: Plan) -> int:
    days: int = plan.terms.thresholds[f"{TREASURY}.deposit_days"]
    return days


PLANTS = (
    into_another_account,
    cash_kept,
    cash_paid_in_late,
    cash_paid_in_on_the_last_day,
    through_a_transit_account,
)
