"""The run of a replay, computed again: records read in their order, judged by one shard."""

from collections.abc import Callable, Iterator
from hashlib import sha256

import msgspec

from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.engine import file_event
from rules.events.decode import Unplaceable
from rules.events.envelope import Event
from rules.events.kinds import type_name
from sinks.clickhouse.archive import Archive
from sinks.clickhouse.rows import Place
from sinks.clickhouse.stored import CaseState, Run, StoredEvent
from streams.replay.accounts import events_digest
from streams.replay.outcome import outcome_of
from streams.replay.shard import REPORT_EVERY, Judged, Shard
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

REREAD, JUDGED = 0.4, 0.8
"""Of the whole work, how much is done when all is read, and when all is judged."""


def verified(archive: Archive, law: Catalog, report: Callable[[float], None]) -> Verification:
    """Return the verification of a replay."""
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
    differences += compared(Fault.CARD, by_id(archive.cards()), said.cards, fields)
    differences += compared(Fault.TRANSITION, in_order(archive.transitions()), in_order(said.transitions), move_fields)
    differences += compared(
        Fault.CASE, {one.case_id: one for one in archive.case_states()}, states, msgspec.structs.asdict
    )
    report(1.0)
    return Verification(
        run.run, run.edition, judged.records, len(said.cards), len(said.transitions), tuple(differences)
    )


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
            differences.append(Difference(Fault.RECORD, name_of(stored), "内容与摘要不符", ""))
        try:
            filed = file_event(law, stored.event)
        except (Unplaceable, ValueError, OverflowError) as err:
            differences.append(Difference(Fault.RECORD, name_of(stored), "", f"读不出：{err}"))
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
        yield Difference(Fault.RECORD, name_of(stored), str(held), str(says))


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
