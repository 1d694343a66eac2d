"""The first tier of a partition: records of the events topic, each of a case, of a source, or a tick."""

from collections.abc import Callable, Sequence

from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.tiers import case_tier
from rules.events.alerts import Alert
from rules.events.data import Heartbeat, Outage
from rules.events.decode import Unplaceable
from rules.events.envelope import Event
from rules.events.kinds import BY_STRUCT
from rules.registry import CASE_RULES
from streams.live.partition import Partition
from streams.live.reading import Reader
from streams.live.said import Aside, Forward, Said, Word
from streams.live.wire import FORWARDED, RELAYED, TICK, UNREADABLE
from streams.log import Record, partition_of
from streams.replay.shards import case_in
from streams.sources.item import case_of
from streams.telling import Teller, orgs_of_sources

TELLS_ALL = 0
"""The partition that tells the second tier what sources say of themselves: each such record reaches every partition."""
LONGEST = 1 << 20
"""Bytes of an event; what is longer is none."""


class CasePartition(Partition[Case]):
    """Partition ``number`` of ``of`` of the events topic. ``sim`` gives the instant a stamp stands for."""

    def __init__(
        self, catalog: Catalog, topic: str, number: int, of: int, *, sim: Callable[[int], int], hot: int = 20_000
    ) -> None:
        super().__init__(case_tier(CASE_RULES), catalog, number, of, hot=hot)
        self._topic = topic
        self._sim = sim
        self._reader = Reader(catalog)
        self._day_of = catalog.days.day_of
        self._tell = Teller(catalog)
        self._mark = False
        self.heard_from: dict[str, tuple[int, int]] = {}
        """Of each source the stamp of its last record, and how long after the fact that came; microseconds."""
        self._of_source = orgs_of_sources(catalog)

    def judge(self, records: Sequence[Record]) -> Said:
        """Judge records in their order; what becomes of cards is told to the second tier as well."""
        said = super().judge(records)
        for transition, before in zip(said.transitions, said.orgs_before, strict=True):
            at = transition.card.known_at
            said.words += [Word(org, event, at) for org, event in self._tell.moves(transition.card, before)]
        if said.words or self._mark:
            said.mark = self.now
            self._mark = False
        return said

    def _take(self, record: Record, value: bytes) -> None:
        stamp = self._sim(record.stamp)
        if value.startswith(TICK):
            self.tick(stamp)
            self.count("tick", stamp)
            self._mark = True
            return
        try:
            if record.headers:
                _refuse_unreadable(record)
            if not 0 < len(value) <= LONGEST:
                raise Unplaceable(f"记录过长：{len(value):,} 字节" if value else "记录为空")  # noqa: TRY301 - refused like any other
            filed, _ = self._reader.read(value, stamp)
        except Unplaceable as err:
            self._put_aside(record, value, stamp, err)
            return
        event = filed.event
        source = event.data_source
        if source is not None:
            self.heard_from[source] = (stamp, stamp - filed.at)
        case = event.case_id
        if not case or not BY_STRUCT[type(event)].has_case:
            self._of_no_case(record, value, filed)
        else:
            key = case.encode()
            if not self._is_at_home(case) and (place := partition_of(key, self.of)) != self.number:
                self._forward(record, value, place, key, stamp)
                return
            self.read(case, filed, record.offset)
        if event.org_code is not None and not isinstance(event, Alert):
            self._hear(filed, event.org_code)

    def _is_at_home(self, case: str) -> bool:
        """Return whether a case is known here; a key alone says little, for not every producer parts keys as we do."""
        return case in self.engine.dockets or case in self.cold

    def _of_no_case(self, record: Record, value: bytes, filed: Filed[Event]) -> None:
        event = filed.event
        if not isinstance(event, Heartbeat | Outage):
            if isinstance(event, Alert):
                self._said.words.append(Word(event.org_code, event, filed.reported))
            self.tick(filed.reported)
            self.count("folded", filed.reported)
            return
        relayed = any(name == RELAYED for name, _ in record.headers)
        if not relayed:
            for number in range(self.of):
                if number != self.number:
                    self._said.forwards.append(Forward(number, record.stamp, record.key, value, (RELAYED, b"1")))
        if self.number == TELLS_ALL:
            self._said.words.append(Word(None, event, filed.reported))
            if isinstance(event, Heartbeat):
                own = self._of_source.get(event.data_source or "", ())
                for org in sorted({*event.org_codes, *own}):
                    self._said.words.append(Word(org, event, filed.reported))
        self.heartbeat(event, filed.reported)
        self.count("relayed" if relayed else "folded", filed.reported)

    def _hear(self, filed: Filed[Event], org: str) -> None:
        """Tell the second tier of the first record of an agency on a date."""
        day = self._day_of(filed.reported)
        if not self.hear(org, day):
            return
        event = filed.event
        record = f"{event.case_id}/{event.event_id}" if event.case_id else event.event_id
        told = self._tell.reported(org, event.region_code, record, day, filed.reported)
        self._said.words.append(Word(org, told, filed.reported))

    def _put_aside(self, record: Record, value: bytes, stamp: int, err: Unplaceable) -> None:
        """Put a record aside where its case is at home, so that the case is known to be incomplete."""
        case = _case_of(record, value)
        if case is not None and (place := partition_of(case.encode(), self.of)) != self.number:
            self._forward(record, value, place, case.encode(), stamp)
            return
        self.broke(case or "", stamp, record.offset)
        self._said.aside.append(Aside(record.offset, stamp, record.key, value, err.reason, err.field, case or ""))
        self.count("quarantined", stamp)

    def broke(self, case: str, stamp: int, offset: int) -> None:
        """Let time pass to a record that was put aside, and note which case is incomplete because of it."""
        self.tick(stamp)
        if case:
            self.mark_broken(case, offset)

    def _forward(self, record: Record, value: bytes, place: int, key: bytes, stamp: int) -> None:
        where = f"{self._topic}-{self.number}-{record.offset}".encode()
        self._said.forwards.append(Forward(place, record.stamp, key, value, (FORWARDED, where)))
        self.tick(stamp)
        self.count("forwarded", stamp)


def _refuse_unreadable(record: Record) -> None:
    """Raise Unplaceable where the feeder could not read a record."""
    said = dict(record.headers)
    why = said.get(UNREADABLE)
    if why is not None:
        raise Unplaceable(why.decode(errors="replace"), said.get("field", b"").decode(errors="replace"))


def _case_of(record: Record, value: bytes) -> str | None:
    """Return the case a record speaks of, from its fields, its bytes or its key, as far as that can be read."""
    case = (case_of(value) if len(value) <= LONGEST else None) or case_in(value) or record.key
    return case.decode(errors="replace") if isinstance(case, bytes) else case
