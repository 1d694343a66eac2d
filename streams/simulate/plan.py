"""The plan of a case (办件计划): everything that will happen to it, before anyone reports it.

Built lawful by ``skeleton``, bent by a plant, told by ``telling``; the answer key is reckoned from it.
"""

from dataclasses import dataclass, field
from typing import Any

from rules.catalog.models.matters import StageDef
from rules.events.words import PauseKind, Result
from streams.simulate.desk import Desk
from streams.simulate.moments import Moment
from streams.simulate.terms import Terms


@dataclass(slots=True)
class Passage:
    """One passage through a stage: when entered, when ended (None: still open), by whom, how."""

    stage: StageDef
    entered: Moment
    ended: Moment | None
    operator: str | None
    occurrence: int = 1
    result: str = "passed"
    extra: dict[str, Any] = field(default_factory=dict)
    """Further fields of its end."""

    @property
    def key(self) -> str:
        """Return ``code#occurrence``, the subject of cards about it."""
        return f"{self.stage.code}#{self.occurrence}"


@dataclass(slots=True)
class Halt:
    """A suspension: ``limit`` in working days where one was declared, ``ended`` None while it lasts."""

    kind: PauseKind
    started: Moment
    ended: Moment | None
    limit: int | None = None
    told: bool | None = True


@dataclass(slots=True)
class Postponed:
    """An extension of so many working days; without approver or the reason told it is invalid."""

    requested: Moment
    granted: Moment
    days: int
    approver: str | None
    told: bool = True


@dataclass(slots=True)
class Notice:
    """A notice of what is missing, and when the applicant brought it (None: never)."""

    notified: Moment
    received: Moment | None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Word:
    """Something else that is reported: type, moment, fields. ``tag`` makes its event id."""

    tag: str
    kind: str
    at: Moment
    fields: dict[str, Any]


@dataclass(slots=True, eq=False)
class Plan:
    """A case from application to close. ``serial`` begins the ids of its events.

    ``held_back`` gives the moment at which a record (by tag) comes in, where that is not left to the source.
    ``missing`` names records (by tag) that are never sent.
    """

    desk: Desk
    terms: Terms
    serial: str
    case_id: str
    submitted: Moment
    online: bool
    attributes: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    accepted: Moment | None = None
    refused: Moment | None = None
    passages: list[Passage] = field(default_factory=list)
    halts: list[Halt] = field(default_factory=list)
    postponed: list[Postponed] = field(default_factory=list)
    decided: Moment | None = None
    withdrawn: Moment | None = None
    closed: Moment | None = None
    result: Result = Result.GRANTED
    slip: int | None = None
    """The due date (ordinal) printed on the slip."""

    words: list[Word] = field(default_factory=list)
    held_back: dict[str, Moment] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Fields added to records, by tag; None takes a field away."""

    again: list[tuple[str, Moment, dict[str, Any]]] = field(default_factory=list)
    """Records sent once more: tag, moment it comes in, what differs."""

    spoilt: set[str] = field(default_factory=set)
    """Records (by tag) that come in unreadable."""

    broken: bool = False
    """Whether a record of it comes in unreadable: then nothing may be said of what never happened."""

    heard: dict[str, Moment] = field(default_factory=dict)
    """When each record came in, by tag; what came in after the end of the feed is not here."""

    def event_id(self, tag: str) -> str:
        """Return the id of the event of a tag."""
        return f"{self.serial}-{tag}"

    def say(self, tag: str, kind: str, at: Moment, **fields: Any) -> None:
        """Add a word; a field that is None is not said."""
        self.words.append(Word(tag, kind, at, {name: value for name, value in fields.items() if value is not None}))
