import gzip
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rules.catalog.index import UnknownProfile
from rules.catalog.loading import CatalogErrors
from sinks.clickhouse.archive import rows_of
from sinks.clickhouse.errors import StoreLocked
from sinks.clickhouse.store import open_store
from sinks.clickhouse.stored import Counts
from sinks.clickhouse.tables import TABLES
from streams.replay import Progress, replay
from streams.replay.settings import NotReadable, Phase
from streams.sources.errors import Unusable
from tests.streams.replay.replayed import Replayed, replayed
from tests.streams.replay.village import (
    BROKEN,
    lines,
    opened,
    ordinary,
    record,
    village_lines,
    write_lines,
    write_village,
)


class TestWhatIsSaid:
    def test_every_rule_of_the_village_speaks(self, tmp_path: Path) -> None:
        rules = {card["rule_id"] for card in replayed(tmp_path).cards}

        assert {"OT_PROMISE_OVERDUE", "FE_OVER_STANDARD", "SK_ROLE_MERGE", "DQ_TAMPER", "OT_PROMISE_SOON"} <= rules

    def test_the_second_tier_speaks_of_agencies(self, tmp_path: Path) -> None:
        cards = {card["rule_id"]: card for card in replayed(tmp_path).cards if card["case_id"].startswith("CZ-")}

        assert {"ES_YELLOW_TO_RED", "DQ_SILENT_ORG"} == set(cards)
        assert "CZ-SW" == cards["ES_YELLOW_TO_RED"]["org_code"]
        assert "NOTIFIED" == cards["DQ_SILENT_ORG"]["state"]

    def test_a_card_is_whole(self, tmp_path: Path) -> None:
        card = next(card for card in replayed(tmp_path).cards if card["case_id"] == "Y1" and card["level"] == "yellow")

        assert "超承诺时限" == card["rule_name"]
        assert "2026-03-10T00:00:00+08:00" == card["condition_at"]
        assert "VERIFIED" == card["state"]
        assert "2026-03-09" == card["figures"]["到期日"]
        assert ["Y1-acc", "Y1-end"] == card["events"]
        assert [] == card["grounds"]
        assert ["CZ-SW", "CZ-QS"] == [card["org_code"], card["task_code"]]

    def test_cards_are_in_the_order_of_their_ids(self, tmp_path: Path) -> None:
        ids = [card["card_id"] for card in replayed(tmp_path).cards]

        assert sorted(ids) == ids

    def test_what_became_true_before_an_agency_went_live_is_history(self, tmp_path: Path) -> None:
        cards = replayed(tmp_path).cards
        historic = {card["card_id"] for card in cards if card["historic"]}

        assert historic
        assert historic == {
            card["card_id"] for card in cards if card["org_code"] == "CZ-JT" and card["condition_at"] < "2026-03-12"
        }

    def test_a_case_with_a_record_in_quarantine_is_not_said_to_lack_anything(self, tmp_path: Path) -> None:
        silent = opened("A001", 0, data_source=None)
        whole = lines([*silent, record(None, "tick", "tick", "2026-03-25T00:00:00")])

        assert ["A001"] == [card["case_id"] for card in overdue(replayed(tmp_path / "a", whole))]
        assert [] == overdue(replayed(tmp_path / "b", [*whole, BROKEN[0]]))


