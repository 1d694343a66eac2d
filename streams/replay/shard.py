"""One shard of a log: its records taken, put in the order in which they were reported, judged.

A record that cannot be read breaks its case before anything is judged: what was never reported of such a case is not
known, whenever the record came. So neither the place of the record nor the number of shards shows in what is said.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from hashlib import sha256
from operator import attrgetter

import msgspec

from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.cards import Transition
from rules.engine.engine import Engine, file_event
from rules.engine.tiers import case_tier
from rules.events.alerts import Alert
from rules.events.data import Heartbeat, Outage
from rules.events.decode import Unplaceable, decode
from rules.events.envelope import Event
from rules.events.instants import DAY, instant_of
from rules.events.kinds import BY_STRUCT
from rules.events.second import CardMoved, OrgReported
from rules.registry import CASE_RULES
from rules.verdicts import NEVER
from sinks.clickhouse.rows import Place
from sinks.clickhouse.stored import CaseState
from streams.replay.masking import fields_of, masked, masked_bytes, masked_text, record_of
from streams.replay.states import state_of
from streams.sources.item import Bad, placed

OTHERS = frozenset({CardMoved, OrgReported})
"""What the tiers tell each other is never read from a source: it would be hearsay."""
AFTER = "晚于截止时刻"
LEFT_OUT = "映射滤除"
IN_FUTURE = "事件时间在将来"
"""The log is the clock: a record of 2099 would run every timer. When it was read is left out: it says nothing new."""
BEFORE_ALL = "事件时间早于 1900 年"
EARLIEST = -25_567 * DAY
"""1900-01-01: what is stamped before is a default of some program (year 1, day 0), not a time."""
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

    def event_of(self, record: bytes) -> tuple[Filed[Event], bytes]:
        """Return the event of a canonical record in its place, and the record as it may be stored; or Unplaceable."""
        try:
            if not record.isascii():
                record.decode()
            filed = file_event(self.catalog, decode(record))
        except UnicodeDecodeError as err:
            raise Unplaceable(f"不是 UTF-8：第 {err.start + 1} 字节") from None
        except (Unplaceable, ValueError, OverflowError, RecursionError):
            return self._salvaged(record)
        return self._salvaged(record) if filed.reported < EARLIEST else self.fit(filed, record)

    def fit(self, filed: Filed[Event], record: bytes) -> tuple[Filed[Event], bytes]:
        """Return an event with its record, masked; Unplaceable where it can have no place here."""
        event = filed.event
        latest = self.latest
        if latest is not None and (filed.at > latest or filed.reported > latest):
            raise Unplaceable(IN_FUTURE, "occurred_at" if filed.at > latest else "reported_at")
        if filed.at < EARLIEST or filed.reported < EARLIEST:
            raise Unplaceable(BEFORE_ALL, "occurred_at" if filed.at < EARLIEST else "reported_at")
        if not event.case_id:
            _need_place(event)
        elif type(event) in OTHERS:
            raise Unplaceable("级间事件不从来源读取", "event_type")
        clean = masked(record, event)
        if clean is not record:
            filed = file_event(self.catalog, decode(clean))
        return filed, clean

    def _salvaged(self, record: bytes) -> tuple[Filed[Event], bytes]:
        """Return the event of a record some of whose times cannot be read; without a time of its report if need be."""
        event = placed(record, None)
        stamp = decode(record).reported_at
        if stamp is not None and (event.reported_at is None or instant_of(stamp) < EARLIEST):
            record = _without_report(record)
            event = decode(record)
        try:
            filed = file_event(self.catalog, event)
        except (ValueError, OverflowError):
            raise Unplaceable(BEFORE_ALL, "occurred_at") from None
        return self.fit(filed, record)

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

    def judge(self, until: int, states: Callable[[CaseState], None] | None = None, told: Told | None = None) -> Judged:
        """Judge what was taken, let time pass until an instant, and return what became of it."""
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


def _need_place(event: Event) -> None:
    """Refuse an event that needs a case and has none; a word about an agency's own card needs the agency."""
    if not BY_STRUCT[type(event)].has_case:
        if type(event) in OTHERS:
            raise Unplaceable("级间事件不从来源读取", "event_type")
        return
    if not isinstance(event, Alert) or not event.card_id:
        raise Unplaceable("缺失", "case_id")
    if not event.org_code:
        raise Unplaceable("缺失：没有办件编号的督办事件须写明部门", "org_code")


def _without_report(record: bytes) -> bytes:
    """Return the record without the time of its report, which could not be read; it says so itself then."""
    fields = fields_of(record)
    said = fields.get("defects")
    stamp = fields.pop("reported_at")
    fields["defects"] = [*(said if isinstance(said, list) else ()), f"reported_at: 读不出: {stamp!r:.60}"]
    return record_of(fields)
