"""The mappings under examples/, on small logs of the same shape."""

from pathlib import Path

import pytest

from rules.events.envelope import Event
from tests.streams.sources.reading import SAMPLES, Read, get, read

EXAMPLES = Path(__file__).resolve().parent.parent.parent.parent / "examples"
RECEIPT_TABLE = (SAMPLES / "receipt.csv").read_text(encoding="utf-8")
BUILDING_HEAD = (
    "question,dateFinished,dueDate,activityNameEN,time:timestamp,org:resource,concept:name,"
    "case:endDate,case:SUMleges,case:concept:name,case:parts,case:startDate,case:caseProcedure\n"
)
BUILDING_CASE = ",157.09305,B1,Bouw,2014-01-06T00:00:00+01:00,"


def receipt(folder: Path, content: str = RECEIPT_TABLE, name: str = "log.csv") -> Read:
    (folder / name).write_text(content, encoding="utf-8")
    return read([folder / name], EXAMPLES / "receipt" / "mapping.yaml")


def building(folder: Path, *rows: str, mapping: str = "mapping.yaml", case: str = BUILDING_CASE) -> Read:
    """Return what is read from rows of ``code date question``, each with the attributes of its case."""
    lines = []
    for row in rows:
        code, on, question = row.split(" ", 2)
        stamp = f"{on}T00:00:00+01:00"
        lines.append(f"{question},{on} 00:00:00,,something,{stamp},560604,{code},{case}\n")
    (folder / "log.csv").write_text(BUILDING_HEAD + "".join(lines), encoding="utf-8")
    return read([folder / "log.csv"], EXAMPLES / "bpic15" / mapping)


def one(events: list[Event]) -> Event:
    (found,) = events
    return found


class TestReceipt:
    def test_a_case_is_submitted_accepted_with_its_deadline_and_closed_if_it_was(self, tmp_path: Path) -> None:
        found = receipt(tmp_path)

        accepted = found.event("case-1/case.accepted")
        assert "2011-12-06T13:41:31.788000+01:00" == get(accepted, "promise_due")
        assert "2011-10-11T13:42:22.688000+02:00" == accepted.occurred_at
        assert ["case-2"] == [event.case_id for event in found.of("case.closed")]

    def test_stages_have_their_code_officer_and_role(self, tmp_path: Path) -> None:
        stages = receipt(tmp_path).of("stage.completed")

        assert ["T00", "T02", "T04", "T07-2"] == [get(event, "stage_code") for event in stages]
        assert [None, "check", "determine", None] == [get(event, "role") for event in stages]
        assert ["R21", "R10", "R10", "R11"] == [event.operator_id for event in stages]
        assert "2011-10-13T10:00:00+02:00" == stages[2].occurred_at

    def test_the_xes_log_gives_the_same_events(self, tmp_path: Path) -> None:
        xes = """<log><trace>
            <date key="startdate" value="2011-10-11T13:42:22.688+02:00"/>
            <string key="concept:name" value="case-1"/>
            <date key="deadline" value="2011-12-06T13:41:31.788+01:00"/>
            <string key="channel" value="Internet"/>
            <event><string key="org:group" value="Group 1"/><string key="org:resource" value="R21"/>
              <string key="concept:name" value="Confirmation of receipt"/>
              <date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/></event>
            <event><string key="org:group" value="Group 4"/><string key="org:resource" value="R10"/>
              <string key="concept:name" value="T02 Check confirmation of receipt"/>
              <date key="time:timestamp" value="2011-10-12T08:26:25.398+02:00"/></event>
            </trace></log>"""

        table, log = receipt(tmp_path), receipt(tmp_path, xes, "log.xes")

        assert log.raws
        assert set(log.raws) < set(table.raws)


