"""What is read back from the store, typed. Instants are whole microseconds since 1970, days are ordinals."""

from collections.abc import Mapping

import msgspec

from rules.engine.cards import Card, State, Transition
from rules.events.decode import decode
from rules.events.envelope import Event
from rules.events.words import Level


class SourceRead(msgspec.Struct, frozen=True):
    """A file a run read: how it was named, its key in the event table, SHA-256 of its bytes, their number."""

    name: str
    key: str
    digest: str
    size: int


class Counts(msgspec.Struct, frozen=True):
    """What became of the records read: read = folded + duplicate + quarantined + filtered."""

    read: int = 0
    folded: int = 0
    duplicate: int = 0
    quarantined: int = 0
    filtered: int = 0

    def reconciles(self) -> bool:
        """Return whether every record read ended somewhere."""
        return self.read == self.folded + self.duplicate + self.quarantined + self.filtered


class Run(msgspec.Struct, frozen=True):
    """A run (运行): what was judged, by which editions, as of when.

    ``run`` is a digest of all that decides the outcome. ``catalog`` is the directory or name the catalogue was loaded
    from, ``edition`` what it was; ``rules`` names the rules with their versions. ``profile`` is the one forced on every
    case, empty where the catalogue decided. ``now`` is the instant the cards stand at. ``filtered`` counts by reason.
    ``defective`` events folded without a field that could not be read. ``events`` records are in the archive and
    ``events_digest`` is the digest of their set. ``versions`` are those of the program and of what it ran on;
    ``recorded_at`` is the wall clock.
    """

    run: str
    recorded_at: int
    catalog: str
    edition: str
    rules: Mapping[str, int]
    profile: str
    as_of: int | None
    now: int
    zone: str
    mapping: str
    sources: tuple[SourceRead, ...]
    counts: Counts
    filtered: Mapping[str, int]
    defective: int
    cases: int
    cards: int
    transitions: int
    events: int
    events_digest: str
    versions: Mapping[str, str]


class StoredCard(msgspec.Struct, frozen=True):
    """A card as it stood at the end of a run.

    ``raised_at`` is when it was first said. ``historic``: its condition is older than the agency's go-live, so it is
    shown and neither sent nor scored.
    """

    card: Card
    raised_at: int
    historic: bool


class StoredTransition(msgspec.Struct, frozen=True):
    """A transition, and its place among all transitions of the run, from 1."""

    transition: Transition
    position: int


class StoredEvent(msgspec.Struct, frozen=True):
    """A record in the archive: where it came from, and its canonical JSON as it was judged.

    ``source`` is the key of the file, ``seq`` its place in it. ``digest`` is SHA-256 of ``record``, as stored.
    """

    source: str
    seq: int
    file: str
    line: int | None
    trace: str
    case_id: str
    event_id: str
    event_type: str
    occurred_at: int
    reported_at: int
    org_code: str
    defects: tuple[str, ...]
    digest: bytes
    record: bytes

    @property
    def event(self) -> Event:
        """Return the event; Unplaceable where the record was spoilt."""
        return decode(self.record)


class CaseState(msgspec.Struct, frozen=True):
    """A case at the end of a run. Due dates are None where none is known; ``…_certain``: no calendar is missing.

    ``task_name`` and ``org_name`` are the catalogue's, empty where it knows none. ``standing`` counts cards that
    accuse or are looked into, ``worst`` is their highest level. ``next_review`` is when it is looked at again.
    """

    case_id: str
    task_code: str
    task_name: str
    org_code: str
    org_name: str
    region_code: str
    profile: str
    submitted_at: int | None
    accepted_at: int | None
    decided_at: int | None
    closed_at: int | None
    promise_due: int | None
    promise_certain: bool
    statutory_due: int | None
    statutory_certain: bool
    suspended: bool
    open: bool
    broken: bool
    events: int
    cards: int
    standing: int
    worst: Level | None
    next_review: int | None


class Quarantined(msgspec.Struct, frozen=True):
    """A record put aside: where it stood, which field, why, and its bytes, masked and perhaps cut.

    ``size`` is the length of the original in bytes, ``digest`` its SHA-256. In a live run ``file`` is topic-partition,
    ``position`` the offset there and ``at`` when the log received it (microseconds); a replay knows no such instant.
    """

    position: int
    file: str
    line: int | None
    trace: str
    field: str
    reason: str
    case_id: str
    size: int
    digest: str
    record: bytes
    at: int | None = None


class CardFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which cards; every part given must hold. ``since`` and ``until`` (exclusive) bound ``condition_at``.

    ``standing``: only cards that accuse or are looked into.
    """

    rules: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    states: tuple[State, ...] = ()
    org: str | None = None
    task: str | None = None
    case: str | None = None
    since: int | None = None
    until: int | None = None
    standing: bool = False


class CaseFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases; every part given must hold. ``due_from`` to ``due_until`` holds the earlier due date."""

    org: str | None = None
    task: str | None = None
    open: bool | None = None
    due_from: int | None = None
    due_until: int | None = None
