"""One partition of one tier (分区监察): batches of records in, what they came to out. No I/O, no clock.

What a batch came to is made durable by the caller in the order of ``Said``: what was said before what is remembered,
and both before the offset. After a crash some dockets may therefore be ahead of the position of the partition; their
records are read again, are known to them, and say nothing twice.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Generic

from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.cards import Transition
from rules.engine.docket import F
from rules.engine.stored import restore
from rules.engine.tiers import TierSpec
from rules.events.data import Heartbeat, Outage
from rules.events.envelope import Event
from rules.events.instants import HOUR, instant_of, to_datetime
from streams.live.cold import Cold
from streams.live.liveengine import LiveEngine
from streams.live.said import Remembered, Said
from streams.live.state import (
    COUNTS,
    HEARD,
    OWN,
    PARTITION,
    SCHEMA,
    SOURCE,
    Head,
    Position,
    Sources,
    docket_value,
    head_of,
    heard_of,
    heard_value,
    packed_of,
    position_of,
    position_value,
    sources_of,
    sources_value,
)
from streams.log import Record

HOURS_KEPT = 48
"""Hours whose counts stand in the position; older ones are written once, under keys of their own."""


class Partition(ABC, Generic[F]):
    """Partition ``number`` of ``of``. At most ``hot`` dockets are kept unpacked between batches."""

    remembers_all = True
    """Whether all that a batch changed is remembered with it."""

    def __init__(self, tier: TierSpec[F], catalog: Catalog, number: int, of: int, *, hot: int = 20_000) -> None:
        self.number = number
        self.of = of
        self.catalog = catalog
        self.next_offset = 0
        """The offset of the next record to be read."""
        self._counted = 0
        """The offset up to which records have been counted: what is read again after a crash counts once."""
        self.cold = Cold()
        self._transitions: list[Transition] = []
        self.engine: LiveEngine[F] = LiveEngine(tier, catalog, self._transitions.append)
        self._hot_limit = hot
        self._hot: dict[str, int] = {}
        """Unpacked dockets, the least recently touched first, with the offset of the last record each has read."""
        self._sources: dict[str, Sources] = {}
        self.heard: dict[str, int] = {}
        self.marks: dict[int, int] = {}
        """How far each partition of an earlier tier has come, microseconds; of the first tier none."""
        self._total: Counter[str] = Counter()
        self._hours: dict[int, Counter[str]] = {}
        self._said = Said()
        self._changed: dict[bytes, bytes] = {}
        self._at = 0

    @property
    def now(self) -> int:
        """Return the greatest stamp read, microseconds."""
        return self.engine.now

    @property
    def fired(self) -> int:
        """Return how many reviews fired because their time had come."""
        return self.engine.fired

    @property
    def size(self) -> int:
        """Return the number of dockets."""
        return len(self._hot) + len(self.cold)

    @property
    def total(self) -> Counter[str]:
        """Return what became of all records read so far."""
        return self._total

    # Remembering

    def recover(self, remembered: Iterable[tuple[bytes, bytes | None]]) -> None:
        """Take up what the state topic remembers, in its order; StateSchemaError where it is of another version."""
        position: Position | None = None
        for key, value in remembered:
            if key.startswith(OWN):
                if value is not None:
                    position = self._recover_own(key, value) or position
            elif value is None:
                self.cold.take(key.decode())
            else:
                self.cold.put(key.decode(), value)
        if position is not None:
            self.next_offset = position.next_offset
            self._counted = position.counted
            self.marks = dict(position.marks)
            self.engine.now = position.now
            self._total = Counter(position.total)
            self._hours = {hour: Counter(counts) for hour, counts in position.hours.items()}
        for docket in [docket for docket in self.cold if head_of(docket.value).waiting]:
            self._thaw(docket.key)

    def _recover_own(self, key: bytes, value: bytes) -> Position | None:
        if key == PARTITION:
            return position_of(value)
        if key == HEARD:
            self.heard = heard_of(value)
        elif key.startswith(SOURCE):
            name = key[len(SOURCE) :].decode()
            self._sources[name] = known = sources_of(value)
            source = name.rpartition("\0")[0]
            for reported in known.beats:
                self.engine.sources.beat(source, reported)
            for start, end, reported in known.outages:
                self.engine.sources.outage(source, start, end, reported)
        return None

    # Judging

    def judge(self, records: Sequence[Record]) -> Said:
        """Judge records of this partition in their order, and return what they came to."""
        said = self._said = Said()
        for record in records:
            if record.offset < self.next_offset:
                continue
            self._at = record.offset
            if record.value is not None:
                self._take(record, record.value)
            else:
                self.count("empty", record.stamp)
            self.next_offset = record.offset + 1
            self._counted = max(self._counted, self.next_offset)
        self._taken()
        said.transitions, said.orgs_before = list(self._transitions), list(self.engine.orgs_before)
        self._transitions.clear()
        self.engine.orgs_before.clear()
        if self._worth_remembering():
            said.states = self.remember()
        return said

    def _taken(self) -> None:
        """Do what is to be done when all records of a batch have been read."""

    def _worth_remembering(self) -> bool:
        """Return whether what changed is remembered after this batch."""
        return True

    def _resume_at(self) -> int:
        """Return the offset from which records are to be read after a restart."""
        return self.next_offset

    @abstractmethod
    def _take(self, record: Record, value: bytes) -> None:
        """Read one record."""

    def next_due(self) -> int:
        """Return the instant of the earliest review, NEVER where none is to come."""
        return min(self.engine.timers.next_due(), self.cold.next_due())

    # For those who read records

    def read(self, key: str, filed: Filed[Event], offset: int) -> None:
        """Read one event of a case (or agency)."""
        engine = self.engine
        if self.cold.first < filed.reported:
            self._thaw_due(filed.reported - 1)
        ahead = False
        at = self._hot.pop(key, None)
        if at is None and key in self.cold:
            self._thaw(key)
            at = self._hot.pop(key)
        if at is not None and at >= offset:
            ahead = True
            offset = at
        known = engine.dockets.get(key)
        held = known.held.get(filed.event.event_id) if known is not None else None
        before = engine.duplicates
        engine.read(key, filed)
        self._hot[key] = offset
        engine.settled[key] = None
        duplicate = engine.duplicates > before
        if ahead and duplicate and isinstance(held, Filed) and held.reported == filed.reported:
            duplicate = False  # read before a crash: it knows itself
        self.count("duplicate" if duplicate else "folded", filed.reported)

    def heartbeat(self, event: Heartbeat | Outage, reported: int) -> None:
        """Read a word of a source about itself."""
        self._thaw_due(reported - 1)
        source = event.data_source or ""
        month = to_datetime(reported).astimezone(UTC).strftime("%Y%m")
        name = f"{source}\0{month}"
        known = self._sources.setdefault(name, Sources([], []))
        if isinstance(event, Heartbeat):
            if reported not in known.beats:
                known.beats.append(reported)
        elif event.started_at is not None and event.ended_at is not None:
            span = (instant_of(event.started_at), instant_of(event.ended_at), reported)
            if span not in known.outages:
                known.outages.append(span)
        self.change(SOURCE + name.encode(), sources_value(known))
        self.engine.heartbeat(event, reported)

    def tick(self, reported: int) -> None:
        """Read a tick, or any record that concerns no case: time passes."""
        self._thaw_due(reported - 1)
        self.engine.tick(reported)

    def mark_broken(self, key: str, offset: int) -> None:
        """Note that a record of this case is in quarantine."""
        at = self._hot.pop(key, None)
        if at is None and key in self.cold:
            self._thaw(key)
            at = self._hot.pop(key)
        self.engine.mark_broken(key)
        self._hot[key] = offset if at is None else max(at, offset)
        self.engine.settled[key] = None

    def hear(self, org: str, day: int) -> bool:
        """Note that an agency was heard of on a date (ordinal); return whether for the first time."""
        if self.heard.get(org, 0) >= day:
            return False
        self.heard[org] = day
        self.change(HEARD, b"")
        return True

    def change(self, key: bytes, value: bytes) -> None:
        """Note a value of the partition's own that is to be remembered."""
        self._changed[key] = value

    def count(self, what: str, stamp: int) -> None:
        """Count the record that is being read by what became of it."""
        if self._at < self._counted:
            return
        self._said.counts[what] += 1
        self._total[what] += 1
        hour = stamp // HOUR
        counts = self._hours.get(hour)
        if counts is None:
            counts = self._hours[hour] = Counter()
        counts[what] += 1

    # Hot and cold

    def _thaw_due(self, through: int) -> None:
        if self.cold.first <= through:
            for key in self.cold.due(through):
                self._thaw(key)

    def _thaw(self, key: str) -> None:
        value = self.cold.take(key)
        if value is None:
            return
        restore(self.engine, key, packed_of(value))
        self._hot[key] = head_of(value).offset

    def remember(self) -> list[Remembered]:
        """Return what has changed since it was last asked: dockets, then the partition's own, its position last."""
        engine = self.engine
        touched = list(engine.settled)
        engine.settled.clear()
        waiting = engine.waiting()
        found: list[Remembered] = []
        for key in touched:
            docket = engine.dockets[key]
            head = Head(docket.next_review, self._hot[key], key in waiting)
            found.append(Remembered(key.encode(), docket_value(engine.packed(docket), head)))
        if HEARD in self._changed:
            self._changed[HEARD] = heard_value(self.heard)
        found += [Remembered(key, value) for key, value in self._changed.items()]
        self._changed.clear()
        found += self._old_hours()
        position = Position(
            schema=SCHEMA,
            next_offset=self._resume_at(),
            counted=self._counted,
            now=engine.now,
            edition=self.catalog.edition,
            total=dict(self._total),
            hours={hour: dict(counts) for hour, counts in self._hours.items()},
            marks=self.marks,
        )
        found.append(Remembered(PARTITION, position_value(position)))
        self._cool(waiting)
        return found

    def _old_hours(self) -> Iterable[Remembered]:
        while len(self._hours) > HOURS_KEPT:
            hour = min(self._hours)
            counts = self._hours.pop(hour)
            yield Remembered(COUNTS + str(hour).encode(), heard_value(dict(counts)))

    def _cool(self, waiting: set[str]) -> None:
        """Pack the least recently touched dockets beyond the limit; those that wait for a source stay."""
        surplus = len(self._hot) - self._hot_limit
        if surplus <= 0:
            return
        engine = self.engine
        for key in [key for key, _ in zip(self._hot, range(surplus), strict=False)]:
            if key in waiting:
                self._hot[key] = self._hot.pop(key)
                continue
            docket = engine.dockets[key]
            head = Head(docket.next_review, self._hot.pop(key), waiting=False)
            self.cold.put(key, docket_value(engine.packed(docket), head))
            engine.let_go(key)
