"""Folds of the alert strand: what became of the cards of this case, and cards raised by hand."""

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.events.alerts import Alert, AlertIssued


def heard(case: Case, filed: Filed[Alert]) -> int:
    """送达、签收、反馈、申诉、认定、整改 of one card."""
    if filed.event.card_id is None:
        return 0
    if not case.alerts:
        case.alerts = {}
    case.alerts.setdefault(filed.event.card_id, []).append(filed)
    return facts.CARDS


def issued(case: Case, filed: Filed[AlertIssued]) -> int:
    """人工监察."""
    case.issued += (filed,)
    return facts.CARDS
