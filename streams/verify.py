"""Verification (核对): every stored card is computed again from the stored records, and must come out the same.

Compared are the records with their digests, the digest of their set, the counts, and every card, transition and case
state of the current run. Whoever changes a record, leaves one out or adds one changes the digest of the set; who
changes a card is contradicted by the records.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.cards import LEVEL_NAMES, STATE_NAMES, Card
from rules.engine.engine import file_event
from rules.events.decode import Unplaceable
from rules.events.envelope import Event
from rules.events.instants import to_datetime
from rules.events.kinds import type_name
from sinks.clickhouse.archive import Archive
from sinks.clickhouse.rows import Place
from sinks.clickhouse.store import open_store
from sinks.clickhouse.stored import CaseState, Run, StoredCard, StoredEvent, StoredTransition
from streams.replay.accounts import events_digest, rule_versions
from streams.replay.outcome import outcome_of
from streams.replay.shard import REPORT_EVERY, Judged, Shard
from streams.replay.workers import collecting_less, load_catalog

K = TypeVar("K")
T = TypeVar("T")

REREAD, JUDGED = 0.4, 0.8
"""Of the whole work, how much is done when all is read, and when all is judged."""


class Fault(StrEnum):
    """What differs (差异)."""

    EDITION = "版本"
    RECORD = "记录"
    COUNT = "数量"
    CASE = "办件"
    CARD = "信号"
    TRANSITION = "变动"


class Difference(msgspec.Struct, frozen=True):
    """One difference: of what kind, of which card, record or figure; what is stored and what was computed.

    A side is empty where there is nothing on it. ``str()`` is one line for people.
    """

    fault: Fault
    what: str
    stored: str
    computed: str

    def __str__(self) -> str:
        """Return the difference on one line."""
        return f"{self.fault.value} {self.what}：库中 {self.stored or '无'}，重算 {self.computed or '无'}"


class Verification(msgspec.Struct, frozen=True):
    """What was verified, and every difference found; none: the archive proves its cards."""

    run: str
    edition: str
    events: int
    cards: int
    transitions: int
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Return whether nothing differs."""
        return not self.differences


def verify(
    store: Path, *, catalog: str | Path | None = None, report: Callable[[float], None] | None = None
) -> Verification:
    """Return the verification of the current run of a store; StoreError where it cannot be opened.

    ``catalog`` is where the catalogue is now, where it is not at the place the run names. A catalogue or rules of
    another edition than the run's are a difference, and nothing further is compared. ``report`` is told the fraction
    done.
    """
    with open_store(store) as opened, collecting_less():
        archive = opened.archive()
        run = archive.run
        law = load_catalog(catalog or run.catalog, run.profile or None)
        if found := tuple(_editions(run, law)):
            return Verification(run.run, run.edition, 0, 0, 0, found)
        return _verified(archive, law, report or _quietly)


def _verified(archive: Archive, law: Catalog, report: Callable[[float], None]) -> Verification:
    run = archive.run
    differences: list[Difference] = []
    shard = Shard(law, as_of=run.as_of)
    for filed, place, record in _records(archive, law, differences, report):
        shard.take(filed, place, record)
    quarantine = archive.quarantine()
    for one in quarantine:
        if one.case_id:
            shard.break_case(one.case_id)
    states: dict[str, CaseState] = {}

    def keep(state: CaseState) -> None:
        states[state.case_id] = state

    def told(done: int, of: int) -> None:
        report(REREAD + (JUDGED - REREAD) * done / max(1, of))

    judged = shard.judge(run.now, keep, told)
    said = outcome_of(law, [judged], run.now)
    differences += _counts(run, judged, len(quarantine))
    report(JUDGED)
    differences += _compared(Fault.CARD, _by_id(archive.cards()), said.cards, _fields)
    differences += _compared(
        Fault.TRANSITION, _in_order(archive.transitions()), _in_order(said.transitions), _move_fields
    )
    differences += _compared(
        Fault.CASE, {one.case_id: one for one in archive.case_states()}, states, msgspec.structs.asdict
    )
    report(1.0)
    return Verification(
        run.run, run.edition, judged.records, len(said.cards), len(said.transitions), tuple(differences)
    )


def _quietly(_fraction: float) -> None:
    """Nobody asked."""


def _editions(run: Run, law: Catalog) -> Iterator[Difference]:
    if run.edition != law.edition:
        yield Difference(Fault.EDITION, "监察目录", run.edition, law.edition)
    now = rule_versions()
    for rule in sorted({*run.rules, *now}):
        if run.rules.get(rule) != now.get(rule):
            yield Difference(Fault.EDITION, f"规则 {rule}", _version(run.rules.get(rule)), _version(now.get(rule)))


def _version(number: int | None) -> str:
    return "" if number is None else f"第 {number} 版"


# Records


