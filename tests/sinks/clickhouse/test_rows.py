"""What goes into the store comes back as it was: every field of every kind of row."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rules.cases.filed import file
from rules.engine.cards import Card, Ground, Move, State, Transition
from rules.events.decode import of_mapping
from rules.events.words import Level
from rules.verdicts import NEVER, Breach, Rung
from sinks.clickhouse.archive import rows_of
from sinks.clickhouse.engine import Engine
from sinks.clickhouse.migrate import migrate, shipped
from sinks.clickhouse.rows import (
    Place,
    Row,
    card_row,
    case_row,
    case_state,
    event_row,
    quarantine_row,
    quarantined,
    stored_card,
    stored_event,
    stored_transition,
    transition_row,
)
from sinks.clickhouse.spool import Spool
from sinks.clickhouse.stored import CaseState, Quarantined, StoredCard, StoredEvent, StoredTransition
from sinks.clickhouse.tables import CARD, CARD_TRANSITION, CASE_STATE, EVENT, QUARANTINE, Table

pytestmark = pytest.mark.slow

instants = st.integers(-62_000_000_000_000_000, 9_000_000_000_000_000)
counts = st.integers(0, (1 << 31) - 1)
texts = st.text(max_size=8)
names = st.one_of(st.none(), texts)
levels = st.sampled_from(Level)
findings = st.builds(
    Breach,
    rungs=st.lists(st.builds(Rung, instants, levels, instants), max_size=2).map(tuple),
    events=st.lists(texts, max_size=2).map(tuple),
    figures=st.lists(st.one_of(st.none(), instants, texts, st.decimals(0, 999, places=2)), max_size=3).map(tuple),
    ended=st.one_of(st.just(NEVER), instants),
    org=names,
)
cards = st.builds(
    Card,
    card_id=texts,
    rule_id=texts,
    rule_version=counts,
    scope=texts,
    subject=texts,
    level=levels,
    peak=levels,
    state=st.sampled_from(State),
    condition_at=instants,
    known_at=instants,
    finding=findings,
    digest=texts,
    grounds=st.lists(st.builds(Ground, texts, levels, instants, texts), max_size=2).map(tuple),
    merged_into=texts,
    ended=st.one_of(st.just(NEVER), instants),
    org_code=names,
    task_code=names,
    region_code=names,
    profile=texts,
    seq=counts,
    contested=st.one_of(st.none(), findings),
    verified=st.booleans(),
)
transitions = st.builds(
    Transition,
    card=cards,
    move=st.sampled_from(Move),
    level_before=st.one_of(st.none(), levels),
    state_before=st.one_of(st.none(), st.sampled_from(State)),
    known_at=instants,
    cause=texts,
    reason=texts,
)
states = st.builds(
    CaseState,
    **dict.fromkeys(("case_id", "task_code", "task_name", "org_code", "org_name", "region_code", "profile"), texts),
    **{name: st.one_of(st.none(), instants) for name in ("submitted_at", "accepted_at", "decided_at", "closed_at")},
    **{name: st.one_of(st.none(), st.integers(700_000, 760_000)) for name in ("promise_due", "statutory_due")},
    **dict.fromkeys(("events", "cards", "standing"), counts),
    worst=st.one_of(st.none(), levels),
    next_review=st.one_of(st.none(), instants),
)
put_aside = st.builds(
    Quarantined,
    position=counts,
    line=st.one_of(st.none(), counts),
    size=counts,
    at=st.one_of(st.none(), instants),
    record=st.binary(max_size=20),
    **dict.fromkeys(("file", "trace", "field", "reason", "case_id", "digest"), texts),
)
a_few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Tables:
    """A store in which a table holds just what was last put there."""

    def __init__(self, engine: Engine, directory: Path) -> None:
        self._engine = engine
        self._directory = directory

    def through(self, table: Table, rows: Sequence[Row], without: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
        """Return rows after they went through a table."""
        self._engine.run(f"TRUNCATE TABLE {table.name}")
        spool = Spool(table, self._directory, "t", lambda _, piece: self._engine.load(table, piece))
        for row in rows:
            spool.add(row)
        spool.flush()
        columns = ", ".join(name for name in table.columns if name not in without)
        return list(rows_of(self._engine.table(f"SELECT {columns} FROM {table.name} FINAL")))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    directory = tmp_path_factory.mktemp("rows")
    engine = Engine(directory / "store", create=True)
    migrate(engine, shipped())
    yield Tables(engine, directory)
    engine.close()


@given(st.builds(StoredCard, cards, instants, st.booleans()))
@a_few
def test_a_card_comes_back_as_it_was(tables: Tables, card: StoredCard) -> None:
    (row,) = tables.through(CARD, [card_row("r", card, ("规则", "部门", "事项"), "case")])

    assert card == stored_card(row)


@given(st.builds(StoredTransition, transitions, counts))
@a_few
def test_a_transition_comes_back_as_it_was(tables: Tables, moved: StoredTransition) -> None:
    one = moved.transition
    known_together = replace(one, card=replace(one.card, known_at=one.known_at))
    expected = replace(moved, transition=known_together)

    (row,) = tables.through(CARD_TRANSITION, [transition_row("r", expected)])

    assert expected == stored_transition(row)


@given(states)
@a_few
def test_a_case_comes_back_as_it_was(tables: Tables, state: CaseState) -> None:
    (row,) = tables.through(CASE_STATE, [case_row("r", state)], frozenset({"run", "version"}))

    assert state == case_state(row)


@given(put_aside)
@a_few
def test_what_was_put_aside_comes_back_as_it_was(tables: Tables, one: Quarantined) -> None:
    (row,) = tables.through(QUARANTINE, [quarantine_row("r", one)], frozenset({"run"}))

    assert one == quarantined(row)


NOT_SHOWN = frozenset({"task_code", "region_code", "data_source", "data_version", "amount_yuan"})


def payment(**more: Any) -> Any:
    stamp = "2026-03-02T09:00:00+08:00"
    event = of_mapping({"event_type": "fee.paid", "event_id": "E", "case_id": "C", "occurred_at": stamp, **more})
    return file(event, lambda instant: instant // 86_400_000_000)


def test_a_record_comes_back_as_it_was(tables: Tables) -> None:
    filed = payment(org_code="O", defects=["x: y"])
    record = '{"名":1}'.encode()

    (row,) = tables.through(
        EVENT, [event_row(filed, Place("k", 7, "f", None, "t"), b"\x00" * 31 + b"\xff", record)], NOT_SHOWN
    )

    assert StoredEvent(
        source="k",
        seq=7,
        file="f",
        line=None,
        trace="t",
        case_id="C",
        event_id="E",
        event_type="fee.paid",
        occurred_at=filed.at,
        reported_at=filed.at,
        org_code="O",
        defects=("x: y",),
        digest=b"\x00" * 31 + b"\xff",
        record=record,
    ) == stored_event(row)


@pytest.mark.parametrize(
    ("written", "held"),
    [("10", "10.00"), ("0.5", "0.50"), ("9999999999.99", "9999999999.99"), ("1e30", None), (None, None)],
)
def test_amounts_are_held_to_the_fen(tables: Tables, written: str | None, held: str | None) -> None:
    row = event_row(payment(amount=written), Place("k", 1, "f", 1, ""), b"\x00" * 32, b"{}")

    (answer,) = tables.through(EVENT, [row])

    assert (Decimal(held) if held else None) == answer["amount_yuan"]


@pytest.mark.parametrize("number", [0, -1, 1 << 80, -(1 << 80)])
def test_a_version_beyond_all_measure_stops_nothing(tables: Tables, number: int) -> None:
    row = event_row(payment(data_version=number), Place("k", 1, "f", 1, ""), b"\x00" * 32, b"{}")

    (answer,) = tables.through(EVENT, [row])

    assert (number > 0) - (number < 0) == (answer["data_version"] > 0) - (answer["data_version"] < 0)


def test_the_same_row_twice_is_one_row(tables: Tables) -> None:
    row = event_row(payment(), Place("k", 1, "f", 1, ""), b"\x00" * 32, b"{}")

    assert 1 == len(tables.through(EVENT, [row, row]))
