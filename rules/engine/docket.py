"""The engine's record of one case or agency (案卷)."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from rules.cases.case import NONE, Tampering
from rules.cases.filed import Filed, Key
from rules.cases.log import Held
from rules.engine.cards import Card
from rules.events.alerts import Alert
from rules.events.envelope import Event
from rules.events.kinds import Strand
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import NEVER, Breach

CardKey = tuple[int, str]
"""Number of the rule and subject: what tells the cards of one docket apart."""


class Facts(Protocol):
    """What the engine needs of facts, whosever they are."""

    alerts: dict[str, list[Filed[Alert]]]
    clocks: dict[str, Any]
    touched: str
    tampering: Sequence[Tampering]


F = TypeVar("F", bound=Facts)
_STRANDS = len(Strand)
NO_TARGETS: frozenset[str] = frozenset()


class Docket(Generic[F]):
    """Log, facts, verdicts, cards and next review of one case (or agency).

    ``held`` is the log: all that was received, by event id. ``verdicts`` keeps breaches only, past and to come.
    ``excused`` keeps what was said before a late exculpation, with the level it had; ``contested``: one of those in the
    log came after something had been said, so any event may yet put a card under review. ``plain``: nothing in the log
    speaks of another event. ``broken``: a record of this case is in quarantine.
    """

    __slots__ = (
        "broken",
        "cards",
        "contested",
        "excused",
        "excuses",
        "facts",
        "first_day",
        "had",
        "held",
        "key",
        "last",
        "latest",
        "law",
        "next_change",
        "next_review",
        "pending",
        "plain",
        "restless",
        "spoken",
        "spoken_under",
        "targets",
        "verdicts",
    )

    def __init__(self, key: str, facts: F) -> None:
        self.key = key
        self.facts = facts
        self.law: Law | None = None
        self.held: dict[str, Filed[Event] | Held] = {}
        self.last: list[Key | None] = [None] * _STRANDS
        self.latest = 0
        self.first_day = 1 << 40
        self.had = 0
        """Bits of the facts that ever changed: rules about anything else have nothing to be about."""
        self.excuses = False
        self.plain = True
        self.targets: frozenset[str] = NO_TARGETS
        """Ids of which something in the log speaks, whether they were received or not."""
        self.broken = False
        self.verdicts: dict[CardKey, Breach] = {}
        self.pending: dict[CardKey, int] = {}
        """What need not be asked before an instant: rule and subject."""
        self.restless = False
        """What is put off has changed since the next review was set."""
        self.cards: dict[CardKey, Card] = NONE
        self.contested = False
        self.excused: dict[CardKey, tuple[Level, Breach]] = NONE
        self.spoken: dict[int, dict[CardKey, Level]] = NONE
        """What had been said when something excusing arrived, by that instant, until something earlier is reported."""
        self.spoken_under = -1
        """Under which knowledge of the sources that was found; below zero: not found yet."""
        self.next_review = NEVER
        self.next_change = NEVER
        """When what may be said of the breaches changes next; what is put off comes on top."""

    def put(self, key: CardKey, card: Card) -> None:
        """Put a card into the docket."""
        if not self.cards:
            self.cards = {}
        self.cards[key] = card

    def speaks_of(self, number: int) -> bool:
        """Return whether a rule has found anything here or put anything off."""
        return any(key[0] == number for key in self.verdicts) or any(key[0] == number for key in self.pending)

    def all_held(self) -> list[Held]:
        """Return the whole log, what was received under each id."""
        return [held if isinstance(held, list) else [held] for held in self.held.values()]
