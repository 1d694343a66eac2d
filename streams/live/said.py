"""What came of a batch: what is to be appended to the log, and what is to be remembered."""

from collections import Counter
from dataclasses import dataclass, field

import msgspec

from rules.engine.cards import Transition
from rules.events.envelope import Event


class Aside(msgspec.Struct, frozen=True):
    """A record that cannot be read (隔离): where it stood, why, which field, of which case, its bytes as they came."""

    offset: int
    stamp: int
    key: bytes | None
    value: bytes
    reason: str
    field: str
    case_id: str


class Forward(msgspec.Struct, frozen=True):
    """A record that belongs to another partition of its topic, or a copy for it: the header says. Its stamp stays."""

    partition: int
    stamp: int
    key: bytes | None
    value: bytes
    header: tuple[str, bytes]


class Word(msgspec.Struct, frozen=True):
    """What the first tier tells the second about an agency; without an agency it is for all. ``at``: when it knew."""

    org: str | None
    event: Event
    at: int


class Remembered(msgspec.Struct, frozen=True):
    """A value of the state topic; None forgets the key."""

    key: bytes
    value: bytes | None


@dataclass(slots=True)
class Said:
    """What came of a batch, in the order in which it must be made durable: first what was said, then ``states``.

    ``mark``: how far time has come here, where the second tier is to be told; it goes behind the words.
    ``orgs_before`` has for every transition the agency its card was about before.
    ``counts``: records by what became of them: folded, duplicate, quarantined, forwarded, relayed, tick.
    """

    transitions: list[Transition] = field(default_factory=list)
    orgs_before: list[str | None] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    mark: int | None = None
    forwards: list[Forward] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    states: list[Remembered] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
