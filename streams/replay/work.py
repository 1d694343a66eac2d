"""The work of one shard, from reading to judging, with its spools: in whichever process it is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.events.envelope import Event
from rules.law import Law
from sinks.clickhouse.dimension_tables import CASE_PART
from sinks.clickhouse.parts import part_row
from sinks.clickhouse.rows import Place, case_row, event_row
from sinks.clickhouse.stored import CaseState, SourceRead
from sinks.clickhouse.tables import CASE_STATE, EVENT, Table
from streams.replay.feeds import feed_items, feed_lines
from streams.replay.inputs import Input
from streams.replay.settings import Phase
from streams.replay.shard import Judged, Reading, Shard

OnPiece = Callable[[str, Path], None]
"""Told of each piece of a table that is complete on disk."""
OnProgress = Callable[[int, Phase, float, int], None]
"""Told by which shard, in which phase, what fraction of it, how many records."""


class Plan(msgspec.Struct, frozen=True):
    """What a shard needs to know: the inputs, how to read them, by what to judge, where to spool (None: nowhere)."""

    inputs: tuple[Input, ...]
    sources: tuple[SourceRead, ...]
    mapping: Path | None
    catalog: str | Path
    edition: str
    profile: str | None
    as_of: int | None
    latest: int
    strict: bool
    spool: Path | None


class ReadOut(msgspec.Struct, frozen=True):
    """What a shard read: records that are its own, and of how many in all."""

    reading: Reading
    own: int
    seen: int


class Work:
    """One shard from reading to judging, with its spools."""

    def __init__(self, plan: Plan, shard: Shard, on_piece: OnPiece, on_progress: OnProgress) -> None:
        self._plan = plan
        self._shard = shard
        self._number = shard.number
        self._on_piece = on_piece
        self._on_progress = on_progress

    def read(self) -> ReadOut:
        """Read the shard's records; Stopped at the first that cannot be read, where none is tolerated."""
        plan, shard = self._plan, self._shard
        whole = max(1, sum(one.unpacked for one in plan.inputs))

        def told(done: int, records: int) -> None:
            self._on_progress(self._number, Phase.READING, min(1.0, done / whole), records)

        with self._spooled(EVENT) as add:
            if add is not None:
                shard.keep = _keeper(add)
            if plan.mapping is None:
                seen = feed_lines(shard, plan.inputs, plan.sources, told)
            else:
                seen = feed_items(shard, plan.inputs, plan.sources, plan.mapping, told)
        return ReadOut(shard.reading(), shard.read, seen)

    def judge(self, run: str, until: int) -> Judged:
        """Judge what was read, as of an instant."""

        def told(done: int, records: int) -> None:
            self._on_progress(self._number, Phase.JUDGING, done / max(1, records), done)

        with self._spooled(CASE_STATE) as add, self._spooled(CASE_PART) as add_part:
            states = _stater(add, run) if add is not None else None
            parts = _parter(add_part, run, until) if add_part is not None else None
            return self._shard.judge(until, states, told, parts)

    @contextmanager
    def _spooled(self, table: Table) -> "Iterator[Callable[[Any], None] | None]":
        """Give what adds a row to a table, None where nothing is stored; at the end the rest is written."""
        if self._plan.spool is None:
            yield None
            return
        from sinks.clickhouse.spool import Spool

        spool = Spool(
            table, self._plan.spool, str(self._number), lambda written, piece: self._on_piece(written.name, piece)
        )
        yield spool.add
        spool.flush()


def shard_of_plan(plan: Plan, catalog: Catalog, number: int, of: int) -> Shard:
    """Return one of so many shards, as a plan wants it."""
    return Shard(catalog, number=number, of=of, as_of=plan.as_of, latest=plan.latest, strict=plan.strict)


def _keeper(add: Callable[[Any], None]) -> Callable[[Filed[Event], Place, bytes, bytes], None]:
    def keep(filed: Filed[Event], place: Place, digest: bytes, record: bytes) -> None:
        add(event_row(filed, place, digest, record))

    return keep


def _parter(add: Callable[[Any], None], run: str, until: int) -> Callable[[Case, Law], None]:
    def keep(case: Case, law: Law) -> None:
        add(part_row(run, case, law, until))

    return keep


def _stater(add: Callable[[Any], None], run: str) -> Callable[[CaseState], None]:
    def keep(state: CaseState) -> None:
        add(case_row(run, state))

    return keep
