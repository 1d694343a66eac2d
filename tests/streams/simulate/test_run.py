from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rules.catalog.index import Catalog
from rules.catalog.loading import load_documents
from rules.events.decode import Unplaceable, decode
from rules.registry import PARAMS
from streams.simulate import CALM, Disorder, SimOptions, Unfit, simulate, write_city
from streams.simulate.key import COLUMNS
from tests.streams.replay.village import write_village
from tests.streams.simulate.shili import shili

SMALL = SimOptions(seed=1, cases=60, rounds=0)


def lines(options: SimOptions) -> list[bytes]:
    return list(simulate(shili(), options).lines)


def records(options: SimOptions) -> list[dict[str, Any]]:
    """Return the records that can be read."""
    told: list[dict[str, Any]] = []
    for line in lines(options):
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            told.append(msgspec.json.decode(line))
    return told


class TestTheFeed:
    def test_follows_from_the_seed_alone(self) -> None:
        options = SimOptions(seed=4, cases=40, rounds=1)

        one, other = simulate(shili(), options), simulate(shili(), options)

        assert list(one.lines) == list(other.lines)
        assert one.answers == other.answers

    def test_is_another_for_another_seed(self) -> None:
        assert lines(SMALL) != lines(SimOptions(seed=2, cases=60, rounds=0))

    def test_stands_in_the_order_in_which_it_came_in(self) -> None:
        came = [record["reported_at"] for record in records(SimOptions(seed=1, cases=60, rounds=1, disorder=CALM))]

        assert came == sorted(came)

    def test_has_some_lines_out_of_place_where_asked(self) -> None:
        disorder = Disorder(repeated=0, resent=0, broken=0, shuffled=0.02)
        came = [record["reported_at"] for record in records(SimOptions(seed=1, cases=60, rounds=0, disorder=disorder))]

        misplaced = sum(one > other for one, other in pairwise(came))

        assert 0 < misplaced < len(came) * 0.05

    def test_ends_with_a_tick_at_the_instant_of_the_key(self) -> None:
        simulation = simulate(shili(), SMALL)

        last = msgspec.json.decode(list(simulation.lines)[-1])

        assert ("tick", simulation.as_of) == (last["event_type"], last["reported_at"])

    def test_comes_in_before_the_end_and_after_it_happened(self) -> None:
        options = SimOptions(seed=1, cases=60, rounds=1, disorder=CALM)
        end = simulate(shili(), options).as_of

        assert all(record["occurred_at"] <= record["reported_at"] <= end for record in records(options))

    def test_names_every_case_and_event_once(self) -> None:
        told = records(SimOptions(seed=1, cases=300, rounds=0, disorder=CALM))
        ids = [record["event_id"] for record in told]
        owners = {record["event_id"].split("-")[0]: record.get("case_id") for record in told if "case_id" in record}

        assert len(ids) == len(set(ids))
        assert len(owners) == len(set(owners.values()))


class TestDisorder:
    def test_none_means_every_line_can_be_read(self) -> None:
        assert all(decode(line) for line in lines(SimOptions(seed=1, cases=80, rounds=0, disorder=CALM)))

    def test_breaks_records_so_that_none_of_them_can_be_placed(self) -> None:
        disorder = Disorder(corrected=0, voided=0, broken=1, repeated=0, resent=0, shuffled=0)

        refused = 0
        for line in lines(SimOptions(seed=1, cases=80, rounds=0, disorder=disorder)):
            try:
                event = decode(line)
            except Unplaceable:
                refused += 1
            else:
                # An impossible date is read, and refused when the event is put in its place.
                refused += "02-30" in event.occurred_at

        assert 20 < refused < 80

    def test_repeats_and_resends_what_was_already_said(self) -> None:
        once = lines(SimOptions(seed=1, cases=80, rounds=0, disorder=CALM))
        twice = lines(SimOptions(seed=1, cases=80, rounds=0, disorder=Disorder(0, 0.1, 0.1, 0, 0, 0, 0, 0, 0)))

        said = sum(b'"case_id"' in line for line in once)

        assert {*once} <= {*twice}
        assert said * 0.1 < len(twice) - len(once) < said * 0.3

    def test_puts_defects_where_no_rule_reads_them(self) -> None:
        disorder = Disorder(corrected=0, voided=0, broken=0, defective=1, repeated=0, resent=0)

        defects = [
            defect
            for line in lines(SimOptions(seed=1, cases=80, rounds=0, disorder=disorder))
            for defect in decode(line).defects
        ]

        assert defects
        assert {defect.partition(":")[0] for defect in defects} <= {"fee_total", "satisfaction_code"}


class TestWriting:
    def test_writes_feed_and_key_side_by_side(self, tmp_path: Path) -> None:
        written = write_city(tmp_path / "new" / "city", shili(), SimOptions(seed=1, cases=20, rounds=1))

        key = written.answers.read_text(encoding="utf-8").splitlines()

        assert ",".join(COLUMNS) == key[0]
        assert written.rows == len(key) - 1
        assert written.lines == len(written.events.read_bytes().splitlines())

    def test_refuses_a_span_no_calendar_covers(self) -> None:
        with pytest.raises(Unfit, match="工作日历"):
            simulate(shili(), SimOptions(start=date(2026, 11, 2), months=6))

    def test_refuses_a_catalogue_without_matters(self) -> None:
        with pytest.raises(Unfit, match="没有事项"):
            simulate(Catalog(load_documents("national"), PARAMS.values()), SMALL)

    def test_follows_a_catalogue_of_three_matters_as_well(self, tmp_path: Path) -> None:
        village = Catalog(load_documents(write_village(tmp_path / "village")), PARAMS.values())

        simulation = simulate(village, SimOptions(seed=1, cases=40, rounds=1))

        assert sum(b"case.submitted" in line for line in simulation.lines) > 40
        assert simulation.unplaced
        assert simulation.answers

    @pytest.mark.parametrize("months", [1, 2, 5])
    def test_lasts_as_many_months_as_asked(self, months: int) -> None:
        told = records(SimOptions(seed=1, cases=200, rounds=0, months=months, disorder=CALM))
        applied = [record["occurred_at"][:7] for record in told if record["event_type"] == "case.submitted"]

        assert len(set(applied)) in {months, months + 1}
