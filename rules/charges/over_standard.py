"""FE_OVER_STANDARD 超标准收费."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rules.cases import facts
from rules.cases.case import Case, Charge
from rules.catalog.models.fees import FeeItem, Standard
from rules.charges.charge import (
    KINDS,
    Paid,
    assessment_of,
    charge_day,
    each,
    evidence,
    item_of,
    refunded_to,
)
from rules.charges.tariff import allowed, needs_quantity, standards_on
from rules.declare import Family, Rule, Subjects
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, Breach, NotApplicable, Rung, Undecided, Verdict

ROUNDING = Param(
    "FE_OVER_STANDARD.rounding_yuan",
    "超出多少以内视为取整",
    ParamKind.NUMBER,
    default=Decimal(1),
    basis="本项目约定",
    unit="元",
)
NOT_LISTED = NotApplicable("项目不在收费目录，没有标准可比")
NOT_IN_FORCE = NotApplicable("项目在收费日不在目录有效期内，没有标准可比")
NO_STANDARD = Undecided("收费标准")
NO_QUANTITY = Undecided("数量")
NO_STEP = Undecided("标准未规定该数量的档次")
WHICH = Undecided("适用哪一项标准")


class Bound(NamedTuple):
    """A standard and the most it allows, yuan."""

    most: Decimal
    standard: Standard


def over_standard(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """超标准收费: more was taken than the standard in force on the day of the charge allows.

    The standard the payment or its assessment names, else the only one in force. Of several, none named: clear under
    the smallest bound, a breach over the largest, undecided between.
    """
    return each(case, law, touched, _judge)


def _judge(case: Case, law: Law, charge: Charge, paid: Paid, amount: Decimal) -> Verdict:
    item = item_of(case, law, paid)
    if type(item) is not FeeItem:
        return item if isinstance(item, Undecided) else NOT_LISTED
    day = charge_day(case, paid)
    if not item.covers(day):
        return NOT_IN_FORCE
    standards = standards_on(item, day)
    if not standards:
        return NO_STANDARD
    quantity = _quantity(case, paid)
    if len(standards) == 1:
        only = allowed(standards[0], quantity)
        if only is not None and amount <= only:
            return CLEAR
    bounds = _bounds(_meant(case, paid, standards), quantity)
    if isinstance(bounds, Undecided):
        return bounds
    most, standard = max(bounds, key=_most)
    if amount <= most:
        return CLEAR if amount <= min(bounds, key=_most).most else WHICH
    rounding = law.get(ROUNDING)
    is_rounding = amount - most <= rounding
    level = Level.NOTICE if is_rounding else Level.RED
    return Breach(
        (Rung(paid.at, level, paid.at),),
        evidence(case, charge, paid),
        (
            item.name,
            day,
            f"{standard.id}（{standard.basis}）",
            "" if quantity is None else f"{quantity.normalize():f}{standard.unit or ''}",
            most,
            amount,
            charge.refunded(),
            amount - most,
        ),
        ended=refunded_to(charge, law, amount, most if is_rounding else most + rounding),
    )


def _quantity(case: Case, paid: Paid) -> Decimal | None:
    if paid.event.quantity is not None:
        return paid.event.quantity
    assessed = assessment_of(case, paid)
    return None if assessed is None else assessed.event.quantity


def _meant(case: Case, paid: Paid, standards: Sequence[Standard]) -> Sequence[Standard]:
    """Return the standard named if it is in force, else all that are."""
    if len(standards) == 1:
        return standards
    assessed = assessment_of(case, paid)
    for number in (paid.event.standard_id, None if assessed is None else assessed.event.standard_id):
        named = [standard for standard in standards if standard.id == number]
        if named:
            return named
    return standards


def _bounds(standards: Sequence[Standard], quantity: Decimal | None) -> list[Bound] | Undecided:
    bounds: list[Bound] = []
    for standard in standards:
        most = allowed(standard, quantity)
        if most is None:
            return NO_QUANTITY if quantity is None and needs_quantity(standard) else NO_STEP
        bounds.append(Bound(most, standard))
    return bounds


def _most(bound: Bound) -> Decimal:
    return bound.most


RULE = Rule(
    number=41,
    id="FE_OVER_STANDARD",
    name="超标准收费",
    family=Family.CHARGE,
    basis="行政许可法 59、75；该项目的收费标准文件",
    says="实收金额高于收费日有效标准所许可的最高额；已退的部分不计，取整之内只提示",
    reads=facts.CHARGES | facts.LAW,
    needs="charges",
    follows=facts.CHARGES,
    kinds=KINDS,
    since=date(2026, 1, 1),
    params=(ROUNDING,),
    judge_each=over_standard,
    subjects=Subjects.CHARGE,
    figures=(
        ("收费项目", "text"),
        ("收费日", "day"),
        ("收费标准", "text"),
        ("数量", "text"),
        ("最高应收", "yuan"),
        ("实收", "yuan"),
        ("已退", "yuan"),
        ("超收", "yuan"),
    ),
    group="charge",
    rank=6,
    runbook=(
        "以收费日查标准的有效版本（失效日当天即用新标准），核对标准编号（standard_id）与数量（quantity）",
        "按标准逐项重算最高应收，与缴款单金额相减得超收额",
        "责令退还超收部分（fee.refunded），并查该标准同月内全部缴款是否同样超收",
    ),
    blind_spots=(
        "一笔缴款含多份、多项而只报一个标准与数量的，按所报的比",
        "拆成几笔、每笔都在标准之内的，由分解收费另查",
        "分段累进（各段各价相加）的标准须拆成项目或按件写明，目录只写整量归档",
    ),
)
