"""FE_FREE_ITEM 免费事项收费."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rules.cases import facts
from rules.cases.case import Case, Charge
from rules.charges.charge import KINDS, Paid, charge_day, each, evidence, item_code, refunded_to
from rules.declare import Family, Rule, Subjects
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import Breach, NotApplicable, Rung, Undecided, Verdict

MAY_CHARGE = NotApplicable("事项依目录收费")


def free_item(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """免费事项收费: money was taken on a case of a matter for which the law lets none be taken."""
    return each(case, law, touched, _judge)


def _judge(case: Case, law: Law, charge: Charge, paid: Paid, amount: Decimal) -> Verdict:
    version = law.version
    if version is None:
        return Undecided(f"事项是否收费（{law.why_no_matter}）")
    if version.is_fee:
        return MAY_CHARGE
    item = item_code(case, law, paid) or paid.event.fee_name or ""
    return Breach(
        (Rung(paid.at, Level.RED, paid.at),),
        evidence(case, charge, paid),
        (item, charge_day(case, paid), amount, charge.refunded(), version.basis),
        ended=refunded_to(charge, law, amount),
    )


RULE = Rule(
    number=43,
    id="FE_FREE_ITEM",
    name="免费事项收费",
    family=Family.CHARGE,
    basis="行政许可法 58、75",
    says="实施清单载明该事项不收费，而办件中有行政机关的收费",
    reads=facts.CHARGES | facts.LAW,
    needs="charges",
    follows=facts.CHARGES,
    kinds=KINDS,
    since=date(2026, 1, 1),
    judge_each=free_item,
    subjects=Subjects.CHARGE,
    figures=(("收费项目", "text"), ("收费日", "day"), ("实收", "yuan"), ("已退", "yuan"), ("事项依据", "text")),
    group="charge",
    rank=3,
    runbook=(
        "核对受理日有效的事项版本中是否收费一栏（is_fee）及其依据",
        "核对收款单位（payee_code、payee_unit）：确为第三方服务费或寄递费的，责令来源改报 service 标记",
        "属行政机关收费的，责令退还（fee.refunded）并查该事项近三个月的全部缴款",
    ),
    blind_spots=("第三方服务费未标 service 的会误报", "同一窗口代收别的事项的费用而记在本办件下的会误报"),
)
