"""FE_OFF_TREASURY 未缴国库、现金坐支."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rules.cases import facts
from rules.cases.case import Case, Charge
from rules.cases.filed import Filed
from rules.charges.charge import KINDS, NOTHING, Paid, each, evidence, item_code, last_day, refunded_to, until
from rules.declare import Family, Rule, Subjects
from rules.events.money import DepositMade
from rules.events.words import AccountClass, Level, PayMethod
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, NEVER, Breach, Rung, Undecided, Verdict

DEPOSIT_DAYS = Param(
    "FE_OFF_TREASURY.deposit_days",
    "窗口现金几日内缴存",
    ParamKind.DAYS,
    default=1,
    basis="本项目约定；罚缴分离与收支两条线的缴存要求",
    unit="工作日",
)
OUTSIDE = frozenset({AccountClass.AGENCY, AccountClass.PRIVATE, AccountClass.OTHER})
"""Accounts that are neither the treasury's nor the finance department's, nor the bank's transit account for them."""
PUBLIC = frozenset({AccountClass.TREASURY, AccountClass.FISCAL})
ACCOUNT_NAMES = {
    AccountClass.TREASURY: "国库",
    AccountClass.FISCAL: "财政专户",
    AccountClass.TRANSIT: "代收过渡户",
    AccountClass.AGENCY: "单位账户",
    AccountClass.PRIVATE: "个人账户",
    AccountClass.OTHER: "其他账户",
}
NO_ACCOUNT = Undecided("收款账户类别")
NO_DEPOSIT_ACCOUNT = Undecided("缴入账户类别")


def off_treasury(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """未缴国库、现金坐支: paid into another account, or window cash not paid in by the day it had to be.

    Cash at a window is lawful; whatever account the record names, the cash must be paid in, which its deposit shows.
    """
    return each(case, law, touched, _judge)


def _judge(case: Case, law: Law, charge: Charge, paid: Paid, amount: Decimal) -> Verdict:
    account = paid.event.payee_account_class
    if account in OUTSIDE:
        ended = _ended(law, charge, amount, _deposited(charge, amount))
        return _breach(case, law, charge, paid, Rung(paid.at, Level.RED, paid.at), ended=ended)
    if paid.event.method is PayMethod.CASH:
        return _cash(case, law, charge, paid, amount)
    return NO_ACCOUNT if account is None else CLEAR


def _cash(case: Case, law: Law, charge: Charge, paid: Paid, amount: Decimal) -> Verdict:
    days = law.get(DEPOSIT_DAYS)
    made = _deposited(charge, amount)
    if made is not None and made.day <= paid.day + days:
        return CLEAR
    last = last_day(law, paid.day, days)
    if isinstance(last, Undecided):
        return last
    day, late_from = last
    if refunded_to(charge, law, amount) <= late_from or (made is not None and made.at < late_from):
        return CLEAR
    if made is None and any(deposit.event.account_class is None for deposit in charge.deposits):
        return NO_DEPOSIT_ACCOUNT
    ended = _ended(law, charge, amount, made)
    say_at = late_from + law.grace if ended == NEVER else late_from
    return _breach(case, law, charge, paid, Rung(late_from, Level.RED, say_at), ended=ended, last=day)


def _deposited(charge: Charge, amount: Decimal) -> Filed[DepositMade] | None:
    """Return the deposit with which the cash was in the treasury or a fiscal account; one of unknown amount is all."""
    short = amount - charge.refunded()
    for deposit in charge.deposits:
        if deposit.event.account_class in PUBLIC:
            short -= amount if deposit.event.amount is None else deposit.event.amount
            if short <= NOTHING:
                return deposit
    return None


def _ended(law: Law, charge: Charge, amount: Decimal, made: Filed[DepositMade] | None) -> int:
    """Return the instant from which the money was where it belongs or given back, NEVER where it is not."""
    given_back = refunded_to(charge, law, amount)
    return given_back if made is None else min(given_back, until(made, law))


def _breach(
    case: Case, law: Law, charge: Charge, paid: Paid, rung: Rung, *, ended: int, last: int | None = None
) -> Breach:
    event = paid.event
    account = "" if event.payee_account_class is None else ACCOUNT_NAMES[event.payee_account_class]
    deposited = sum((d.event.amount or NOTHING for d in charge.deposits if d.event.account_class in PUBLIC), NOTHING)
    return Breach(
        (rung,),
        (*evidence(case, charge, paid), *(deposit.event.event_id for deposit in charge.deposits)),
        (item_code(case, law, paid) or event.fee_name or "", event.amount, account, last, deposited),
        ended=ended,
    )


RULE = Rule(
    number=46,
    id="FE_OFF_TREASURY",
    name="未缴国库、现金坐支",
    family=Family.CHARGE,
    basis="行政许可法 59、75",
    says="收款账户不是国库、财政专户或代收过渡户，或窗口现金未在规定日内缴入国库或财政专户",
    reads=facts.CHARGES | facts.LAW,
    needs="charges",
    follows=facts.CHARGES,
    kinds=(*KINDS, DepositMade),
    since=date(2026, 1, 1),
    params=(DEPOSIT_DAYS,),
    judge_each=off_treasury,
    subjects=Subjects.CHARGE,
    figures=(
        ("收费项目", "text"),
        ("实收", "yuan"),
        ("收款账户", "text"),
        ("应缴存日", "day"),
        ("已缴存", "yuan"),
    ),
    runbook=(
        "以缴款单号向财政非税系统核对是否入库及入库日期",
        "账户不符的，调取收款单位（payee_code）该账户近三个月流水，责令全额上缴",
        "现金未缴存的，核对窗口收费人员（collector）当日票据与缴存单（deposit.made），差额立即缴存",
    ),
    blind_spots=(
        "收款账户类别由来源自报，以单位账户冒充财政专户的查不出",
        "代收过渡户滞留不划缴的不在此列",
        "来源不报现金缴存（deposit.made）的，窗口现金会误报，须先接入缴存数据",
    ),
)
