"""A log that comes through a mapping is replayed, stored and proved like any other."""

from pathlib import Path
from typing import Any

import pytest

from sinks.clickhouse.store import open_store
from streams.replay import ReplaySettings, replay
from streams.verify import verify
from tests.streams.replay.replayed import LATEST
from tests.streams.replay.village import write_village

pytestmark = pytest.mark.slow

MAPPING = """
zone: Asia/Shanghai
case: {column: no}
event_id: content
envelope:
  task_code: {value: CZ-QS}
  org_code: {value: CZ-SW}
keep: "row.kind != 'draft'"
events:
  - type: case.accepted
    each: case
    at: {column: accepted}
  - type: stage.completed
    at: {column: on}
    fields: {stage_code: {column: stage}, opinion: {column: opinion}}
  - type: case.closed
    each: case
    at: {column: closed}
    optional: true
    fields: {result: {value: GRANTED}}
"""
TABLE = """no,kind,accepted,closed,on,stage,opinion
L1,x,2026-03-02 09:00,2026-03-20 09:00,2026-03-03 09:00,SL,来电13812345678
L1,x,2026-03-02 09:00,2026-03-20 09:00,2026-03-19 09:00,SC,
L1,x,2026-03-02 09:00,2026-03-20 09:00,2026-03-19 09:00,SC,
L2,x,2026-03-02 09:00,2026-03-05 09:00,2026-03-03 09:00,SL,
L2,draft,2026-03-02 09:00,2026-03-05 09:00,2026-03-03 09:00,SC,
L3,x,2026-03-02 09:00,,2026-02-30 09:00,SL,
"""


@pytest.fixture
def settings(tmp_path: Path) -> ReplaySettings:
    mapping, table = tmp_path / "mapping.yaml", tmp_path / "log.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    table.write_text(TABLE, encoding="utf-8")
    return ReplaySettings(
        sources=(str(table),),
        mapping=mapping,
        catalog=write_village(tmp_path / "catalog"),
        store=tmp_path / "store",
        cards=tmp_path / "cards.jsonl",
        latest=LATEST,
    )


def test_a_foreign_log_is_judged_and_counted(settings: ReplaySettings) -> None:
    summary = replay(settings)

    assert summary.counts.reconciles()
    assert (1, 1, 1) == (summary.counts.duplicate, summary.counts.quarantined, summary.counts.filtered)
    assert {"映射滤除": 1} == summary.filtered
    assert 3 == summary.cases
    assert ("OT_PROMISE_OVERDUE", 1) in [(one.rule_id, one.count) for one in summary.cards]


def test_a_foreign_log_is_proved_by_what_was_stored_of_it(settings: ReplaySettings) -> None:
    replay(settings)

    found = verify(found_store(settings))

    assert [] == [str(one) for one in found.differences]
    assert found.cards > 0


def test_a_foreign_record_keeps_its_place_and_loses_its_phone_number(settings: ReplaySettings) -> None:
    replay(settings)

    with open_store(found_store(settings)) as store:
        archive = store.archive()
        events = archive.events("L1")
        (aside,) = archive.quarantine()

    opinions: list[Any] = [getattr(one.event, "opinion", None) for one in events]
    assert "来电138****5678" in opinions
    assert {"log.csv"} == {Path(one.file).name for one in events}
    assert {2, 3, 4} >= {one.line for one in events}
    assert ("log.csv", 7, "L3") == (Path(aside.file).name, aside.line, aside.case_id)


def found_store(settings: ReplaySettings) -> Path:
    assert isinstance(settings.store, Path)
    return settings.store