def _records(
    archive: Archive, law: Catalog, differences: list[Difference], report: Callable[[float], None]
) -> Iterator[tuple[Filed[Event], Place, bytes]]:
    """Return the records of a run in the order in which they were read; what is wrong with any is noted."""
    order = {one.key: at for at, one in reversed(list(enumerate(archive.run.sources)))}
    found: list[tuple[int, int, Filed[Event], StoredEvent]] = []
    for at, stored in enumerate(archive.all_events()):
        if not at % REPORT_EVERY:
            report(REREAD * min(1.0, at / max(1, archive.run.events)))
        if sha256(stored.record).digest() != stored.digest:
            differences.append(Difference(Fault.RECORD, _name(stored), "内容与摘要不符", ""))
        try:
            filed = file_event(law, stored.event)
        except (Unplaceable, ValueError, OverflowError) as err:
            differences.append(Difference(Fault.RECORD, _name(stored), "", f"读不出：{err}"))
            continue
        differences += _columns(stored, filed)
        found.append((order[stored.source], stored.seq, filed, stored))
    found.sort(key=lambda one: one[:2])
    for _, _, filed, stored in found:
        yield filed, Place(stored.source, stored.seq, stored.file, stored.line, stored.trace), stored.record


def _columns(stored: StoredEvent, filed: Filed[Event]) -> Iterator[Difference]:
    """Return where the columns of a record say something else than the record."""
    event = filed.event
    says = (event.case_id or "", event.event_id, type_name(type(event)), filed.at, filed.reported)
    held = (stored.case_id, stored.event_id, stored.event_type, stored.occurred_at, stored.reported_at)
    if says != held:
        yield Difference(Fault.RECORD, _name(stored), str(held), str(says))


def _name(stored: StoredEvent) -> str:
    line = f":{stored.line}" if stored.line is not None else ""
    return f"{stored.file}{line} {stored.case_id or '（无办件）'} {stored.event_id}"


def _counts(run: Run, judged: Judged, put_aside: int) -> Iterator[Difference]:
    said = run.counts
    pairs = (
        ("档案记录", run.events, judged.records),
        ("计入", said.folded, judged.counts.get("folded", 0)),
        ("重复", said.duplicate, judged.counts.get("duplicate", 0)),
        ("隔离", said.quarantined, put_aside),
        ("办件", run.cases, judged.cases),
    )
    for name, stored, computed in pairs:
        if stored != computed:
            yield Difference(Fault.COUNT, name, str(stored), str(computed))
    digest = events_digest([judged])
    if run.events_digest != digest:
        yield Difference(Fault.RECORD, "全部记录的摘要", run.events_digest[:16], digest[:16])


# Cards, transitions, cases


def _compared(
    fault: Fault, stored: Mapping[K, T], computed: Mapping[K, T], parts: Callable[[T], Mapping[str, Any]]
) -> Iterator[Difference]:
    """Return what is on one side alone, and what differs; ``parts`` names what a thing is made of."""
    for key in [*stored, *(key for key in computed if key not in stored)]:
        one, other = stored.get(key), computed.get(key)
        if one != other:
            name = " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            left = None if one is None else parts(one)
            yield Difference(fault, name, *_both(left, None if other is None else parts(other)))


def _by_id(cards: Iterable[StoredCard]) -> dict[str, StoredCard]:
    return {one.card.card_id: one for one in cards}


def _in_order(transitions: Iterable[StoredTransition]) -> dict[tuple[str, int], StoredTransition]:
    return {(one.transition.card.card_id, one.transition.card.seq): one for one in transitions}


def _fields(stored: StoredCard) -> dict[str, Any]:
    return {**_named(stored.card), "首次": stored.raised_at, "历史": stored.historic}


def _move_fields(stored: StoredTransition) -> dict[str, Any]:
    one = stored.transition
    before = (one.level_before, one.state_before)
    return {"变动": one.move.value, **_named(one.card), "之前": before, "起因": one.cause, "原因": one.reason}


def _named(card: Card) -> dict[str, Any]:
    """Return the parts of a card, those people look at first in their words."""
    return {
        "规则": card.rule_id,
        "级别": LEVEL_NAMES[card.level],
        "状态": STATE_NAMES[card.state],
        "条件成立": to_datetime(card.condition_at).isoformat(),
        "获知": to_datetime(card.known_at).isoformat(),
        **msgspec.structs.asdict(card),
    }


def _both(stored: Mapping[str, Any] | None, computed: Mapping[str, Any] | None) -> tuple[str, str]:
    """Return the parts in which two things differ; of one that stands alone the first few."""
    if stored is None or computed is None:
        return _few(stored), _few(computed)
    differing = [name for name, value in stored.items() if computed.get(name) != value]
    return _few({name: stored[name] for name in differing}), _few({name: computed.get(name) for name in differing})


def _few(parts: Mapping[str, Any] | None) -> str:
    return "" if parts is None else "、".join(f"{name} {value}" for name, value in list(parts.items())[:4])
