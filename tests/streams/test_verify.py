"""A store that nobody touched is proved; one in which anything was changed is not."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.events.words import Level
from sinks.clickhouse.database import quoted
from sinks.clickhouse.errors import StoreMissing
from sinks.clickhouse.store import Store, open_store
from streams.verify import Fault, Verification, verify
from tests.streams.replay.replayed import replayed
from tests.streams.replay.village import PEOPLE

pytestmark = pytest.mark.slow

Tamper = Callable[[Path, str], Verification]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a replayed store; tests copy the store before they touch it."""
    directory = tmp_path_factory.mktemp("verify")
    replayed(directory, store=directory / "store")
    return directory


@pytest.fixture
def after(clean: Path, tmp_path: Path) -> Callable[[str], Verification]:
    """What is found after a statement was run on a copy of the store."""

    def tampered(statement: str) -> Verification:
        shutil.copytree(clean / "store", tmp_path / "store", symlinks=True)
        with open_store(tmp_path / "store") as store:
            run_on(store, statement)
        return verify(tmp_path / "store")

    return tampered


def run_on(store: Store, statement: str) -> None:
    store._engine.run(statement)


def faults(found: Verification) -> set[Fault]:
    return {one.fault for one in found.differences}


def test_a_store_that_nobody_touched_holds(clean: Path) -> None:
    told: list[float] = []

    found = verify(clean / "store", report=told.append)

    assert [] == [str(one) for one in found.differences]
    assert found.holds
    assert min(found.events, found.cards, found.transitions) > 50
    assert sorted(told) == told
    assert 1.0 == told[-1]


def test_another_run_over_more_records_leaves_the_current_run_provable(clean: Path, tmp_path: Path) -> None:
    shutil.copytree(clean / "store", tmp_path / "store", symlinks=True)
    replayed(tmp_path, store=tmp_path / "store", catalog=clean / "catalog", as_of=1_773_331_200_000_000)

    assert verify(tmp_path / "store").holds


def test_a_changed_amount_is_found(after: Callable[[str], Verification]) -> None:
    found = after(
        "INSERT INTO event SELECT * REPLACE (replaceOne(record, '15.00', '10.00') AS record)"
        " FROM event FINAL WHERE event_id = 'A000-pay'"
    )

    assert {Fault.RECORD, Fault.CARD, Fault.TRANSITION, Fault.CASE} <= faults(found)
    assert any("A000-pay" in str(one) and "摘要不符" in str(one) for one in found.differences)


def test_a_change_that_changes_no_card_and_mends_its_own_digest_is_found(after: Callable[[str], Verification]) -> None:
    changed = "replaceOne(record, 'P1', 'P8')"

    found = after(
        f"INSERT INTO event SELECT * REPLACE ({changed} AS record, SHA256({changed}) AS digest)"
        " FROM event FINAL WHERE event_id = 'Y1-sl'"
    )

    assert {Fault.RECORD} == faults(found)
    assert ["全部记录的摘要"] == [one.what for one in found.differences]


def test_a_deleted_record_is_found(after: Callable[[str], Verification]) -> None:
    found = after("DELETE FROM event WHERE event_id = 'Y1-end'")

    assert {Fault.RECORD, Fault.COUNT, Fault.CARD} <= faults(found)


def test_a_record_that_was_added_is_found(after: Callable[[str], Verification]) -> None:
    found = after("INSERT INTO event SELECT * REPLACE (seq + 9000 AS seq) FROM event FINAL WHERE event_id = 'Y1-end'")

    assert {Fault.RECORD, Fault.COUNT} == faults(found)


def test_a_record_moved_to_another_case_is_found(after: Callable[[str], Verification]) -> None:
    found = after("INSERT INTO event SELECT * REPLACE ('Y2' AS case_id) FROM event FINAL WHERE event_id = 'Y1-end'")

    assert Fault.RECORD in faults(found)


def test_a_record_spoilt_beyond_reading_is_found(after: Callable[[str], Verification]) -> None:
    found = after("INSERT INTO event SELECT * REPLACE ('{' AS record) FROM event FINAL WHERE event_id = 'Y1-end'")

    assert any("读不出" in str(one) for one in found.differences)


