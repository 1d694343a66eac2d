"""FE_WAIVER_NOAUTH 擅自减免、应收未收."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.charges.charge import KINDS, NO_AMOUNT, NO_CATALOG, NO_ITEM, NOTHING, item_code, until
from rules.charges.settling import assessments_of, settled_by
from rules.charges.tariff import in_fen
from rules.declare import Family, Rule, Subjects
from rules.events.filing import Closed, Reopened
from rules.events.money import FeeAssessed, FeeWaived
from rules.events.words import POSITIVE, Level
from rules.law import Law
from rules.verdicts import CLEAR, NEVER, Breach, NotApplicable, Rung, Undecided, Verdict

OPEN = NotApplicable("尚未办结")
NOT_GRANTED = NotApplicable("未予办成，应缴未缴不追究")
NOT_LISTED = NotApplicable("项目不在收费目录，本不应收")
NO_RESULT = Undecided("办结结果")
NO_DUE = Undecided("应缴金额")
NO_WAIVED = Undecided("减免金额")
NO_NUMBER = Undecided("缴款或减免所对应的核费单号")


class Credit(NamedTuple):
    """Money in, given back or lawfully forgone, from an instant on: yuan, and the event that says so."""

    at: int
    amount: Decimal
    event_id: str


def waiver_noauth(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """擅自减免、应收未收: the case ended well, and less was paid and lawfully waived than was assessed.

    A waiver counts with a basis and, where it names one, under a waiver of the item in force when it was assessed, up
    to the share that one forgoes. A refund with a basis counts as a waiver, one without lowers what was paid. Payment,
    deferral or write-off after the close ends the breach.
    """
    if not case.assessed:
        return ()
    closed = case.closed
    if closed is None:
        return [(key, OPEN) for key in case.assessed]
    result = closed.event.result
    if result not in POSITIVE and not (result is None and closed.event.source_result is None):
        answer = NO_RESULT if result is None else NOT_GRANTED
        return [(key, answer) for key in case.assessed]
    return [(key, _judge(case, law, key, assessed, closed)) for key, assessed in case.assessed.items()]


def _judge(case: Case, law: Law, key: str, assessed: Filed[FeeAssessed], closed: Filed[Closed]) -> Verdict:
    due = assessed.event.amount_due
    if due is None:
        return NO_DUE
    code = assessed.event.fee_item_code
    credits_: list[Credit] = []
    unknown = _paid(case, law, key, code, credits_) or _waived(case, law, key, assessed, credits_)
    since, ended, short = _shortfall(credits_, due, closed.at)
    if since is None:
        return CLEAR
    if unknown is not None:
        return unknown
    if law.catalog.fees and code is not None and code not in law.catalog.fees:
        return NOT_LISTED
    paid = sum((credit.amount for credit in credits_ if credit.at <= since), NOTHING)
    return Breach(
        (Rung(since, Level.YELLOW, since + law.grace),),
        tuple(dict.fromkeys((assessed.event.event_id, *(c.event_id for c in credits_), closed.event.event_id))),
        (code or "", due, paid, short, closed.day),
        ended=ended,
    )


def _paid(case: Case, law: Law, key: str, code: str | None, found: list[Credit]) -> Undecided | None:
    """Gather what was paid on an assessment; undecided where a payment may or may not be for it."""
    unknown: Undecided | None = None
    for charge in case.charges.values():
        paid = charge.paid
        if paid is None or charge.reversed is not None or paid.event.service:
            continue
        item = item_code(case, law, paid)
        number = settled_by(case, paid, item) or _only(case)
        if number is None and (item is None or item == code):
            unknown = NO_NUMBER
        if number != key:
            continue
        if paid.event.amount is None:
            unknown = NO_AMOUNT
            continue
        found.append(Credit(paid.at, paid.event.amount, paid.event.event_id))
        found += (
            Credit(until(refund, law), -refund.event.amount, refund.event.event_id)
            for refund in charge.refunds
            if refund.event.amount is not None and not refund.event.basis
        )
    return unknown


def _waived(case: Case, law: Law, key: str, assessed: Filed[FeeAssessed], found: list[Credit]) -> Undecided | None:
    """Gather what was lawfully waived of an assessment; undecided where that cannot be known."""
    unknown: Undecided | None = None
    code = assessed.event.fee_item_code
    for waiver in case.waivers:
        event = waiver.event
        if not event.basis:
            continue
        numbers = assessments_of(case, event.fee_item_code)
        number = event.assess_no or (numbers[0] if len(numbers) == 1 else None) or _only(case)
        if number is None and event.fee_item_code in {None, code}:
            unknown = NO_NUMBER
        if number != key:
            continue
        amount = _authority(law, assessed, event)
        if isinstance(amount, Undecided):
            unknown = amount
        elif amount:
            found.append(Credit(waiver.at, amount, event.event_id))
    return unknown


def _authority(law: Law, assessed: Filed[FeeAssessed], waiver: FeeWaived) -> Decimal | Undecided:
    """Return how much a waiver with a basis forgoes, yuan: nothing under a waiver the item does not have in force."""
    if waiver.waiver_id is None:
        return NO_WAIVED if waiver.amount is None else waiver.amount
    if not law.catalog.fees:
        return NO_CATALOG
    code = assessed.event.fee_item_code or waiver.fee_item_code
    if code is None:
        return NO_ITEM
    item = law.catalog.fees.get(code)
    lawful = [] if item is None else [w for w in item.waivers if w.id == waiver.waiver_id and w.covers(assessed.day)]
    if not lawful:
        return NOTHING
    most = in_fen((assessed.event.amount_due or NOTHING) * lawful[0].share)
    return most if waiver.amount is None else min(most, waiver.amount)


def _only(case: Case) -> str | None:
    """Return the number of the only assessment of a case."""
    return next(iter(case.assessed)) if len(case.assessed) == 1 else None


def _shortfall(credits_: list[Credit], due: Decimal, closed: int) -> tuple[int | None, int, Decimal]:
    """Return from when, at the close or later, less than was due was covered, until when, and how much was short."""
    covered = sum((credit.amount for credit in credits_ if credit.at <= closed), NOTHING)
    since = closed if covered < due else None
    short, ended = due - covered, NEVER
    for credit in sorted(credit for credit in credits_ if credit.at > closed):
        covered += credit.amount
        if covered >= due:
            ended = credit.at if since is not None and ended == NEVER else ended
        elif since is None:
            since, short = credit.at, due - covered
        else:
            ended = NEVER
    return since, ended, short


RULE = Rule(
    number=45,
    id="FE_WAIVER_NOAUTH",
    name="擅自减免、应收未收",
    family=Family.CHARGE,
    basis="行政许可法 59、75；该项目的减免规定；各地电子监察办法关于收费监察的规定",
    says="办成的办件办结时，实缴与依规定减免之和少于应缴",
    reads=facts.CHARGES | facts.CLOSED | facts.LAW,
    needs="assessed",
    kinds=(*KINDS, FeeWaived, Closed, Reopened),
    since=date(2026, 1, 1),
    judge_each=waiver_noauth,
    subjects=Subjects.ASSESSMENT,
    figures=(
        ("收费项目", "text"),
        ("应缴", "yuan"),
        ("已缴与依规定减免", "yuan"),
        ("少收", "yuan"),
        ("办结日", "day"),
    ),
    runbook=(
        "按核费单号列出应缴、各笔缴款与退费，算出办结时的差额",
        "有减免记录的，核对减免规定编号（waiver_id）在核费日是否有效、批准文件（basis）是否属实",
        "无依据的，责令补收或补办批准；查同一核费人近三个月的少收",
    ),
    blind_spots=(
        "减免依据（basis）只看有无，不辨真伪",
        "经批准缓缴、坏账核销须以 fee.waived 报明依据，否则会误报",
        "核费本身少算的查不出",
    ),
)
