"""A live run, computed again: what each partition of the events topic held, ticks among it, in its order.

The same code judges as judged live, so the transitions must be the same to the byte (promise P2). The second tier is
judged from what the first says now, in one partition: which agencies share one does not show.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from operator import attrgetter

import msgspec

from rules.catalog.index import Catalog
from rules.engine.cards import Card, Transition
from rules.verdicts import NEVER
from sinks.clickhouse.archive import Archive
from sinks.clickhouse.stored import CaseState, Quarantined, StoredCard, StoredEvent, StoredTransition
from streams.live.agencies import AgencyPartition
from streams.live.cases import CasePartition
from streams.live.said import Said
from streams.live.wire import FROM, RELAYED, event_value, tick_value
from streams.log import Record
from streams.replay.outcome import is_historic
from streams.replay.states import state_of
from streams.verify.differences import (
    Difference,
    Fault,
    Verification,
    by_id,
    compared,
    fields,
    in_order,
    move_fields,
    name_of,
)

STEP = 5_000
NOT_ARCHIVED = frozenset({"forwarded", "empty"})
"""What became of records that are not archived where they stood: counted where they went, or nothing."""


class _Relived:
    """What the partitions say when they are judged again."""

    def __init__(self, archive: Archive, law: Catalog, differences: list[Difference]) -> None:
        self.transitions: dict[tuple[str, int], Transition] = {}
        self.states: dict[str, CaseState] = {}
        self.totals: dict[str, Counter[str]] = {}
        self._archive = archive
        self._law = law
        self._differences = differences
        self._sources = [one.key for one in archive.run.sources]
        self._agencies = AgencyPartition(law, 0, 1, sources=max(1, len(self._sources)), hot=NEVER)
        self._told = 0

    def judge(self, number: int, events: list[StoredEvent], aside: list[Quarantined]) -> None:
        """Judge one partition."""
        source = self._sources[number]
        topic = source.rpartition("-")[0]
        partition = CasePartition(self._law, topic, number, len(self._sources), sim=_same, hot=NEVER)
        for offset, some in _in_turn(events, aside):
            if isinstance(some, Quarantined):
                partition.broke(some.case_id, some.at or 0, offset)
            else:
                self._hear(partition, partition.judge([self._record(one) for one in some]))
        self._hear(partition, partition.judge([]))
        for docket in partition.engine.dockets.values():
            if docket.law is not None:
                self.states[docket.key] = state_of(docket, docket.law)
        self.totals[source] = partition.total + Counter(quarantined=len(aside))

    def agencies(self) -> None:
        """Judge the second tier by what the first said."""
        for transition in self._agencies.judge([]).transitions:
            self._keep(transition)

    def _hear(self, partition: CasePartition, said: Said) -> None:
        for transition in said.transitions:
            self._keep(transition)
        header = ((FROM, str(partition.number).encode()),)
        records: list[Record] = []
        for word in said.words:
            key = None if word.org is None else word.org.encode()
            records.append(Record(self._next(), word.at, key, event_value(word.event), header))
        records.append(Record(self._next(), partition.now, None, tick_value(partition.now), header))
        for transition in self._agencies.judge(records).transitions:
            self._keep(transition)

    def _next(self) -> int:
        self._told += 1
        return self._told

    def _keep(self, transition: Transition) -> None:
        self.transitions[transition.card.card_id, transition.card.seq] = transition

    def _record(self, stored: StoredEvent) -> Record:
        if sha256(stored.record).digest() != stored.digest:
            self._differences.append(Difference(Fault.RECORD, name_of(stored), "内容与摘要不符", ""))
        headers = () if stored.case_id else ((RELAYED, b"1"),)
        key = stored.case_id.encode() or None
        return Record(stored.seq, stored.reported_at, key, stored.record, headers)


def lived(archive: Archive, law: Catalog, report: Callable[[float], None]) -> Verification:
    """Return the verification of a live run, as far as the store has it."""
    differences: list[Difference] = []
    relived = _Relived(archive, law, differences)
    events = sorted(archive.all_events(), key=attrgetter("source", "seq"))
    by_source = {source: list(some) for source, some in groupby(events, key=attrgetter("source"))}
    aside = archive.quarantine()
    for at, source in enumerate(one.key for one in archive.run.sources):
        relived.judge(at, by_source.get(source, []), [one for one in aside if one.file == source])
        report(0.8 * (at + 1) / len(archive.run.sources))
    relived.agencies()
    differences += _counts(archive.outcomes(), relived.totals)
    transitions = relived.transitions
    cards = _cards(law, transitions.values())
    said = {key: one.transition for key, one in in_order(archive.transitions()).items()}
    differences += compared(Fault.TRANSITION, said, transitions, lambda one: move_fields(StoredTransition(one, 0)))
    differences += compared(Fault.CARD, by_id(archive.cards()), cards, fields)
    states = {one.case_id: one for one in archive.case_states()}
    differences += compared(Fault.CASE, states, relived.states, msgspec.structs.asdict)
    report(1.0)
    run = archive.run
    return Verification(run.run, run.edition, len(events), len(cards), len(transitions), tuple(differences))


def _in_turn(
    events: list[StoredEvent], aside: list[Quarantined]
) -> Iterator[tuple[int, list[StoredEvent] | Quarantined]]:
    """Yield the records of a partition in their order, those read in pieces, those put aside each by itself."""
    at = 0
    for one in [*sorted(aside, key=attrgetter("position")), None]:
        until = len(events)
        if one is not None:
            until = next((i for i in range(at, len(events)) if events[i].seq > one.position), len(events))
        while at < until:
            yield events[at].seq, events[at : min(until, at + STEP)]
            at = min(until, at + STEP)
        if one is not None:
            yield one.position, one


def _cards(law: Catalog, transitions: Iterable[Transition]) -> dict[str, StoredCard]:
    raised: dict[str, int] = {}
    last: dict[str, Card] = {}
    for one in sorted(transitions, key=lambda one: (one.card.card_id, one.card.seq)):
        raised.setdefault(one.card.card_id, one.known_at)
        last[one.card.card_id] = one.card
    return {name: StoredCard(card, raised[name], is_historic(law, card)) for name, card in last.items()}


def _counts(stored: Mapping[str, Mapping[str, int]], computed: Mapping[str, Counter[str]]) -> Iterator[Difference]:
    """Return where a partition counted otherwise than is counted now. What was forwarded or empty is not archived."""
    for source in sorted({*stored, *computed}):
        one, other = _archived(stored.get(source, {})), _archived(computed.get(source, {}))
        for what in sorted({*one, *other}):
            if one[what] != other[what]:
                yield Difference(Fault.COUNT, f"{source} {what}", str(one[what]), str(other[what]))


def _archived(total: Mapping[str, int]) -> Counter[str]:
    """Return the counts of what is archived; whether a record of no case was a copy does not show in it."""
    found = Counter({what: count for what, count in total.items() if what not in NOT_ARCHIVED})
    found["folded"] += found.pop("relayed", 0)
    return found


def _same(stamp: int) -> int:
    return stamp
