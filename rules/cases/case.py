"""The facts of a case (办件): what its events come to."""

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, cast

import msgspec

from rules.cases.filed import Filed
from rules.events import filing, handling, money
from rules.events.alerts import Alert, AlertIssued
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


class Stage(msgspec.Struct, eq=False):
    """One passage through a stage (环节): ``key`` is ``code#occurrence``.

    ``ended`` is the instant the source gives as its end (else when the event happened).
    """

    code: str
    occurrence: int
    key: str
    entered: Filed[handling.StageEntered] | None = None
    completed: Filed[handling.StageCompleted] | None = None
    started: int | None = None
    ended: int | None = None

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


class Case(msgspec.Struct, eq=False):
    """The facts of a case: what is empty was not reported. A struct, because many are made."""

    case_id: str
    task_code: str | None = None
    task_version: int | None = None
    task_type: str | None = None
    filed_with: str | None = None
    transferred_to: str | None = None
    named: bool = False
    """Whether acceptance or application names the matter."""
    named_by: Filed[Event] | None = None
    """The first event that names a matter: it speaks where application and acceptance do not."""
    region_code: str | None = None
    source: str | None = None
    handling_mode: HandlingMode | None = None
    submitted: Filed[filing.Submitted] | None = None
    answers: tuple[Filed[Event], ...] = ()
    """补正告知、补正收到、不予受理, in order."""
    not_accepted: Filed[filing.NotAccepted] | None = None
    accepted: Filed[filing.Accepted] | None = None
    forwarded: Filed[filing.Forwarded] | None = None
    decided: Filed[handling.DecisionMade] | None = None
    withdrawn: Filed[filing.Withdrawn] | None = None
    closed: Filed[filing.Closed] | None = None
    reopened: Filed[filing.Reopened] | None = None
    delivered: Filed[Event] | None = None
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Filed[handling.ExtensionGranted], ...] = ()
    stages: dict[str, Stage] = {}
    stages_by_code: dict[str, list[Stage]] = {}
    assessed: dict[str, Filed[money.FeeAssessed]] = NONE
    waivers: tuple[Filed[money.FeeWaived], ...] = ()
    charges: dict[str, Charge] = NONE
    alerts: dict[str, list[Filed[Alert]]] = NONE
    issued: tuple[Filed[AlertIssued], ...] = ()
    audited: bool = False
    """Something was reported late, or the case was once closed: how it was reported is looked at."""
    late: tuple[Filed[Event], ...] = ()
    tampering: Sequence[Tampering] = ()
    clocks: dict[str, Any] = {}
    """Clocks already computed; emptied when a fact they rest on changes."""
    touched: str = ""
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
