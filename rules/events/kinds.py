"""The registry of event types: a stable number, a lifecycle rank and a strand for each.

*Numbers* are stored and never reused. *Rank* orders the events of one local date (``semantics.md`` §2); types that
alternate within a day share a rank and are ordered by their instants. *Strand* (线索) says which group of facts an
event touches: folds of different strands commute, so an event is late only behind a later event of its own strand.
"""

from enum import IntEnum
from typing import Any, NamedTuple, Union

from rules.events import alerts, data, editions, filing, handling, money, second, voices
from rules.events.envelope import Event


class Strand(IntEnum):
    """Group of facts an event touches. Events of OTHERS touch none."""

    FILING = 0
    STAGES = 1
    PAUSES = 2
    MONEY = 3
    ALERTS = 4
    OTHERS = 5
    DATA = 6
    DELIVERY = 7


class Kind(NamedTuple):
    """What the core knows of an event type: struct, number, rank within a date, strand, whether it has a case."""

    of: type[Event]
    number: int
    rank: int
    strand: Strand
    has_case: bool = True


KINDS: tuple[Kind, ...] = (
    Kind(filing.Submitted, 1, 10, Strand.FILING),
    Kind(filing.PreAccepted, 2, 15, Strand.FILING),
    Kind(filing.SupplementNotified, 3, 20, Strand.FILING),
    Kind(filing.SupplementReceived, 4, 20, Strand.FILING),
    Kind(filing.NotAccepted, 5, 25, Strand.FILING),
    Kind(filing.Accepted, 6, 25, Strand.FILING),
    Kind(filing.Transferred, 7, 30, Strand.FILING),
    Kind(filing.Forwarded, 8, 30, Strand.FILING),
    Kind(handling.ExtensionGranted, 20, 35, Strand.PAUSES),
    Kind(handling.PauseStarted, 21, 40, Strand.PAUSES),
    Kind(handling.PauseEnded, 22, 41, Strand.PAUSES),
    Kind(handling.StageEntered, 30, 45, Strand.STAGES),
    Kind(handling.StageCompleted, 31, 45, Strand.STAGES),
    Kind(handling.MemberRequested, 32, 50, Strand.OTHERS),
    Kind(handling.MemberReplied, 33, 50, Strand.OTHERS),
    Kind(handling.HearingRequested, 34, 50, Strand.OTHERS),
    Kind(handling.HearingHeld, 35, 50, Strand.OTHERS),
    Kind(handling.DecisionMade, 36, 60, Strand.FILING),
    Kind(filing.Withdrawn, 9, 65, Strand.FILING),
    Kind(filing.Closed, 10, 70, Strand.FILING),
    Kind(filing.Reopened, 11, 70, Strand.FILING),
    Kind(handling.CertificateReady, 37, 75, Strand.DELIVERY),
    Kind(handling.CertificateIssued, 38, 75, Strand.DELIVERY),
    Kind(handling.ResultDelivered, 39, 75, Strand.DELIVERY),
    Kind(handling.ResultPublished, 40, 75, Strand.DELIVERY),
    Kind(money.FeeAssessed, 50, 80, Strand.MONEY),
    Kind(money.FeeWaived, 51, 80, Strand.MONEY),
    Kind(money.FeePaid, 52, 80, Strand.MONEY),
    Kind(money.FeeReversed, 53, 80, Strand.MONEY),
    Kind(money.FeeRefunded, 54, 80, Strand.MONEY),
    Kind(money.ReceiptIssued, 55, 80, Strand.MONEY),
    Kind(money.DepositMade, 56, 80, Strand.MONEY),
    Kind(voices.AgentEngaged, 60, 85, Strand.OTHERS),
    Kind(voices.ReviewSubmitted, 61, 85, Strand.OTHERS),
    Kind(voices.ComplaintOpened, 62, 86, Strand.OTHERS),
    Kind(voices.ComplaintAccepted, 63, 87, Strand.OTHERS),
    Kind(voices.ComplaintRegistered, 64, 88, Strand.OTHERS),
    Kind(voices.ComplaintSubmitted, 65, 89, Strand.OTHERS),
    Kind(voices.ComplaintHandled, 66, 90, Strand.OTHERS),
    Kind(voices.ComplaintAnswered, 67, 91, Strand.OTHERS),
    Kind(voices.ComplaintArchived, 68, 92, Strand.OTHERS),
    Kind(alerts.AlertIssued, 70, 95, Strand.ALERTS),
    Kind(alerts.AlertDelivered, 71, 95, Strand.ALERTS),
    Kind(alerts.AlertAcknowledged, 72, 95, Strand.ALERTS),
    Kind(alerts.AlertReplied, 73, 95, Strand.ALERTS),
    Kind(alerts.AlertAppealed, 74, 95, Strand.ALERTS),
    Kind(alerts.AlertDecided, 75, 95, Strand.ALERTS),
    Kind(alerts.AlertRectified, 76, 95, Strand.ALERTS),
    Kind(data.EventCorrected, 80, 98, Strand.DATA),
    Kind(data.EventVoided, 81, 98, Strand.DATA),
    Kind(data.Heartbeat, 90, 0, Strand.OTHERS, has_case=False),
    Kind(data.Outage, 91, 0, Strand.OTHERS, has_case=False),
    Kind(data.Tick, 92, 0, Strand.OTHERS, has_case=False),
    Kind(editions.ItemPublished, 100, 0, Strand.OTHERS, has_case=False),
    Kind(editions.FeeItemPublished, 101, 0, Strand.OTHERS, has_case=False),
    Kind(editions.CalendarPublished, 102, 0, Strand.OTHERS, has_case=False),
    Kind(editions.RosterPublished, 103, 0, Strand.OTHERS, has_case=False),
    Kind(editions.PowerPublished, 104, 0, Strand.OTHERS, has_case=False),
    Kind(editions.EditionActivated, 105, 0, Strand.OTHERS, has_case=False),
    Kind(second.CardMoved, 110, 0, Strand.ALERTS, has_case=False),
    Kind(second.OrgReported, 111, 0, Strand.OTHERS, has_case=False),
)


def type_name(of: type[Event]) -> str:
    """Return the ``event_type`` of a struct."""
    return str(of.__struct_config__.tag)


BY_NAME: dict[str, Kind] = {type_name(kind.of): kind for kind in KINDS}
BY_STRUCT: dict[type[Event], Kind] = {kind.of: kind for kind in KINDS}
BY_NUMBER: dict[int, Kind] = {kind.number: kind for kind in KINDS}
ANY_EVENT: Any = Union[tuple(kind.of for kind in KINDS)]  # noqa: UP007 - made from the registry, not written out
"""Type handed to the decoders: every registered struct."""
