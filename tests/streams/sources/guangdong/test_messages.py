"""The ten messages."""

import json
from pathlib import Path
from typing import Any

import pytest

from rules.events.instants import instant_of
from tests.streams.sources.reading import SAMPLES, Read, get, read, read_text

SPEC = (SAMPLES / "guangdong.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample() -> Read:
    return read([SAMPLES / "guangdong.jsonl"], SAMPLES / "guangdong.yaml")


def told(folder: Path, *messages: dict[str, Any], spec: str = SPEC) -> Read:
    lines = [json.dumps({"SXBM": "SX1", "LY": "gz", "SJBBH": 1, **message}) for message in messages]
    return read_text(folder, spec, "messages.jsonl", "\n".join(lines))


@pytest.mark.parametrize(
    ("event_id", "event_type"),
    [
        ("G1/0", "case.submitted"),
        ("G1/1", "case.pre_accepted"),
        ("G1/2", "case.accepted"),
        ("G1/2/GDSF", "fee.assessed"),
        ("G1/3/1", "stage.completed"),
        ("G1/3/2/decision", "decision.made"),
        ("G1/4", "case.closed"),
        ("G1/4/SFJE", "fee.paid"),
        ("G1/5/1", "pause.started"),
        ("G1/5/2", "extension.granted"),
        ("G1/6/1", "pause.ended"),
        ("G1/7/B1", "supplement.notified"),
        ("G1/8/B1", "supplement.received"),
        ("G1/9", "result.delivered"),
        ("G3/2", "case.not_accepted"),
    ],
)
def test_each_message_is_its_event(sample: Read, event_id: str, event_type: str) -> None:
    assert event_type == sample.event(event_id).__struct_config__.tag


def test_the_envelope_is_read(sample: Read) -> None:
    event = sample.event("G1/2")

    found = (event.case_id, event.task_code, event.region_code, event.org_code, event.operator_id)
    assert ("G1", "SX1", "440100", "007482567", "A01") == found
    assert ("gz", 1, "2026-03-03T10:00:00+08:00") == (event.data_source, event.data_version, event.occurred_at)


def test_stamps_without_leading_zeros_and_plain_dates_are_read(sample: Read) -> None:
    assert "2026-03-02T09:00:00+08:00" == sample.event("G1/0").occurred_at
    assert "day" == sample.event("G1/5/1").time_precision


def test_lists_limits_and_amounts_are_read(sample: Read) -> None:
    accepted, paused = sample.event("G1/2"), sample.event("G1/5/1")

    assert ("申请表", "营业执照") == get(sample.event("G1/0"), "materials")
    assert (20, "working_day", "80") == (
        get(accepted, "promise_limit"),
        get(accepted, "promise_unit"),
        str(get(accepted, "fee_expected")),
    )
    assert ("hearing", 10, "working_day", "李四") == (
        get(paused, "kind"),
        get(paused, "limit"),
        get(paused, "limit_unit"),
        get(paused, "approver"),
    )
    assert "FEE-1" == get(sample.event("G1/4/SFJE"), "fee_item_code")
    assert get(sample.event("G1/8/B1"), "complete") is True


def test_a_decisive_stage_makes_the_decision_and_its_close_does_not(sample: Read) -> None:
    decisions = {event.event_id: (get(event, "result"), event.occurred_at[:10]) for event in sample.of("decision.made")}

    assert {"G1/3/2/decision": ("GRANTED", "2026-03-26"), "G2/4/decision": ("DENIED", "2026-03-27")} == decisions


def test_the_same_digit_means_what_its_source_says(sample: Read) -> None:
    assert ("DENIED", "RETURNED") == (get(sample.event("G2/4"), "result"), get(sample.event("S1/4"), "result"))


def test_a_close_that_rests_on_no_decision_makes_none(tmp_path: Path) -> None:
    found = told(tmp_path, {"XXLX": 4, "SBLSH": "G", "BJSJ": "2026-03-27 10:00:00", "BJJGDM": "5"})

    assert ["LAPSED"] == [get(event, "result") for event in found.events]


@pytest.mark.parametrize("backwards", [False, True])
def test_the_decision_does_not_depend_on_the_order_of_messages(tmp_path: Path, backwards: bool) -> None:
    stage = {"XXLX": 3, "SBLSH": "G", "SPBZH": 2, "SPHJDM": "PZ", "SPSJ": "2026-03-26 10:00:00", "SPHJZTDM": "2"}
    close = {"XXLX": 4, "SBLSH": "G", "BJSJ": "2026-03-27 10:00:00", "BJJGDM": "1"}

    found = told(tmp_path, *([close, stage] if backwards else [stage, close]))

    assert [("G/3/2/decision", "DENIED")] == [(e.event_id, get(e, "result")) for e in found.of("decision.made")]


def test_a_decisive_stage_that_sends_back_decides_nothing(tmp_path: Path) -> None:
    stage = {"XXLX": 3, "SBLSH": "G", "SPBZH": 2, "SPHJDM": "PZ", "SPSJ": "2026-03-26 10:00:00", "SPHJZTDM": "3"}

    assert [] == told(tmp_path, stage).of("decision.made")


def test_where_a_matter_has_its_own_decisive_stages_they_count(tmp_path: Path) -> None:
    spec = SPEC.replace("decisive: {default: [PZ]}", "decisive: {default: [PZ], SX1: [SH]}")
    stage = {"XXLX": 3, "SBLSH": "G", "SPBZH": 1, "SPHJDM": "SH", "SPSJ": "2026-03-26 10:00:00", "SPHJZTDM": "1"}

    assert 1 == len(told(tmp_path, stage, spec=spec).of("decision.made"))


@pytest.mark.parametrize("backwards", [False, True])
def test_the_answer_to_an_extension_ends_no_suspension(tmp_path: Path, backwards: bool) -> None:
    request = {"XXLX": 5, "SBLSH": "G", "XH": "1", "TBCXZL": "1", "TBCXKSRQ": "2026-03-10", "TBCXSX": 5}
    answer = {"XXLX": 6, "SBLSH": "G", "XH": "1", "TBCXJSRQ": "2026-03-11"}

    found = told(tmp_path, *([answer, request] if backwards else [request, answer]))

    assert ["G/5/1"] == [event.event_id for event in found.events]
    assert 1 == len(found.filtered)


def test_an_end_without_its_beginning_is_still_told(tmp_path: Path) -> None:
    found = told(tmp_path, {"XXLX": 6, "SBLSH": "G", "XH": "1", "TBCXJSRQ": "2026-03-11"})

    assert ["pause.ended"] == [event.__struct_config__.tag for event in found.events]


def test_a_kind_of_suspension_is_known_by_its_name_before_its_code(tmp_path: Path) -> None:
    spec = SPEC.replace("{听证: hearing}", "{听证: hearing, '2': expert_review}")
    message = {"XXLX": 5, "SBLSH": "G", "TBCXZL": "2", "TBCXKSRQ": "2026-03-10"}

    found = told(tmp_path, {**message, "XH": "1", "TBCXZLMC": "听证"}, {**message, "XH": "2"}, spec=spec)

    assert ["hearing", "expert_review"] == [get(event, "kind") for event in found.events]


def test_a_kind_nobody_knows_is_a_defect(tmp_path: Path) -> None:
    message = {"XXLX": 5, "SBLSH": "G", "XH": "1", "TBCXZL": "9", "TBCXZLMC": "等领导", "TBCXKSRQ": "2026-03-10"}

    (event,) = told(tmp_path, message).events

    assert get(event, "kind") is None
    assert "等领导" in event.defects[0]


def test_a_higher_version_has_the_same_id(tmp_path: Path) -> None:
    close = {"XXLX": 4, "SBLSH": "G", "BJSJ": "2026-03-27 10:00:00", "BJJGDM": "5"}

    found = told(tmp_path, close, {**close, "SJBBH": 2, "BJJGDM": "0"})

    closes = [(event.event_id, event.data_version) for event in found.of("case.closed")]
    assert [("G/4", 1), ("G/4", 2)] == closes


def test_money_that_is_not_yuan_is_a_defect(sample: Read) -> None:
    assert ("fee_total: 币种不是人民币：USD",) == sample.event("S1/4").defects


def test_amounts_may_be_totals_only(tmp_path: Path) -> None:
    close = {"XXLX": 4, "SBLSH": "G", "BJSJ": "2026-03-27 10:00:00", "BJJGDM": "5", "SFJE": "80"}

    found = told(tmp_path, close, spec=SPEC.replace("data_source: gz", "data_source: gz\ncharges: false", 1))

    assert ["80"] == [str(get(event, "fee_total")) for event in found.events]


def test_nothing_charged_is_no_charge(tmp_path: Path) -> None:
    close = {"XXLX": 4, "SBLSH": "G", "BJSJ": "2026-03-27 10:00:00", "BJJGDM": "5", "SFJE": 0}

    assert ["case.closed"] == [event.__struct_config__.tag for event in told(tmp_path, close).events]


def test_a_source_may_name_fields_its_own_way_and_say_when_a_message_came(tmp_path: Path) -> None:
    spec = SPEC + "names: {BJJGDM: BJJG, SBLSH: NO}\nreported_field: INSERTTIME\n"
    close = {"XXLX": "CompleteOB", "NO": "G", "BJSJ": "2026-03-27 10:00:00", "BJJG": "5", "INSERTTIME": "2026-03-28"}

    (event,) = told(tmp_path, close, spec=spec).events

    assert ("G", "LAPSED", "2026-03-28T00:00:00+08:00") == (event.case_id, get(event, "result"), event.reported_at)


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({"XXLX": 2, "SBLSH": "G", "SLSJ": "2026-03-03", "SLZTDM": "7"}, "SLZTDM"),
        ({"XXLX": 2, "SBLSH": "G", "SLSJ": "2026-02-30", "SLZTDM": "1"}, "SLSJ"),
        ({"XXLX": 2, "SBLSH": "G", "SLZTDM": "1"}, "SLSJ"),
        ({"XXLX": 2, "SBLSH": "G", "SLSJ": "2026-03-03", "SLZTDM": "1", "LY": "zj"}, "SLZTDM"),
        ({"XXLX": 11, "SBLSH": "G"}, "XXLX"),
        ({"SBLSH": "G"}, "XXLX"),
        ({"XXLX": 0}, "SBLSH"),
        ({"XXLX": 6, "SBLSH": "G", "TBCXJSRQ": "2026-03-03"}, "XH"),
    ],
)
def test_a_message_without_its_place_is_put_aside(tmp_path: Path, message: dict[str, Any], field: str) -> None:
    found = told(tmp_path, message)

    assert [] == found.events
    assert {field} == {bad.field for bad in found.bad}


def test_lines_that_are_no_messages_are_put_aside(tmp_path: Path) -> None:
    found = read_text(tmp_path, SPEC, "m.jsonl", b"[]\nnot json\n\n\xff\n")

    assert [1, 2, 4] == [bad.where.line for bad in found.bad]


def test_a_message_of_the_future_is_put_aside(tmp_path: Path) -> None:
    line = json.dumps({"XXLX": 9, "SBLSH": "G", "LQSJ": "2099-01-01 00:00:00"})

    found = read_text(tmp_path, SPEC, "m.jsonl", line, instant_of("2030-01-01T00:00:00Z"))

    assert [("occurred_at", "G")] == [(bad.field, bad.case_id) for bad in found.bad]
