"""FE_DUPLICATE 重复收费."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rules.cases import facts
from rules.cases.case import Case, Charge
from rules.cases.filed import Filed, Key
from rules.charges.charge import KINDS, NO_AMOUNT, NO_ITEM, Paid, evidence, item_code, judged, last_day, until
from rules.charges.settling import assessments_of, left, left_of_all, settled_by
from rules.declare import Family, Rule, Subjects
from rules.events.money import FeeAssessed
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, NEVER, Breach, Clear, NotApplicable, Rung, Undecided, Verdict

RED_COUNT = Param(
    "FE_DUPLICATE.red_count",
    "同一项目缴费超过几次转红牌",
    ParamKind.COUNT,
    default=2,
    basis="本项目约定",
    unit="次",
)
REFUND_DAYS = Param(
    "FE_DUPLICATE.refund_days",
    "重复收费几日内不退转红牌",
    ParamKind.DAYS,
    default=5,
    basis="本项目约定",
    unit="工作日",
)
ONLY_ONE = NotApplicable("只缴费一次")
INSTALMENT = Clear("分期缴纳，累计未超过应缴金额")
NO_PAYER = Undecided("缴款人")
NO_DUE = Undecided("应缴金额")
WHICH_ASSESSMENT = Undecided("缴款所对应的核费单号")

Line = tuple[str | None, str | None]
"""What payments must share to be one charge taken twice: item (code, else name) and assessment."""
FIRST: Key = (0, 0, 0, 0, "")


class Repeat(NamedTuple):
    """A payment with those before it that it repeats; what was assessed, and its amount (yuan), where known."""

    charge: Charge
    paid: Paid
    before: Sequence[Charge]
    assessed: Filed[FeeAssessed] | None
    due: Decimal | None


def duplicate(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """重复收费: one payer paid one item of a case more than once, and it was not given back.

    The later payment is the subject. Instalments stay quiet while they sum to no more than what was assessed.
    """
    charges = case.charges
    if len(charges) <= 1:
        return [(key, ONLY_ONE) for key in charges]
    if touched is not None:
        one = charges.get(touched)
        if one is None:
            return ()
        line = _line(case, law, one)
        mates = [charge for charge in charges.values() if _line(case, law, charge) == line]
        return list(_answers(case, law, mates, since=_order(one)))
    lines: dict[Line, list[Charge]] = {}
    for charge in charges.values():
        lines.setdefault(_line(case, law, charge), []).append(charge)
    return [pair for mates in lines.values() for pair in _answers(case, law, mates)]


def _line(case: Case, law: Law, charge: Charge) -> Line:
    paid = charge.paid
    if paid is None:
        return None, None
    code = item_code(case, law, paid)
    return code or paid.event.fee_name, settled_by(case, paid, code)


def _order(charge: Charge) -> Key:
    return (0, 0, 0, 0, charge.key) if charge.paid is None else charge.paid.key


def _answers(case: Case, law: Law, mates: Iterable[Charge], since: Key = FIRST) -> Iterable[tuple[str, Verdict]]:
    """Yield the answers for the charges of a line from one on: a payment is judged by those before it alone."""
    earlier: list[Charge] = []

    def judge(case: Case, law: Law, charge: Charge, paid: Paid, amount: Decimal) -> Verdict:
        return _repeated(case, law, charge, paid, [one for one in earlier if _stands(one, law, paid.at)])

    for charge in sorted(mates, key=_order):
        if _order(charge) >= since:
            yield charge.key, judged(case, law, charge, judge)
        if charge.paid is not None and charge.reversed is None and not charge.paid.event.service:
            earlier.append(charge)


def _stands(one: Charge, law: Law, at: int) -> bool:
    """Return whether a payment was not refunded in full by an instant; one of unknown amount stands."""
    return _amount(one) is None or left(one, law, at) > 0


def _amount(one: Charge) -> Decimal | None:
    return None if one.paid is None else one.paid.event.amount


def _payer(one: Charge) -> str | None:
    return None if one.paid is None else one.paid.event.payer


def _repeated(case: Case, law: Law, charge: Charge, paid: Paid, standing: Sequence[Charge]) -> Verdict:
    """Return the answer for a payment, given the earlier ones of its line that stand."""
    if not standing:
        return CLEAR
    code = item_code(case, law, paid)
    if code is None and paid.event.fee_name is None:
        return NO_ITEM
    assessed = _assessed(case, paid, code)
    if isinstance(assessed, Undecided):
        return assessed
    before = [
        one for one in standing if _is_same_payer(_payer(one), paid.event.payer, is_assessed=assessed is not None)
    ]
    if not before:
        payers = (paid.event.payer, *(_payer(one) for one in standing))
        return NO_PAYER if assessed is None and None in payers else CLEAR
    if any(_amount(one) is None for one in before):
        return NO_AMOUNT
    due = None if assessed is None else assessed.event.amount_due
    if due is not None and left_of_all((*before, charge), law, paid.at) <= due:
        return INSTALMENT
    return _breach(case, law, Repeat(charge, paid, before, assessed, due))


def _assessed(case: Case, paid: Paid, code: str | None) -> Filed[FeeAssessed] | Undecided | None:
    """Return the assessment of a payment, None where the item was not assessed at all."""
    number = settled_by(case, paid, code)
    if number is None:
        return WHICH_ASSESSMENT if assessments_of(case, code) else None
    assessed = case.assessed.get(number)
    return NO_DUE if assessed is None or assessed.event.amount_due is None else assessed


def _is_same_payer(one: str | None, other: str | None, *, is_assessed: bool) -> bool:
    """An assessment has one payer: it speaks for him where a payment does not name him."""
    return is_assessed if one is None or other is None else one == other


def _breach(case: Case, law: Law, repeat: Repeat) -> Breach:
    charge, paid, before, assessed, due = repeat
    everyone = (*before, charge)
    level = Level.RED if len(everyone) > law.get(RED_COUNT) else Level.YELLOW
    rungs = [Rung(paid.at, level, paid.at + law.grace)]
    last = last_day(law, paid.day, law.get(REFUND_DAYS))
    if level < Level.RED and not isinstance(last, Undecided):
        rungs.append(Rung(last[1], Level.RED, last[1] + law.grace))
    ids = [] if assessed is None else [assessed.event.event_id]
    ids += (found for one in everyone if one.paid is not None for found in evidence(case, one, one.paid))
    return Breach(
        tuple(rungs),
        tuple(dict.fromkeys(ids)),
        (
            item_code(case, law, paid) or paid.event.fee_name,
            len(everyone),
            paid.event.amount,
            left_of_all(everyone, law, paid.at),
            due,
            None if isinstance(last, Undecided) else last[0],
        ),
        ended=_made_good(law, repeat),
        missing=last.missing if isinstance(last, Undecided) else "",
    )


def _made_good(law: Law, repeat: Repeat) -> int:
    """Return the instant with which refunds left one payment, or no more than was due; NEVER where they did not."""
    everyone = (*repeat.before, repeat.charge)
    for at in sorted({until(refund, law) for one in everyone for refund in one.refunds}):
        if not left(repeat.charge, law, at) or not left_of_all(repeat.before, law, at):
            return at
        if repeat.due is not None and left_of_all(everyone, law, at) <= repeat.due:
            return at
    return NEVER


RULE = Rule(
    number=44,
    id="FE_DUPLICATE",
    name="重复收费",
    family=Family.CHARGE,
    basis="行政许可法 59、75",
    says="同一办件、同一项目、同一缴款人缴费不止一次而未退；次数过多或逾期不退转红牌",
    reads=facts.CHARGES | facts.LAW,
    needs="charges",
    follows=facts.CHARGES,
    kinds=KINDS,
    since=date(2026, 1, 1),
    params=(RED_COUNT, REFUND_DAYS),
    judge_each=duplicate,
    subjects=Subjects.CHARGE,
    figures=(
        ("收费项目", "text"),
        ("第几次", "count"),
        ("本次金额", "yuan"),
        ("累计未退", "yuan"),
        ("应缴金额", "yuan"),
        ("应退日", "day"),
    ),
    runbook=(
        "并列查看各缴款单号的缴费时刻、金额与核费单号，排除分期缴纳与分次核费",
        "确系重复的，责令五个工作日内退还后一笔（fee.refunded），或冲正（fee.reversed）",
        "查同日同一收费窗口或同一支付渠道的其他缴款，判断是否系统重复扣款",
    ),
    blind_spots=(
        "未核费又确需分次缴纳的会误报",
        "两次缴费一次带核费单号、一次不带，而该项目有多张核费单的，无法判定",
        "分在两个办件里重复收取的，不在此列",
    ),
)