class TestBuilding:
    def test_a_case_has_its_term_by_its_procedure(self, tmp_path: Path) -> None:
        row = "01_HOOFD_010 2014-01-06 EMPTY"
        extended = ",,B1,,2014-01-06T00:00:00+01:00,Uitgebreid"

        assert "WABO-REGULIER" == one(building(tmp_path, row).of("case.accepted")).task_code
        assert "WABO-UITGEBREID" == one(building(tmp_path, row, case=extended).of("case.accepted")).task_code

    def test_the_first_sending_is_the_decision(self, tmp_path: Path) -> None:
        found = building(tmp_path, "01_HOOFD_510_2 2014-03-06 EMPTY", "01_HOOFD_510_2 2014-04-06 EMPTY")

        assert "2014-03-06T00:00:00+01:00" == one(found.of("decision.made")).occurred_at

    def test_fees_are_rounded_and_a_negative_one_is_a_defect(self, tmp_path: Path) -> None:
        row = "01_HOOFD_010 2014-01-06 EMPTY"
        negative = ",-73.52646,B1,,2014-01-06T00:00:00+01:00,"

        assert "157.09" == str(get(one(building(tmp_path, row).of("fee.assessed")), "amount_due"))
        assert "negative" in one(building(tmp_path, row, case=negative).of("fee.assessed")).defects[0]
        assert [] == building(tmp_path, row, case=negative.replace("-73.52646", "")).of("fee.assessed")

    @pytest.mark.parametrize(
        ("rows", "sent", "limit", "ended"),
        [
            (["08_AWB45_010 2014-01-10 42"], "2014-01-10", 42, None),
            (["08_AWB45_010 2014-01-10 28", "08_AWB45_010 2014-01-12 42"], "2014-01-10", 42, None),
            (["08_AWB45_010 2014-01-10 42", "08_AWB45_020_2 2014-01-14 EMPTY"], "2014-01-14", 42, None),
            (
                ["08_AWB45_010 2014-01-10 42", "08_AWB45_040 2014-02-05 3-2-2014 0:00:00"],
                "2014-01-10",
                42,
                "2014-02-03",
            ),
            (["08_AWB45_010 2014-01-10 42", "08_AWB45_040 2014-02-05 17-Feb-11"], "2014-01-10", 42, "2014-02-05"),
        ],
    )
    def test_the_term_stands_still_while_data_are_missing(
        self, tmp_path: Path, rows: list[str], sent: str, limit: int, ended: str | None
    ) -> None:
        found = building(tmp_path, *rows)

        started = one(found.of("pause.started"))
        assert (sent, limit, "natural_day") == (
            started.occurred_at[:10],
            get(started, "limit"),
            get(started, "limit_unit"),
        )
        assert [ended] * (ended is not None) == [event.occurred_at[:10] for event in found.of("pause.ended")]

    @pytest.mark.parametrize(
        "rows",
        [
            ["08_AWB45_010 2014-01-10 0"],
            ["08_AWB45_010 2014-01-10 42", "08_AWB45_040 2014-02-05 3-1-2014 0:00:00"],
            ["08_AWB45_040 2014-02-05 3-2-2014 0:00:00"],
            ["07_OPS_010 2014-01-10 False", "07_OPS_050 2014-01-10 42"],
            ["07_OPS_010 2014-01-10 True", "07_OPS_050 2014-01-10 0"],
            ["07_OPS_010 2014-01-10 True", "07_OPS_071 2014-01-10 9-1-2014 0:00:00"],
        ],
    )
    def test_the_term_does_not_stand_still_for_nothing(self, tmp_path: Path, rows: list[str]) -> None:
        found = building(tmp_path, *rows)

        assert [] == found.of("pause.started") + found.of("pause.ended")
        assert [] == found.bad

    @pytest.mark.parametrize(
        ("rows", "begun", "limit", "ended"),
        [
            (["07_OPS_010 2014-01-10 True", "07_OPS_050 2014-01-11 42"], "2014-01-10", 42, None),
            (["07_OPS_010 2014-01-10 True", "07_OPS_040 2014-01-11 for 14 days"], "2014-01-10", 14, None),
            (
                [
                    "07_OPS_010 2014-01-10 True",
                    "07_OPS_050 2014-01-11 42",
                    "07_OPS_051 2014-01-11 12-1-2014 14:24:46",
                    "07_OPS_071 2014-01-20 24-1-2014 0:00:00",
                ],
                "2014-01-12",
                None,
                "2014-01-24",
            ),
        ],
    )
    def test_the_term_stands_still_while_suspended(
        self, tmp_path: Path, rows: list[str], begun: str, limit: int | None, ended: str | None
    ) -> None:
        found = building(tmp_path, *rows)

        started = one(found.of("pause.started"))
        assert (begun, limit) == (started.occurred_at[:10], get(started, "limit"))
        assert [ended] * (ended is not None) == [event.occurred_at[:10] for event in found.of("pause.ended")]

    @pytest.mark.parametrize(
        ("rows", "days"),
        [
            (["06_VD_010 2014-01-10 True"], 42),
            (["06_VD_010 2014-01-10 True", "06_VD_030 2014-01-10 21", "06_VD_020 2014-01-10 28"], 28),
            (["06_VD_010 2014-01-12 True", "06_VD_010 2014-01-10 True", "06_VD_030 2014-01-10 21"], 21),
        ],
    )
    def test_the_term_is_extended_by_the_days_named(self, tmp_path: Path, rows: list[str], days: int) -> None:
        event = one(building(tmp_path, *rows).of("extension.granted"))

        assert ("2014-01-10", days, "natural_day") == (event.occurred_at[:10], get(event, "days"), get(event, "unit"))

    def test_an_extension_that_was_not_granted_is_none(self, tmp_path: Path) -> None:
        assert [] == building(tmp_path, "06_VD_010 2014-01-10 False", "06_VD_020 2014-01-10 42").of("extension.granted")

    def test_exact_duplicates_are_one_event_that_came_twice(self, tmp_path: Path) -> None:
        row = "99_NOCODE_02 2014-01-10 EMPTY"

        stages = building(tmp_path, row, row, "99_NOCODE_02 2014-01-11 EMPTY").of("stage.completed")

        assert stages[0] == stages[1]
        assert [1, 1, 2] == [get(event, "occurrence") for event in stages]

    def test_the_gross_mapping_takes_no_term_out(self, tmp_path: Path) -> None:
        rows = ["06_VD_010 2014-01-10 True", "08_AWB45_010 2014-01-10 42", "01_HOOFD_510_2 2014-03-06 EMPTY"]

        types = {
            event.__struct_config__.tag for event in building(tmp_path, *rows, mapping="mapping-gross.yaml").events
        }

        assert {"case.submitted", "case.accepted", "decision.made", "fee.assessed", "stage.completed"} == types
