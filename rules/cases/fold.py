"""The table of folds: event type to function. A type without one changes no fact and stays in the log."""

from collections.abc import Callable, Sequence
from typing import Any

from rules.cases import alerts as alert_folds
from rules.cases import facts, filing, money, pauses, stages
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.events import alerts, handling
from rules.events import filing as filing_events
from rules.events import money as money_events
from rules.events.envelope import Event
from rules.events.instants import DAY
from rules.events.kinds import BY_STRUCT, Strand

Fold = Callable[[Case, Filed[Any]], int]

FOLDS: dict[type[Event], Fold] = {
    filing_events.Submitted: filing.submitted,
    filing_events.SupplementNotified: filing.answered,
    filing_events.SupplementReceived: filing.answered,
    filing_events.NotAccepted: filing.not_accepted,
    filing_events.Accepted: filing.accepted,
    filing_events.Forwarded: filing.forwarded,
    filing_events.Transferred: filing.transferred,
    filing_events.Withdrawn: filing.withdrawn,
    filing_events.Closed: filing.closed,
    filing_events.Reopened: filing.reopened,
    handling.DecisionMade: filing.decided,
    handling.CertificateReady: filing.delivered,
    handling.CertificateIssued: filing.delivered,
    handling.ResultDelivered: filing.delivered,
    handling.StageEntered: stages.entered,
    handling.StageCompleted: stages.completed,
    handling.PauseStarted: pauses.started,
    handling.PauseEnded: pauses.ended,
    handling.ExtensionGranted: pauses.extended,
    money_events.FeeAssessed: money.assessed,
    money_events.FeeWaived: money.waived,
    money_events.FeePaid: money.paid,
    money_events.FeeReversed: money.reversed_,
    money_events.FeeRefunded: money.refunded,
    money_events.ReceiptIssued: money.receipt,
    money_events.DepositMade: money.deposit,
    alerts.AlertDelivered: alert_folds.heard,
    alerts.AlertAcknowledged: alert_folds.heard,
    alerts.AlertReplied: alert_folds.heard,
    alerts.AlertAppealed: alert_folds.heard,
    alerts.AlertDecided: alert_folds.heard,
    alerts.AlertRectified: alert_folds.heard,
    alerts.AlertIssued: alert_folds.issued,
}


def _no_fact(_case: Case, _filed: Filed[Any]) -> int:
    return 0


_TABLE: dict[type[Event], Fold] = {of: FOLDS.get(of, _no_fact) for of in BY_STRUCT}
_SPEAKS_OF_THE_PAST = frozenset(
    of for of, kind in BY_STRUCT.items() if kind.strand not in (Strand.ALERTS, Strand.DATA) and kind.has_case
)
_NAMES_FIRST = frozenset({filing_events.Accepted, filing_events.Submitted})


def fold(case: Case, filed: Filed[Any]) -> int:
    """Fold one event into the facts and return the bits of those it changed; 0 when it says nothing new."""
    event = filed.event
    of = type(event)
    bits = _TABLE[of](case, filed)
    if bits & facts.LAW:
        _identify(case)
    elif event.task_code is not None:
        named_by = case.named_by
        if (named_by is None or filed.key < named_by.key) and of not in _NAMES_FIRST:
            case.named_by = filed
            _identify(case)
            bits |= facts.LAW
    if filed.reported - filed.at > DAY and of in _SPEAKS_OF_THE_PAST:
        case.late.append(filed)
        bits |= facts.LATE
    return bits


def _identify(case: Case) -> None:
    """Take matter, agency and source from acceptance, else application, else the first event that names a matter."""
    tellers = [filed.event for filed in (case.accepted, case.submitted, case.named_by) if filed is not None]
    case.task_code = _first(tellers, "task_code")
    case.task_version = _first(tellers, "task_version")
    case.task_type = _first(tellers, "task_type")
    case.region_code = _first(tellers, "region_code")
    case.source = _first(tellers, "data_source")
    case.handling_mode = _first(tellers, "handling_mode")
    case.filed_with = _first(tellers, "org_code")


def _first(tellers: Sequence[Event], field: str) -> Any:
    for event in tellers:
        value = getattr(event, field)
        if value is not None:
            return value
    return None
