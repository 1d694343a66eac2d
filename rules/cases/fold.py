"""The table of folds: event type to function. A type without one changes no fact and stays in the log."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from rules.cases import alerts as alert_folds
from rules.cases import filing, money, pauses, stages
from rules.cases.case import Case
from rules.cases.facts import LATE, LAW
from rules.cases.filed import Filed
from rules.cases.stages import touched_by
from rules.cases.strands import SLOTS, STRAND_FACTS
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


_NAMING = ("task_version", "task_type", "region_code", "data_source", "handling_mode", "org_code")
_naming_of = attrgetter("task_code", *_NAMING)
_NAMES_FIRST = frozenset({filing_events.Accepted, filing_events.Submitted})
_NOTED = LAW | LATE
"""What any event may touch, whatever its strand."""
_TABLE: dict[type[Event], tuple[Fold, bool, bool]] = {
    of: (
        FOLDS.get(of, _no_fact),
        of not in _NAMES_FIRST,
        kind.strand not in (Strand.ALERTS, Strand.DATA) and kind.has_case,
    )
    for of, kind in BY_STRUCT.items()
}
"""The fold of each type, whether it names a matter where application and acceptance do not, whether it may be late."""


def fold(case: Case, filed: Filed[Any], known: int | None = None) -> int:
    """Fold one event into the facts and return the bits of those it changed; 0 when it says nothing new.

    With ``known`` its own fold was done and changed these; what is left is what any event may say: the matter it names,
    and that it came late.
    """
    event = filed.event
    own, may_name, may_be_late = _TABLE[type(event)]
    bits = own(case, filed) if known is None else known
    if bits & LAW:
        _identify(case)
    elif may_name and event.task_code is not None:
        named_by = case.named_by
        if named_by is None or filed.key < named_by.key:
            case.named_by = filed
            if not case.named:
                _identify(case)
                bits |= LAW
    if may_be_late and filed.reported - filed.at > DAY:
        case.late += (filed,)
        case.audited = True
        bits |= LATE
    return bits


def fold_strand(case: Case, log: Sequence[Filed[Any]], late: Filed[Any], strand: Strand) -> int:
    """Fold one strand again, given all its events in order, for one of them came late; return the bits it may change.

    Strands commute, so the facts of the others stay as they are.
    """
    again = Case(case.case_id)
    known = 0
    for filed in log:
        bits = _TABLE[type(filed.event)][0](again, filed)
        if filed is late:
            known = bits
    case.touched = touched_by(late, case, again) if strand is Strand.STAGES else ""
    for slot in SLOTS[strand]:
        setattr(case, slot, getattr(again, slot))
    case.audited = case.audited or again.audited
    if strand is Strand.FILING:
        _identify(case)
    return STRAND_FACTS[strand] & ~_NOTED | fold(case, late, known)


def _identify(case: Case) -> None:
    """Take matter, agency and source from acceptance, else application, else the first event naming a matter."""
    accepted, submitted = case.accepted, case.submitted
    one: Event | None = accepted.event if accepted is not None else None
    two: Event | None = submitted.event if submitted is not None else None
    case.named = (one is not None and one.task_code is not None) or (two is not None and two.task_code is not None)
    if one is None:
        one, two = two, None
    if not case.named and case.named_by is not None:
        if one is None:
            one = case.named_by.event
        elif two is None:
            two = case.named_by.event
        else:
            one = _filled(one, two)
            two = case.named_by.event
    if one is None:
        return
    naming = _naming_of(one)
    if two is not None and None in naming:
        other = _naming_of(two)
        if other != naming:
            naming = tuple(second if first is None else first for first, second in zip(naming, other, strict=True))
    (
        case.task_code,
        case.task_version,
        case.task_type,
        case.region_code,
        case.source,
        case.handling_mode,
        case.filed_with,
    ) = naming


def _filled(one: Event, two: Event) -> Event:
    """Return the first with what the second knows where it does not."""
    blank = {name: getattr(two, name) for name in _NAMING if getattr(one, name) is None}
    return msgspec.structs.replace(one, **blank)
