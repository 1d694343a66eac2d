"""The facts of a case (办件): what its events come to."""

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, cast

import msgspec

from rules.cases.filed import Filed
from rules.events import alerts, filing, handling, money
from rules.events.envelope import Event
from rules.events.words import HandlingMode

NONE: Final = cast("dict[Any, Any]", MappingProxyType({}))
"""What a case has of what most cases have nothing of: one empty table for all, put aside when the first is entered."""


class Pause:
    """A suspension (挂起): its start, and its end where that was reported."""

    __slots__ = ("ended", "started")

    def __init__(self, started: Filed[handling.PauseStarted]) -> None:
        self.started = started
        self.ended: Filed[handling.PauseEnded] | None = None


class Stage:
    """One passage through a stage (环节): ``code#occurrence``.

    ``ended`` is the instant the source gives as its end (else when the event happened), ``ended_day`` its local date.
    """

    __slots__ = ("code", "completed", "ended", "entered", "key", "occurrence", "started")

    def __init__(self, code: str, occurrence: int) -> None:
        self.code = code
        self.occurrence = occurrence
        self.key = f"{code}#{occurrence}"
        self.entered: Filed[handling.StageEntered] | None = None
        self.completed: Filed[handling.StageCompleted] | None = None
        self.started: int | None = None
        self.ended: int | None = None

    @property
    def filed(self) -> "Filed[handling.StageCompleted] | Filed[handling.StageEntered] | None":
        """Return the event that speaks for the stage: its end, else its start."""
        return self.completed or self.entered


class Charge:
    """A payment and what became of it (缴费): keyed by 缴款单号."""

    __slots__ = ("deposits", "key", "paid", "receipt", "refunds", "reversed")

    def __init__(self, key: str) -> None:
        self.key = key
        self.paid: Filed[money.FeePaid] | None = None
        self.reversed: Filed[money.FeeReversed] | None = None
        self.receipt: Filed[money.ReceiptIssued] | None = None
        self.refunds: list[Filed[money.FeeRefunded]] = []
        self.deposits: list[Filed[money.DepositMade]] = []

    def refunded(self) -> Decimal:
        """Return the sum of refunds, yuan."""
        return sum((r.event.amount for r in self.refunds if r.event.amount is not None), Decimal(0))


class Tampering(msgspec.Struct, frozen=True):
    """A later word about an earlier event (更正、作废、改版、冲突): which, by what, with whose approval."""

    by: Filed[Event]
    target: str
    what: str
    fields: tuple[str, ...]
    reasoned: bool


class Case:
    """The facts of a case. Empty slots say that nothing was reported of it."""

    __slots__ = (
        "accepted",
        "alerts",
        "answers",
        "assessed",
        "audited",
        "case_id",
        "charges",
        "clocks",
        "closed",
        "decided",
        "delivered",
        "extensions",
        "filed_with",
        "forwarded",
        "handling_mode",
        "issued",
        "late",
        "named",
        "named_by",
        "not_accepted",
        "operators",
        "pauses",
        "region_code",
        "reopened",
        "source",
        "stages",
        "stages_by_code",
        "submitted",
        "tampering",
        "task_code",
        "task_type",
        "task_version",
        "touched",
        "transferred_to",
        "waivers",
        "withdrawn",
    )

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        self.task_code: str | None = None
        self.task_version: int | None = None
        self.task_type: str | None = None
        self.filed_with: str | None = None
        self.transferred_to: str | None = None
        self.named = False
        """Whether acceptance or application names the matter."""
        self.named_by: Filed[Event] | None = None
        """The first event that names a matter: it speaks where application and acceptance do not."""
        self.region_code: str | None = None
        self.source: str | None = None
        self.handling_mode: HandlingMode | None = None
        self.submitted: Filed[filing.Submitted] | None = None
        self.answers: tuple[Filed[Event], ...] = ()
        """补正告知、补正收到、不予受理, in order."""
        self.not_accepted: Filed[filing.NotAccepted] | None = None
        self.accepted: Filed[filing.Accepted] | None = None
        self.forwarded: Filed[filing.Forwarded] | None = None
        self.decided: Filed[handling.DecisionMade] | None = None
        self.withdrawn: Filed[filing.Withdrawn] | None = None
        self.closed: Filed[filing.Closed] | None = None
        self.reopened: Filed[filing.Reopened] | None = None
        self.delivered: Filed[Event] | None = None
        self.pauses: tuple[Pause, ...] = ()
        self.extensions: tuple[Filed[handling.ExtensionGranted], ...] = ()
        self.stages: dict[str, Stage] = {}
        self.stages_by_code: dict[str, list[Stage]] = {}
        self.assessed: dict[str, Filed[money.FeeAssessed]] = NONE
        self.waivers: tuple[Filed[money.FeeWaived], ...] = ()
        self.charges: dict[str, Charge] = NONE
        self.alerts: dict[str, list[Filed[alerts.Alert]]] = NONE
        self.issued: tuple[Filed[alerts.AlertIssued], ...] = ()
        self.audited = False
        """Something was reported late, or the case was once closed: how it was reported is looked at."""
        self.late: tuple[Filed[Event], ...] = ()
        self.tampering: Sequence[Tampering] = ()
        self.clocks: dict[str, Any] = {}
        """Clocks already computed; emptied when a fact they rest on changes."""
        self.touched: str = ""
        """Key of the stage or charge the last fold touched: rules about many are asked about this one only."""

    @property
    def org_code(self) -> str | None:
        """Return the agency responsible: the one it was moved to, else the one it was filed with."""
        return self.transferred_to or self.filed_with

    @property
    def finished(self) -> "Filed[filing.Closed] | Filed[filing.Withdrawn] | None":
        """Return what ended the case: its close, else the applicant's withdrawal."""
        closed, withdrawn = self.closed, self.withdrawn
        if closed is None or (withdrawn is not None and withdrawn.key < closed.key):
            return withdrawn
        return closed
