"""One shard of a log: its records taken, put in the order in which they were reported, judged.

A record that cannot be read breaks its case before anything is judged: what was never reported of such a case is not
known, whenever the record came. So neither the place of the record nor the number of shards shows in what is said.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from hashlib import sha256
from operator import attrgetter

import msgspec

from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.cards import Transition
from rules.engine.engine import Engine
from rules.engine.tiers import case_tier
from rules.events.alerts import Alert
from rules.events.data import Heartbeat, Outage
from rules.events.envelope import Event
from rules.events.kinds import BY_STRUCT
from rules.law import Law
from rules.registry import CASE_RULES
from rules.verdicts import NEVER
from sinks.clickhouse.rows import Place
from sinks.clickhouse.stored import CaseState
from streams.replay.masking import masked_bytes, masked_text
from streams.replay.placing import Placing
from streams.replay.states import state_of
from streams.sources.item import Bad

AFTER = "晚于截止时刻"
LEFT_OUT = "映射滤除"
DIGEST_BITS = 256
REPORT_EVERY = 4096

Keep = Callable[[Filed[Event], Place, bytes, bytes], None]
"""Told of each record that is judged: the event, where it stood, its digest, its bytes as they are to be stored."""
Told = Callable[[int, int], None]
"""Told how many of how many have been judged."""


class Aside(msgspec.Struct, frozen=True):
    """A record put aside, masked: which of the inputs it stood in, its place there, and why."""

    input: int
    seq: int
    bad: Bad


class Heard(msgspec.Struct, frozen=True):
    """The first record of an agency on a local date: when it was reported, of which case, and which it was."""

    reported: int
    case_id: str
    event_id: str
    region: str | None

    @property
    def order(self) -> tuple[int, str, str]:
        """Return what comes first: of records reported at one instant, the one with the lesser ids."""
        return self.reported, self.case_id, self.event_id


class Reading(msgspec.Struct, frozen=True):
    """What was read: the greatest ``reported_at`` (None: no record), and what was put aside."""

    latest: int | None
    aside: tuple[Aside, ...]


class Judged(msgspec.Struct, frozen=True):
    """What became of a shard. Of records that belong to no case only the first shard tells."""

    counts: Mapping[str, int]
    filtered: Mapping[str, int]
    aside: tuple[Aside, ...]
    transitions: tuple[Transition, ...]
    heard: Mapping[tuple[str, int], Heard]
    caseless: tuple[Filed[Event], ...]
    defective: int
    cases: int
    open_cases: int
    records: int
    digest: int


class Stopped(Exception):
    """A record that cannot be read, where none is tolerated. The caller stops, and says which was the first."""

    def __init__(self, aside: Aside) -> None:
        super().__init__(str(aside.bad.where))
        self.aside = aside


class Shard:
    """Takes records, then judges them. ``number`` of ``of`` shards; the first owns what belongs to no case.

    What was reported after ``as_of`` is left out, what happened or was reported after ``latest`` is put aside; with
    ``strict`` nothing is put aside but Stopped raised.
    """

    def __init__(
        self,
        catalog: Catalog,
        *,
        number: int = 0,
        of: int = 1,
        as_of: int | None = None,
        latest: int | None = None,
        strict: bool = False,
    ) -> None:
        self.catalog = catalog
        self.number = number
        self.of = of
        self.as_of = as_of
        self.latest = latest
        self.placing = Placing(catalog, latest)
        self.strict = strict
        self.read = 0
        self.keep: Keep | None = None
        self._aside: list[Aside] = []
        self._broken: set[str] = set()
        self._filtered: Counter[str] = Counter()
        self._taken: list[Filed[Event]] = []
        self._caseless: list[Filed[Event]] = []
        self._in_order = True
        self._last: int = -NEVER
        self._heard: dict[tuple[str, int], Heard] = {}
        self._seen: dict[str, Event] = {}
        self._counts: Counter[str] = Counter()
        self._defective = 0
        self._records = 0
        self._digest = 0
        self._day_of = catalog.days.day_of

    # Taking

    def take(self, filed: Filed[Event], place: Place, record: bytes) -> None:
        """Take an event that is this shard's, or every shard's."""
        event = filed.event
        case = event.case_id if BY_STRUCT[type(event)].has_case else None
        owned = bool(case) or self.number == 0
        self.read += owned
        reported = filed.reported
        if self.as_of is not None and reported > self.as_of:
            self._filtered[AFTER] += owned
            return
        if reported < self._last:
            self._in_order = False
        else:
            self._last = reported
        self._taken.append(filed)
        if not owned:
            return
        digest = sha256(record).digest()
        self._records += 1
        self._digest += int.from_bytes(digest, "big")
        if self.keep is not None:
            self.keep(filed, place, digest, record)
        if event.defects:
            self._defective += 1
        if not case:
            self._caseless_one(filed)
        if event.org_code is not None and not isinstance(event, Alert):
            self._hear(filed, event.org_code)

    def put_aside(self, found: Bad, number: int, seq: int) -> None:
        """Put aside a record that cannot be read; what may not be stored of it is masked."""
        self.read += 1
        if self.strict:
            raise Stopped(Aside(number, seq, found))
        known = found.case_id or ""
        clean = msgspec.structs.replace(
            found,
            raw=masked_bytes(found.raw, known),
            reason=masked_text(found.reason, known),
            digest=found.digest or sha256(found.raw).hexdigest(),
        )
        self._aside.append(Aside(number, seq, clean))
        if known:
            self._broken.add(known)

    def break_case(self, case_id: str) -> None:
        """Note that a record of a case was put aside in an earlier run."""
        self._broken.add(case_id)

    def leave_out(self, reason: str) -> None:
        """Count a record that is not to be judged."""
        self.read += 1
        self._filtered[reason] += 1

    def reading(self) -> Reading:
        """Return what was read so far."""
        return Reading(self._last if self._taken else None, tuple(self._aside))

    def _caseless_one(self, filed: Filed[Event]) -> None:
        event = filed.event
        known = self._seen.setdefault(event.event_id, event)
        again = known is not event and msgspec.structs.replace(known, reported_at=event.reported_at) == event
        self._counts["duplicate" if again else "folded"] += 1
        self._caseless.append(filed)

    def _hear(self, filed: Filed[Event], org: str) -> None:
        """Note the first record of an agency on a date; of equals the one with the lesser ids."""
        key = (org, self._day_of(filed.reported))
        known = self._heard.get(key)
        if known is None or filed.reported <= known.reported:
            event = filed.event
            new = Heard(filed.reported, event.case_id or "", event.event_id, event.region_code)
            if known is None or new.order < known.order:
                self._heard[key] = new

    # Judging

    def judge(
        self,
        until: int,
        states: Callable[[CaseState], None] | None = None,
        told: Told | None = None,
        parts: Callable[[Case, Law], None] | None = None,
    ) -> Judged:
        """Judge what was taken, let time pass until an instant, and return what became of it.

        ``states`` is told of each case how it stands, ``parts`` of what it consists and by which law.
        """
        said: list[Transition] = []
        engine = Engine(case_tier(CASE_RULES), self.catalog, said.append)
        for case in sorted(self._broken):
            engine.mark_broken(case)
        if not self._in_order:
            self._taken.sort(key=attrgetter("reported"))
        for at, filed in enumerate(self._taken):
            event = filed.event
            if told is not None and not at % REPORT_EVERY:
                told(at, len(self._taken))
            if isinstance(event, Heartbeat | Outage):
                engine.heartbeat(event, filed.reported)
            elif event.case_id and BY_STRUCT[type(event)].has_case:
                engine.read(event.case_id, filed)
            else:
                engine.tick(filed.reported)
        engine.advance(until)
        cases = open_cases = 0
        for docket in engine.dockets.values():
            if docket.law is None:
                continue
            cases += 1
            open_cases += docket.facts.finished is None
            if states is not None:
                states(state_of(docket, docket.law))
            if parts is not None:
                parts(docket.facts, docket.law)
        return Judged(
            counts=self._counts + engine.counts,
            filtered=dict(self._filtered),
            aside=tuple(self._aside),
            transitions=tuple(said),
            heard=self._heard,
            caseless=tuple(self._caseless),
            defective=self._defective,
            cases=cases,
            open_cases=open_cases,
            records=self._records,
            digest=self._digest % (1 << DIGEST_BITS),
        )
