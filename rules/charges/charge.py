"""What every rule about a charge asks first (收费): does it count, of which day, for which item, was it made good.

A charge counts if money was paid and the payment was not reversed: a reversed one is as if never made. Fees of third
parties and of delivery are no charges of the agency. A charge is judged by the catalogue and the standard in force on
the day it was assessed, else on the day it was paid (``semantics.md`` §4).
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from rules.calendar import CalendarError
from rules.cases.case import Case, Charge
from rules.cases.filed import Filed
from rules.catalog.models.fees import FeeItem
from rules.events.envelope import Event
from rules.events.money import FeeAssessed, FeePaid, FeeRefunded, FeeReversed
from rules.law import Law
from rules.verdicts import NEVER, NotApplicable, Undecided, Verdict

Paid = Filed[FeePaid]
JudgeCharge = Callable[[Case, Law, Charge, Paid, Decimal], Verdict]
"""A rule about one charge that counts: case, law, charge, payment, amount above zero (yuan)."""

KINDS: tuple[type[Event], ...] = (FeeAssessed, FeePaid, FeeReversed, FeeRefunded)
"""Events the rules about a charge rest on."""
NOTHING = Decimal(0)

NOT_PAID = NotApplicable("尚未缴费")
REVERSED = NotApplicable("已冲正，视同未缴")
THIRD_PARTY = NotApplicable("第三方服务费或寄递费，不是行政机关的收费")
NO_MONEY = NotApplicable("金额为零")
NO_AMOUNT = Undecided("缴款金额")
NO_CATALOG = Undecided("收费目录")
NO_ITEM = Undecided("收费项目编码")


def each(case: Case, law: Law, touched: str | None, judge: JudgeCharge) -> Iterable[tuple[str, Verdict]]:
    """Return what a rule answers of the touched charge, of all of them for None."""
    charges = case.charges
    if not charges:
        return ()
    if touched is None:
        return [(key, judged(case, law, charge, judge)) for key, charge in charges.items()]
    one = charges.get(touched)
    return () if one is None else ((touched, judged(case, law, one, judge)),)


def judged(case: Case, law: Law, charge: Charge, judge: JudgeCharge) -> Verdict:
    """Return what a rule answers of one charge; not applicable or undecided where it does not count or is not known."""
    paid = charge.paid
    if paid is None:
        return NOT_PAID
    if charge.reversed is not None:
        return REVERSED
    event = paid.event
    if event.service:
        return THIRD_PARTY
    if not event.amount:
        return NO_AMOUNT if event.amount is None else NO_MONEY
    return judge(case, law, charge, paid, event.amount)


def assessment_of(case: Case, paid: Paid) -> Filed[FeeAssessed] | None:
    """Return the assessment a payment names, None where it names none that was reported."""
    number = paid.event.assess_no
    return None if number is None else case.assessed.get(number)


def charge_day(case: Case, paid: Paid) -> int:
    """Return the day (ordinal) whose catalogue and standard govern: assessed, else paid."""
    assessed = assessment_of(case, paid)
    return paid.day if assessed is None else assessed.day


def evidence(case: Case, charge: Charge, paid: Paid) -> tuple[str, ...]:
    """Return the ids of the events of a charge: its assessment, the payment, refunds."""
    assessed = assessment_of(case, paid)
    first = () if assessed is None else (assessed.event.event_id,)
    return (*first, paid.event.event_id, *(refund.event.event_id for refund in charge.refunds))


def item_code(case: Case, law: Law, paid: Paid) -> str | None:
    """Return the code of the item charged: the payment's, its assessment's, else that of a name the catalogue knows."""
    event = paid.event
    if event.fee_item_code is not None:
        return event.fee_item_code
    assessed = assessment_of(case, paid)
    if assessed is not None and assessed.event.fee_item_code is not None:
        return assessed.event.fee_item_code
    return None if event.fee_name is None else law.catalog.fee_names.get(event.fee_name)


def item_of(case: Case, law: Law, paid: Paid) -> FeeItem | Undecided | None:
    """Return the item of the catalogue, None where there is none of its code; undecided without catalogue or code."""
    code = item_code(case, law, paid)
    item = None if code is None else law.catalog.fees.get(code)
    if item is not None:
        return item
    if not law.catalog.fees:
        return NO_CATALOG
    return NO_ITEM if code is None else None


def until(filed: Filed[Event], law: Law) -> int:
    """Return the instant by which an event had happened: of one stamped to the day, its end."""
    return filed.at if filed.exact else law.days.start_of(filed.day + 1)


def refunded_to(charge: Charge, law: Law, amount: Decimal, limit: Decimal = NOTHING) -> int:
    """Return the instant with which refunds brought an amount down to a limit, NEVER where they did not."""
    left = amount
    for refund in charge.refunds:
        left -= refund.event.amount or NOTHING
        if left <= limit:
            return until(refund, law)
    return NEVER


def last_day(law: Law, after: int, n: int) -> tuple[int, int] | Undecided:
    """Return the n-th working day after a day (ordinal) and the instant that ends it; undecided past the calendar."""
    try:
        due = law.days.due_after(after, n)
    except CalendarError as err:
        return Undecided(f"工作日历（{err}）", calendar=True)
    if due.assumption is not None:
        return Undecided(due.assumption, calendar=True)
    return due.day, law.days.start_of(due.day + 1)
