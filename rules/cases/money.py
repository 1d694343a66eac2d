"""Folds of the money strand: charges by 缴款单号, assessments by 核费单号."""

from rules.cases import facts
from rules.cases.case import Case, Charge
from rules.cases.filed import Filed
from rules.events import money


def assessed(case: Case, filed: Filed[money.FeeAssessed]) -> int:
    """应缴: the last word on an assessment counts."""
    if not case.assessed:
        case.assessed = {}
    case.assessed[filed.event.assess_no or filed.event.event_id] = filed
    case.touched = ""
    return facts.CHARGES


def waived(case: Case, filed: Filed[money.FeeWaived]) -> int:
    """减免."""
    case.waivers += (filed,)
    case.touched = ""
    return facts.CHARGES


def paid(case: Case, filed: Filed[money.FeePaid]) -> int:
    """缴费: a second record under one 缴款单号 is the same payment told again."""
    charge = _charge(case, filed.event.pay_no or filed.event.event_id)
    if charge.paid is not None:
        return 0
    charge.paid = filed
    return facts.CHARGES


def reversed_(case: Case, filed: Filed[money.FeeReversed]) -> int:
    """冲正."""
    charge = _charge(case, filed.event.pay_no or filed.event.event_id)
    charge.reversed = filed
    return facts.CHARGES


def refunded(case: Case, filed: Filed[money.FeeRefunded]) -> int:
    """退费."""
    _charge(case, filed.event.pay_no or filed.event.event_id).refunds.append(filed)
    return facts.CHARGES


def receipt(case: Case, filed: Filed[money.ReceiptIssued]) -> int:
    """票据."""
    _charge(case, filed.event.pay_no or filed.event.event_id).receipt = filed
    return facts.CHARGES


def deposit(case: Case, filed: Filed[money.DepositMade]) -> int:
    """现金缴存."""
    _charge(case, filed.event.pay_no or filed.event.event_id).deposits.append(filed)
    return facts.CHARGES


def _charge(case: Case, key: str) -> Charge:
    case.touched = key
    charge = case.charges.get(key)
    if charge is None:
        if not case.charges:
            case.charges = {}
        charge = case.charges[key] = Charge(key)
    return charge