@pytest.mark.slow
class TestOrder:
    def test_two_processes_say_what_one_says(self, tmp_path: Path) -> None:
        catalog = write_village(tmp_path / "catalog")
        alone = replayed(tmp_path / "1", workers=1, store=tmp_path / "s1", catalog=catalog)
        crew = replayed(tmp_path / "2", workers=2, store=tmp_path / "s2", catalog=catalog)

        assert (tmp_path / "1/cards.jsonl").read_bytes() == (tmp_path / "2/cards.jsonl").read_bytes()
        assert [1, 2] == [alone.summary.workers, crew.summary.workers]
        assert stored(tmp_path / "s1") == stored(tmp_path / "s2")

    @pytest.mark.parametrize("seed", range(3))
    def test_a_shuffled_file_ends_in_the_same_cards(self, tmp_path: Path, seed: int) -> None:
        shuffled = village_lines()
        random.Random(seed).shuffle(shuffled)

        in_order, anyhow = replayed(tmp_path / "a"), replayed(tmp_path / "b", shuffled)

        assert in_order.standing() == anyhow.standing()
        assert in_order.summary.counts == anyhow.summary.counts

    def test_a_log_in_several_files_is_one_log(self, tmp_path: Path) -> None:
        written = village_lines()
        half = len(written) // 2
        first = write_lines(tmp_path / "1.jsonl", written[half:])
        second = tmp_path / "2.jsonl.gz"
        second.write_bytes(gzip.compress("".join(f"{line}\n" for line in written[:half]).encode()))

        parts = replayed(tmp_path / "parts", sources=(str(first), str(second)))

        assert replayed(tmp_path / "whole").standing() == parts.standing()

    def test_as_of_leaves_out_what_was_reported_later(self, tmp_path: Path) -> None:
        as_of = 1_773_331_200_000_000  # 2026-03-13 00:00 in China
        until = "2026-03-13T00:00:00+08:00"
        early = [
            line for line in village_lines() if '"reported_at"' not in line or json.loads(line)["reported_at"] <= until
        ]

        cut = replayed(tmp_path / "a", as_of=as_of)
        short = replayed(tmp_path / "b", early, as_of=as_of)

        assert short.cards == cut.cards
        assert short.summary.counts.folded == cut.summary.counts.folded
        assert {"晚于截止时刻": len(village_lines()) - len(early)} == cut.summary.filtered


class TestCounts:
    def test_every_record_ends_somewhere(self, tmp_path: Path) -> None:
        summary = replayed(tmp_path).summary

        assert summary.counts.reconciles()
        assert len(village_lines()) == summary.counts.read
        assert len(BROKEN) == summary.counts.quarantined == sum(summary.quarantined.values())
        assert 5 == summary.counts.duplicate
        assert 1 == summary.defective

    @pytest.mark.parametrize("workers", [1, 2])
    def test_files_in_any_state_are_counted(self, tmp_path: Path, workers: int) -> None:
        good = "\n".join(lines(ordinary(4))).encode()
        files = {
            "empty.jsonl": b"",
            "blank.jsonl": b"\n\n \n",
            "bom.jsonl": b"\xef\xbb\xbf" + good,
            "cut.jsonl.gz": gzip.compress(good)[:-40],
            "latin.jsonl": '{"event_id":"é","case_id":"C"}'.encode("latin-1"),
            "text.jsonl.gz": good,
        }
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)

        counts = replayed(
            tmp_path, sources=tuple(str(tmp_path / name) for name in files), workers=workers
        ).summary.counts

        assert counts.reconciles()
        assert 3 == counts.quarantined
        assert len(lines(ordinary(4))) <= counts.folded + counts.duplicate

    def test_the_same_file_twice_is_duplicates(self, tmp_path: Path) -> None:
        log = write_lines(tmp_path / "log", lines(ordinary(6)))

        once = replayed(tmp_path / "a", sources=(str(log),)).summary.counts
        twice = replayed(tmp_path / "b", sources=(str(log), str(log))).summary.counts

        assert Counts(2 * once.read, once.folded, once.duplicate + once.read, 0, 0) == twice

    def test_an_empty_log_is_no_mistake(self, tmp_path: Path) -> None:
        found = replayed(tmp_path, [], store=tmp_path / "store")

        assert Counts() == found.summary.counts
        assert [] == found.cards