def test_a_changed_level_is_found(after: Callable[[str], Verification], clean: Path) -> None:
    with open_store(clean / "store") as store:
        red = next(one.card for one in store.archive().cards() if one.card.level is Level.RED)

    found = after(
        "INSERT INTO card SELECT * REPLACE ('notice' AS level) FROM card FINAL WHERE card_id = " + quoted(red.card_id)
    )

    (difference,) = found.differences
    assert (Fault.CARD, red.card_id) == (difference.fault, difference.what)
    assert "级别 预警" in difference.stored
    assert "级别 红牌" in difference.computed


def test_a_changed_finding_is_found(after: Callable[[str], Verification]) -> None:
    found = after(
        "INSERT INTO card SELECT * REPLACE (replaceOne(finding, '个工作日', '个自然日') AS finding)"
        " FROM card FINAL WHERE scope = 'Y1' AND rule_id = 'OT_PROMISE_OVERDUE'"
    )

    assert [Fault.CARD] == [one.fault for one in found.differences]


def test_a_deleted_card_is_found(after: Callable[[str], Verification]) -> None:
    found = after("DELETE FROM card WHERE scope = 'Y1' AND rule_id = 'OT_PROMISE_OVERDUE'")

    (difference,) = found.differences
    assert (Fault.CARD, "") == (difference.fault, difference.stored)
    assert "库中 无" in str(difference)


def test_a_card_that_was_added_is_found(after: Callable[[str], Verification]) -> None:
    found = after("INSERT INTO card SELECT * REPLACE ('ANOTHER' AS card_id) FROM card FINAL WHERE scope = 'Y1' LIMIT 1")

    (difference,) = found.differences
    assert (Fault.CARD, "ANOTHER", "") == (difference.fault, difference.what, difference.computed)


def test_a_deleted_transition_is_found(after: Callable[[str], Verification]) -> None:
    found = after("DELETE FROM card_transition WHERE scope = 'Y1' AND seq = 1 AND rule_id = 'OT_PROMISE_OVERDUE'")

    assert [Fault.TRANSITION] == [one.fault for one in found.differences]


def test_a_deleted_card_of_an_agency_is_found(after: Callable[[str], Verification]) -> None:
    found = after("DELETE FROM card WHERE rule_id = 'ES_YELLOW_TO_RED'")

    assert [Fault.CARD] == [one.fault for one in found.differences]


def test_a_changed_due_date_is_found(after: Callable[[str], Verification]) -> None:
    found = after(
        "INSERT INTO case_state SELECT * REPLACE (addDays(promise_due, 9) AS promise_due)"
        " FROM case_state FINAL WHERE case_id = 'Y1'"
    )

    assert [Fault.CASE] == [one.fault for one in found.differences]


def test_a_record_taken_out_of_the_quarantine_is_found(after: Callable[[str], Verification]) -> None:
    found = after("DELETE FROM quarantine WHERE case_id = 'A001'")

    assert Fault.COUNT in faults(found)


class TestEdition:
    def test_another_catalogue_is_said_and_nothing_else(self, clean: Path, tmp_path: Path) -> None:
        shutil.copytree(clean / "catalog", tmp_path / "catalog")
        (tmp_path / "catalog/people.yaml").write_text(PEOPLE.replace("水务站", "水利站"), encoding="utf-8")

        found = verify(clean / "store", catalog=tmp_path / "catalog")

        assert [(Fault.EDITION, "监察目录")] == [(one.fault, one.what) for one in found.differences]
        assert not found.holds
        assert 0 == found.events

    def test_a_catalogue_that_only_moved_is_the_same(self, clean: Path, tmp_path: Path) -> None:
        shutil.copytree(clean / "catalog", tmp_path / "elsewhere")

        assert verify(clean / "store", catalog=tmp_path / "elsewhere").holds

    def test_rules_of_another_version_are_said(self, after: Callable[[str], Verification]) -> None:
        found = after(
            "INSERT INTO run SELECT * REPLACE (replaceOne(detail, 'PROMISE_OVERDUE\":1', 'PROMISE_OVERDUE\":9')"
            " AS detail, addYears(recorded_at, 1) AS recorded_at) FROM run FINAL"
        )

        (difference,) = found.differences
        assert "版本 规则 OT_PROMISE_OVERDUE：库中 第 9 版，重算 第 1 版" == str(difference)


def test_without_a_store_there_is_nothing_to_verify(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        verify(tmp_path)
