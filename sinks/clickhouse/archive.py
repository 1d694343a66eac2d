"""Questions to the store, all about one run: cards, transitions, events, case states, quarantine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pyarrow as pa

from sinks.clickhouse.database import Database, Param
from sinks.clickhouse.rows import case_state, quarantined, stored_card, stored_event, stored_transition
from sinks.clickhouse.stored import (
    CardFilter,
    CaseFilter,
    CaseState,
    Quarantined,
    Run,
    StoredCard,
    StoredEvent,
    StoredTransition,
)
from sinks.clickhouse.tables import CARD, CARD_TRANSITION, CASE_STATE, EVENT, QUARANTINE, Table

T = TypeVar("T")

_NOT_READ = frozenset({"run", "rule_name", "org_name", "task_name", "tier", "standing", "events"})
"""Columns of cards that are there for queries: what they say is in the others, or in the catalogue."""
_VERSIONED = frozenset({"run", "version"})
_EVENT = (
    "source",
    "seq",
    "file",
    "line",
    "trace",
    "case_id",
    "event_id",
    "event_type",
    "occurred_at",
    "reported_at",
    "org_code",
    "defects",
    "digest",
    "record",
)
_MICROS = "__micros"
"""Ends the name of a column that holds instants as numbers."""
_OUTCOMES = """
SELECT source, label, argMax(value, last) AS count FROM metric_minute FINAL
WHERE run = {run:String} AND metric = 'records_total' GROUP BY source, label
"""
_NO_DUE = "toDate32('2299-12-31')"
_FIRST_DUE = f"least(ifNull(promise_due, {_NO_DUE}), ifNull(statutory_due, {_NO_DUE}))"


class Archive:
    """What one run left in the store; ``Store.archive()`` gives that of the current run."""

    def __init__(self, engine: Database, run: Run) -> None:
        self._engine = engine
        self.run = run

    def cards(self, only: CardFilter | None = None, limit: int | None = None) -> tuple[StoredCard, ...]:
        """Return cards, the worst level first, then by condition instant and id."""
        where, params = _of_cards(only or CardFilter())
        query = self._query(CARD, where, "level DESC, condition_at, card_id", limit, without=_NOT_READ)
        return self._all(query, params, stored_card)

    def card(self, card_id: str) -> StoredCard | None:
        """Return one card; None where the run has none of that id."""
        query = self._query(CARD, ["card_id = {card_id:String}"], "card_id", 1, without=_NOT_READ)
        return next(iter(self._all(query, {"card_id": card_id}, stored_card)), None)

    def transitions(self, card_id: str | None = None) -> Iterator[StoredTransition]:
        """Return the transitions of a card, or of the whole run, in their order."""
        where = ["card_id = {card_id:String}"] if card_id is not None else []
        query = self._query(CARD_TRANSITION, where, "position", None, without=_NOT_READ)
        return self._each(query, {"card_id": card_id or ""}, stored_transition)

    def events(self, case_id: str) -> tuple[StoredEvent, ...]:
        """Return the records of a case as they were judged, in the order they were read; duplicates among them."""
        return self._all(self._events("case_id = {case_id:String}", in_order=True), {"case_id": case_id}, stored_event)

    def all_events(self) -> Iterator[StoredEvent]:
        """Return every record of the run, in no order: sorting them is left to who holds them all anyway."""
        return self._each(self._events("1", in_order=False), {}, stored_event)

    def about_sources(self) -> tuple[StoredEvent, ...]:
        """Return heartbeats, outages and other records that belong to no case, in the order they were read."""
        return self.events("")

    def case_state(self, case_id: str) -> CaseState | None:
        """Return the state of one case; None where the run has none of that id."""
        query = self._query(CASE_STATE, ["case_id = {case_id:String}"], "case_id", 1, without=_VERSIONED)
        return next(iter(self._all(query, {"case_id": case_id}, case_state)), None)

    def case_states(self, only: CaseFilter | None = None, limit: int | None = None) -> tuple[CaseState, ...]:
        """Return cases, those due first first; without a due date last."""
        where, params = _of_cases(only or CaseFilter())
        query = self._query(CASE_STATE, where, f"{_FIRST_DUE}, case_id", limit, without=_VERSIONED)
        return self._all(query, params, case_state)

    def quarantine(self, limit: int | None = None) -> tuple[Quarantined, ...]:
        """Return what was put aside, in the order it was read."""
        return self._all(self._query(QUARANTINE, [], "position, file", limit), {}, quarantined)

    def outcomes(self) -> dict[str, dict[str, int]]:
        """Return of each partition of a live run how many of its records became what, as last reported."""
        found: dict[str, dict[str, int]] = {}
        for row in rows_of(self._engine.table(_OUTCOMES, self._params({}))):
            found.setdefault(row["source"], {})[row["label"]] = row["count"]
        return found

    def _query(
        self,
        table: Table,
        where: Sequence[str],
        order: str,
        limit: int | None,
        *,
        without: frozenset[str] = frozenset({"run"}),
    ) -> str:
        names = _read(table, [name for name in table.columns if name not in without])
        held = " AND ".join(["run = {run:String}", *where])
        end = "" if limit is None else f" LIMIT {limit:d}"
        return f"SELECT {names} FROM {table.name} FINAL WHERE {held} ORDER BY {order}{end}"  # noqa: S608

    def _events(self, where: str, *, in_order: bool) -> str:
        held = [where, "has({sources:Array(String)}, source)"]
        if self.run.as_of is not None:
            held.append("toUnixTimestamp64Micro(reported_at) <= {as_of:Int64}")
        order = " ORDER BY indexOf({sources:Array(String)}, source), seq" if in_order else ""
        return f"SELECT {_read(EVENT, _EVENT)} FROM event FINAL WHERE {' AND '.join(held)}{order}"  # noqa: S608

    def _params(self, params: Mapping[str, Param]) -> dict[str, Param]:
        run = self.run
        return {"run": run.run, "sources": [one.key for one in run.sources], "as_of": run.as_of or 0, **params}

    def _all(self, query: str, params: Mapping[str, Param], read: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
        return tuple(read(row) for row in rows_of(self._engine.table(query, self._params(params))))

    def _each(self, query: str, params: Mapping[str, Param], read: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        for batch in self._engine.batches(query, self._params(params)):
            yield from map(read, rows_of(batch))


def _read(table: Table, names: Sequence[str]) -> str:
    """Return columns as they are asked for: instants as numbers, which no driver on the way turns or rounds."""
    instants = {field.name for field in table.schema if pa.types.is_timestamp(field.type)}
    return ", ".join(
        f"toUnixTimestamp64Micro({name}) AS {name}{_MICROS}" if name in instants else name for name in names
    )


def rows_of(table: pa.Table | pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Return the rows of an answer: instants as microseconds, records as bytes, enums as their numbers."""
    names = [name.removesuffix(_MICROS) for name in table.schema.names]
    columns = [_values(table.column(at), field) for at, field in enumerate(table.schema)]
    return (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def _values(column: Any, field: pa.Field) -> list[Any]:
    if pa.types.is_timestamp(field.type):
        column = column.cast(pa.int64())
    elif field.name == "record":
        column = column.cast(pa.binary())
    values: list[Any] = column.to_pylist()
    return values


def _of_cards(only: CardFilter) -> tuple[list[str], dict[str, Param]]:
    where: list[str] = []
    params: dict[str, Param] = {}
    lists = {"rule_id": only.rules, "level": [one.code for one in only.levels], "state": [*only.states]}
    for column, values in lists.items():
        if values:
            where.append(f"has({{{column}:Array(String)}}, CAST({column}, 'String'))")
            params[column] = [str(value) for value in values]
    for column, value in {"org_code": only.org, "task_code": only.task, "scope": only.case}.items():
        if value is not None:
            where.append(f"{column} = {{{column}:String}}")
            params[column] = value
    for name, sign, instant in (("since", ">=", only.since), ("until", "<", only.until)):
        if instant is not None:
            where.append(f"toUnixTimestamp64Micro(condition_at) {sign} {{{name}:Int64}}")
            params[name] = instant
    if only.standing:
        where.append("standing")
    return where, params


def _of_cases(only: CaseFilter) -> tuple[list[str], dict[str, Param]]:
    where: list[str] = []
    params: dict[str, Param] = {}
    for column, value in {"org_code": only.org, "task_code": only.task}.items():
        if value is not None:
            where.append(f"{column} = {{{column}:String}}")
            params[column] = value
    if only.open is not None:
        where.append("open" if only.open else "NOT open")
    for name, sign, day in (("due_from", ">=", only.due_from), ("due_until", "<=", only.due_until)):
        if day is not None:
            where.append(f"{_FIRST_DUE} {sign} toDate32({{{name}:Int32}})")
            params[name] = day - _EPOCH_DAY
    if only.due_until is not None:
        where.append("(promise_due IS NOT NULL OR statutory_due IS NOT NULL)")
    return where, params


_EPOCH_DAY = 719_163
"""Ordinal of 1970-01-01, from which the database counts days."""
