"""FE_OFF_CATALOG 目录外收费."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rules.cases import facts
from rules.cases.case import Case, Charge
from rules.catalog.models.fees import FeeItem
from rules.charges.charge import KINDS, Paid, charge_day, each, evidence, item_code, item_of, refunded_to
from rules.declare import Family, Rule, Subjects
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import CLEAR, Breach, Rung, Undecided, Verdict


def off_catalog(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """目录外收费: the catalogue has no such item, or not yet on the day of the charge.

    Without a catalogue nothing is outside it: undecided. Who may collect an item is another question (执收主体不符).
    """
    return each(case, law, touched, _judge)


def _judge(case: Case, law: Law, charge: Charge, paid: Paid, amount: Decimal) -> Verdict:
    item = item_of(case, law, paid)
    day = charge_day(case, paid)
    start: int | None = None
    if type(item) is FeeItem:
        start = item.span[0]
        if start <= day:
            return CLEAR
    elif isinstance(item, Undecided):
        return item
    return Breach(
        (Rung(paid.at, Level.RED, paid.at),),
        evidence(case, charge, paid),
        (_named(case, law, paid), day, start, amount, charge.refunded()),
        ended=refunded_to(charge, law, amount),
    )


def _named(case: Case, law: Law, paid: Paid) -> str:
    return " ".join(part for part in (item_code(case, law, paid), paid.event.fee_name) if part)


RULE = Rule(
    number=40,
    id="FE_OFF_CATALOG",
    name="目录外收费",
    family=Family.CHARGE,
    basis="行政许可法 58、59、75；优化营商环境条例 25",
    says="所收项目不在收费目录，或收费日早于该项目在目录中生效之日",
    reads=facts.CHARGES | facts.LAW,
    needs="charges",
    follows=facts.CHARGES,
    kinds=KINDS,
    since=date(2026, 1, 1),
    judge_each=off_catalog,
    subjects=Subjects.CHARGE,
    figures=(("收费项目", "text"), ("收费日", "day"), ("目录生效日", "day"), ("实收", "yuan"), ("已退", "yuan")),
    group="charge",
    rank=2,
    runbook=(
        "以项目编码（fee_item_code）查收费目录，再以名称查别名，排除目录漏载或更名",
        "向执收单位要收费依据：法律、行政法规、国务院批准之外的一律责令退还（fee.refunded）",
        "查同一单位近三个月同一编码的全部缴款单号，估算涉及金额",
    ),
    blind_spots=(
        "目录本身漏载的项目会误报，先核目录",
        "编码与实际所收名目不符的查不出",
        "只看项目与日期，不看由谁执收",
    ),
)
