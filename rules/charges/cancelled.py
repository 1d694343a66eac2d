"""FE_CANCELLED 收取已取消、停征项目."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rules.cases import facts
from rules.cases.case import Case, Charge
from rules.catalog.models.fees import FeeItem
from rules.charges.charge import KINDS, Paid, charge_day, each, evidence, item_of, refunded_to
from rules.declare import Family, Rule, Subjects
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import CLEAR, Breach, NotApplicable, Rung, Undecided, Verdict

NOT_LISTED = NotApplicable("项目不在收费目录，见目录外收费")


def cancelled(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """收取已取消、停征项目: assessed, or paid without assessment, on or after the day the item ended."""
    return each(case, law, touched, _judge)


def _judge(case: Case, law: Law, charge: Charge, paid: Paid, amount: Decimal) -> Verdict:
    item = item_of(case, law, paid)
    if type(item) is not FeeItem:
        return item if isinstance(item, Undecided) else NOT_LISTED
    if item.until is None:
        return CLEAR
    day = charge_day(case, paid)
    end = item.until.toordinal()
    if day < end:
        return CLEAR
    return Breach(
        (Rung(paid.at, Level.RED, paid.at),),
        evidence(case, charge, paid),
        (item.name, end, day, amount, charge.refunded(), item.cancelled_by or item.basis),
        ended=refunded_to(charge, law, amount),
    )


RULE = Rule(
    number=42,
    id="FE_CANCELLED",
    name="收取已取消、停征项目",
    family=Family.CHARGE,
    basis="行政许可法 58、59、75；取消或停征该项目的文件",
    says="收费日在该项目取消或停征之日或以后；取消前已核费、其后才缴的不在此列",
    reads=facts.CHARGES | facts.LAW,
    needs="charges",
    follows=facts.CHARGES,
    kinds=KINDS,
    since=date(2026, 1, 1),
    judge_each=cancelled,
    subjects=Subjects.CHARGE,
    figures=(
        ("收费项目", "text"),
        ("取消之日", "day"),
        ("收费日", "day"),
        ("实收", "yuan"),
        ("已退", "yuan"),
        ("取消依据", "text"),
    ),
    group="charge",
    rank=1,
    runbook=(
        "核对收费目录中该项目的失效日期与取消文件，确认核费日（fee.assessed）或缴费日（fee.paid）在其后",
        "责令执收单位退还（fee.refunded），并停用缴费系统中的该项目编码",
        "查同一单位自取消之日起该项目的全部缴款单号，逐笔清退",
    ),
    blind_spots=("核费时间由部门自报，倒签核费日的查不出", "换用别的项目名目续收的，由目录外收费与人工核查发现"),
)