@pytest.mark.slow
class TestStore:
    def test_the_same_replay_twice_changes_nothing(self, tmp_path: Path) -> None:
        first = replayed(tmp_path, store=tmp_path / "store").summary
        before = stored(tmp_path / "store")

        second = replayed(tmp_path, store=tmp_path / "store").summary

        assert first == second
        assert before == stored(tmp_path / "store")

    def test_another_profile_is_another_run_over_the_same_records(self, tmp_path: Path) -> None:
        first = replayed(tmp_path, store=tmp_path / "store").summary
        second = replayed(tmp_path, store=tmp_path / "store", profile="two_colour").summary

        with open_store(tmp_path / "store") as store:
            assert [second.run, first.run] == [run.run for run in store.runs()]
            assert second.run == store.archive().run.run
            assert first.transitions == len(list(store.archive(first.run).transitions()))
            assert first.counts.folded + first.counts.duplicate == store.count(TABLES[0])

    def test_an_earlier_run_replayed_is_the_current_one_again(self, tmp_path: Path) -> None:
        first = replayed(tmp_path, store=tmp_path / "store").summary
        replayed(tmp_path, store=tmp_path / "store", profile="two_colour")

        replayed(tmp_path, store=tmp_path / "store")

        with open_store(tmp_path / "store") as store:
            assert first.run == store.archive().run.run

    def test_rows_an_earlier_program_left_under_the_same_run_are_removed(self, tmp_path: Path) -> None:
        replayed(tmp_path, store=tmp_path / "store")
        before = stored(tmp_path / "store")
        with open_store(tmp_path / "store") as store:
            store._engine.run("INSERT INTO card SELECT * REPLACE ('SURPLUS' AS card_id) FROM card LIMIT 1")

        replayed(tmp_path, store=tmp_path / "store")

        assert before == stored(tmp_path / "store")

    def test_a_store_that_is_in_use_is_refused_before_anything_is_read(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "store", create=True), pytest.raises(StoreLocked):
            replayed(tmp_path, store=tmp_path / "store")

    def test_nothing_that_was_on_its_way_is_left(self, tmp_path: Path) -> None:
        replayed(tmp_path, store=tmp_path / "store", workers=2)

        assert {"clickhouse", "lock"} == {path.name for path in (tmp_path / "store").iterdir()}

    def test_no_number_of_a_person_is_in_the_store(self, tmp_path: Path) -> None:
        replayed(tmp_path, store=tmp_path / "store")

        with open_store(tmp_path / "store") as store:
            held = b"".join(event.record for event in store.archive().all_events())
        assert b"138****5678" in held
        assert b"370102********1234" in held
        assert b"13812345678" not in held
        assert b"370102199003071234" not in held


class TestRefusals:
    def test_strict_stops_at_the_first_record_of_the_log_that_cannot_be_read(self, tmp_path: Path) -> None:
        where = village_lines().index(BROKEN[0]) + 1

        for workers in (1, 2):
            with pytest.raises(NotReadable, match=rf"log\.jsonl:{where}：") as stopped:
                replayed(tmp_path / str(workers), strict=True, workers=workers)
            assert where == stopped.value.bad.where.line

    def test_strict_leaves_no_run_in_the_store(self, tmp_path: Path) -> None:
        with pytest.raises(NotReadable):
            replayed(tmp_path, strict=True, store=tmp_path / "store")

        with open_store(tmp_path / "store") as store:
            assert () == store.runs()

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(Unusable, match="nowhere"):
            replayed(tmp_path, sources=("nowhere.jsonl",))

    def test_a_missing_catalogue_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CatalogErrors, match="nowhere"):
            replayed(tmp_path, catalog="nowhere")

    def test_an_unknown_profile_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownProfile, match="nobody"):
            replayed(tmp_path, profile="nobody")


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_runs_from_nothing_to_everything(tmp_path: Path, workers: int) -> None:
    told: list[Progress] = []
    settings = replayed(tmp_path, workers=workers).settings

    replay(settings, told.append)

    fractions = [one.fraction for one in told]
    assert sorted(fractions) == fractions
    assert 1.0 == fractions[-1]
    assert Phase.STORING is told[-1].phase


def test_without_a_store_the_database_is_not_even_loaded(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.streams.replay.replayed import replayed;"
        "replayed(Path(sys.argv[1])); print('chdb' in sys.modules)"
    )

    assert "False" == run_python(script, str(tmp_path))


def overdue(found: Replayed) -> list[dict[str, Any]]:
    return [card for card in found.cards if card["rule_id"] == "OT_PROMISE_OVERDUE"]


def run_python(script: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def stored(directory: Path) -> dict[str, Counter[str]]:
    """Every row of every table of a store, but for when a run was recorded."""
    found: dict[str, Counter[str]] = {}
    with open_store(directory) as store:
        for table in TABLES:
            names = ", ".join(name for name in table.columns if name not in {"recorded_at", "detail", "file"})
            answer = store._engine.table(f"SELECT {names} FROM {table.name} FINAL")
            found[table.name] = Counter(map(str, rows_of(answer)))
    return found
