"""Which assessment a payment settles (核费与缴款的对应), and what is left of a payment after refunds."""

from collections.abc import Iterable
from decimal import Decimal

from rules.cases.case import Case, Charge
from rules.charges.charge import NOTHING, Paid, until
from rules.law import Law


def assessments_of(case: Case, code: str | None) -> list[str]:
    """Return the numbers of the assessments of an item; none for no item."""
    if code is None:
        return []
    return [number for number, filed in case.assessed.items() if filed.event.fee_item_code == code]


def settled_by(case: Case, paid: Paid, code: str | None) -> str | None:
    """Return the number of the assessment a payment names, else of the only one there is of its item."""
    if paid.event.assess_no is not None:
        return paid.event.assess_no
    numbers = assessments_of(case, code)
    return numbers[0] if len(numbers) == 1 else None


def left(charge: Charge, law: Law, at: int) -> Decimal:
    """Return what of a payment was not refunded by an instant, yuan, never below zero."""
    amount = NOTHING if charge.paid is None else charge.paid.event.amount or NOTHING
    if charge.refunds:
        amount -= sum((r.event.amount or NOTHING for r in charge.refunds if until(r, law) <= at), NOTHING)
    return max(amount, NOTHING)


def left_of_all(charges: Iterable[Charge], law: Law, at: int) -> Decimal:
    """Return what of several payments was not refunded by an instant, yuan."""
    return sum((left(one, law, at) for one in charges), NOTHING)
