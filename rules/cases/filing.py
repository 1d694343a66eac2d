"""Folds of the filing strand, from application to delivery. The first event of a kind counts."""

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.events import filing, handling
from rules.events.envelope import Event


def submitted(case: Case, filed: Filed[filing.Submitted]) -> int:
    """申办: day 0 of the receipt clock."""
    if case.submitted is not None:
        return 0
    case.submitted = filed
    return facts.SUBMITTED | facts.LAW


def answered(case: Case, filed: Filed[Event]) -> int:
    """补正告知、补正收到."""
    case.answers += (filed,)
    return facts.ANSWERED


def not_accepted(case: Case, filed: Filed[filing.NotAccepted]) -> int:
    """不予受理."""
    case.answers += (filed,)
    if case.not_accepted is None:
        case.not_accepted = filed
    return facts.ANSWERED


def accepted(case: Case, filed: Filed[filing.Accepted]) -> int:
    """受理: day 0 of the promise and statutory clocks."""
    if case.accepted is not None:
        return 0
    case.accepted = filed
    return facts.ACCEPTED | facts.LAW


def forwarded(case: Case, filed: Filed[filing.Forwarded]) -> int:
    """转报."""
    if case.forwarded is None:
        case.forwarded = filed
    return 0


def transferred(case: Case, filed: Filed[filing.Transferred]) -> int:
    """移送: the receiving agency is responsible from here on."""
    if filed.event.to_org is None:
        return 0
    case.transferred_to = filed.event.to_org
    return facts.LAW


def decided(case: Case, filed: Filed[handling.DecisionMade]) -> int:
    """决定: stops the statutory clock."""
    if case.decided is not None:
        return 0
    case.decided = filed
    return facts.DECIDED


def withdrawn(case: Case, filed: Filed[filing.Withdrawn]) -> int:
    """申请人撤回."""
    if case.withdrawn is not None:
        return 0
    case.withdrawn = filed
    return facts.CLOSED


def closed(case: Case, filed: Filed[filing.Closed]) -> int:
    """办结."""
    if case.closed is not None:
        return 0
    case.closed = filed
    case.audited = True
    return facts.CLOSED


def reopened(case: Case, filed: Filed[filing.Reopened]) -> int:
    """恢复办理: an earlier close no longer counts."""
    case.reopened = filed
    if case.closed is None and case.withdrawn is None:
        return 0
    case.closed = case.withdrawn = None
    return facts.CLOSED | facts.REOPENED


def delivered(case: Case, filed: Filed[Event]) -> int:
    """领证通知、发证、送达: whichever comes first stops the issue clock."""
    if case.delivered is not None:
        return 0
    case.delivered = filed
    return facts.DELIVERED
