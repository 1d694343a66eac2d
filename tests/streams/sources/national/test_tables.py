"""The national exchange tables."""

from pathlib import Path

import pytest

from rules.events.instants import instant_of
from tests.streams.sources.reading import SAMPLES, Read, get, read, read_text

SPEC = (SAMPLES / "national.yaml").read_text(encoding="utf-8")
TABLES = [SAMPLES / "national" / f"up_pro_{name}.csv" for name in (
    "process", "result", "special_procedure", "accept", "material", "fee"
)]  # fmt: skip
PROCESS = (
    "row_guid,project_no,process_name,event_name,event_start_time,"
    "event_end_time,cd_operation,cd_time,data_source,version\n"
)
SPECIAL = (
    "row_guid,project_no,special_type,special_name,special_time,end_time,special_explain,cd_time,data_source,version\n"
)


@pytest.fixture(scope="module")
def sample() -> Read:
    return read(TABLES, SAMPLES / "national.yaml")


def rows(folder: Path, table: str, content: str, spec: str = SPEC) -> Read:
    return read_text(folder, spec, f"up_pro_{table}.csv", content)


@pytest.mark.parametrize(
    ("event_id", "event_type"),
    [
        ("a2/submitted", "case.submitted"),
        ("a2/accepted", "case.accepted"),
        ("p1/entered", "stage.entered"),
        ("p1/completed", "stage.completed"),
        ("p2/decision", "decision.made"),
        ("p4/completed/voided", "event.voided"),
        ("s1/started", "pause.started"),
        ("s1/ended", "pause.ended"),
        ("s4/extension", "extension.granted"),
        ("r1/closed", "case.closed"),
        ("f1/paid", "fee.paid"),
        ("f1/assessed", "fee.assessed"),
    ],
)
def test_each_table_gives_its_events(sample: Read, event_id: str, event_type: str) -> None:
    assert event_type == sample.event(event_id).__struct_config__.tag


def test_the_acceptance_has_its_matter_slip_and_due_date(sample: Read) -> None:
    event = sample.event("a2/accepted")

    assert ("T1", 3, "11440000") == (event.task_code, event.task_version, event.org_code)
    assert ("SL2", "440") == (get(event, "accept_doc_no"), event.data_source)
    assert ("project_type: 代码 '8' 不在办件类型表中",) == event.defects


def test_a_row_sent_again_has_the_same_id_a_higher_version_and_its_time_of_report(sample: Read) -> None:
    versions = [event for event in sample.events if event.event_id == "a1/accepted"]

    assert [(1, "2026-03-20"), (2, "2026-03-19")] == [(e.data_version, get(e, "promise_due")) for e in versions]
    assert ["2026-03-03T12:00:00+08:00", "2026-03-04T12:00:00+08:00"] == [event.reported_at for event in versions]


def test_materials_are_listed_in_every_version_of_the_application_and_counted_once(sample: Read) -> None:
    lists = [get(event, "materials") for event in sample.events if event.event_id == "a1/submitted"]

    assert [("申请表", "营业执照")] * 2 == lists
    assert 2 == len(sample.filtered)


def test_materials_of_no_application_are_put_aside(sample: Read) -> None:
    assert [("P8", 4)] == [(bad.case_id, bad.where.line) for bad in sample.bad if "material" in bad.where.file]


def test_one_unreadable_date_costs_one_event_of_its_row(sample: Read) -> None:
    assert ["a9/submitted"] == [event.event_id for event in sample.events if event.case_id == "P9"]
    assert ["accept_date"] == [bad.field for bad in sample.bad if bad.case_id == "P9"]


@pytest.mark.parametrize(
    ("spec", "types"),
    [
        (SPEC, ["stage.entered"]),
        (SPEC.replace('  "440":\n', '  "440":\n    same_end: ended\n'), ["stage.entered", "stage.completed"]),
    ],
)
def test_an_end_equal_to_its_start_means_what_the_source_says(tmp_path: Path, spec: str, types: list[str]) -> None:
    content = PROCESS + "p,P,审核,1,2026-03-04 09:00:00,2026-03-04 09:00:00,I,2026-03-04 16:00:00,440,1\n"

    assert types == [event.__struct_config__.tag for event in rows(tmp_path, "process", content, spec).events]


def test_a_stage_has_its_code_its_span_and_its_result(sample: Read) -> None:
    event = sample.event("p1/completed")

    assert ("SH", "审核", "passed") == (get(event, "stage_code"), get(event, "stage_name"), get(event, "result"))
    assert ("2026-03-04T09:00:00+08:00", "2026-03-04T15:00:00+08:00") == (
        get(event, "started_at"),
        get(event, "ended_at"),
    )


def test_the_decision_is_that_of_the_decisive_stage_else_of_the_close(sample: Read) -> None:
    found = {event.event_id: get(event, "result") for event in sample.of("decision.made")}

    assert {"p2/decision": "GRANTED", "r2/decision": "DENIED"} == found


def test_decisive_stages_of_a_matter_are_known_from_the_acceptance_of_the_case(tmp_path: Path) -> None:
    spec = SPEC.replace("decisive: {default: [JD]}", "decisive: {T1: [SH]}")
    (tmp_path / "m.yaml").write_text(spec, encoding="utf-8")

    found = read(TABLES, tmp_path / "m.yaml")

    assert {"p1/decision", "r2/decision"} == {event.event_id for event in found.of("decision.made")}


@pytest.mark.parametrize("end", ["9999-12-31 00:00:00", "2026-03-06 09:00:00", "2026-03-30 09:00:00", ""])
def test_an_end_that_only_fills_its_column_is_no_end(tmp_path: Path, end: str) -> None:
    content = SPECIAL + f"s,P,2,听证,2026-03-06 09:00:00,{end},,2026-03-07 10:00:00,440,1\n"

    assert ["pause.started"] == [e.__struct_config__.tag for e in rows(tmp_path, "special_procedure", content).events]


def test_an_end_that_cannot_be_read_is_put_aside_and_the_beginning_stands(tmp_path: Path) -> None:
    content = SPECIAL + "s,P,2,听证,2026-03-06 09:00:00,2026-02-30,,2026-03-07 10:00:00,440,1\n"

    found = rows(tmp_path, "special_procedure", content)

    assert ["s/started"] == [event.event_id for event in found.events]
    assert ["end_time"] == [bad.field for bad in found.bad]


def test_an_extension_has_the_days_its_text_names(sample: Read, tmp_path: Path) -> None:
    event = sample.event("s4/extension")
    silent = rows(
        tmp_path, "special_procedure", SPECIAL + "s,P,1,延长,2026-03-06,2026-03-06,,2026-03-07,440,1\n"
    ).events

    assert (10, "working_day", "赵六") == (get(event, "days"), get(event, "unit"), get(event, "approver"))
    assert [True] == ["延长天数没有写明" in one.defects[0] for one in silent]


def test_a_deleted_row_voids_every_event_it_gave(sample: Read) -> None:
    voids = [event for event in sample.of("event.voided") if event.case_id == "P2"]

    assert {"p4/entered", "p4/completed"} == {get(event, "target_event_id") for event in voids}
    assert {"2026-03-05T08:00:00+08:00"} == {event.occurred_at for event in voids}


def test_a_row_that_may_be_a_deletion_is_put_aside(sample: Read) -> None:
    assert [("P2", 6)] == [(bad.case_id, bad.where.line) for bad in sample.bad if bad.field == "cd_operation"]


def test_the_same_code_means_what_its_source_says(sample: Read) -> None:
    assert ("GRANTED", "RETURNED") == (
        get(sample.event("r1/closed"), "result"),
        get(sample.event("r3/closed"), "result"),
    )


def test_a_payment_has_its_item_payee_and_account(sample: Read) -> None:
    event = sample.event("f1/paid")

    assert ("JK1", "FEE-1", "80.00", "treasury", "online") == (
        get(event, "pay_no"),
        get(event, "fee_item_code"),
        str(get(event, "amount")),
        get(event, "payee_account_class"),
        get(event, "method"),
    )


def test_an_amount_in_words_is_a_defect(sample: Read) -> None:
    assert "amount: 不是数：'1,200元'" in sample.event("f2/paid").defects


def test_a_table_that_lacks_its_columns_is_put_aside_whole(tmp_path: Path) -> None:
    found = rows(tmp_path, "result", "row_guid,project_no\nr,P\n")

    assert ["不像 up_pro_result：表头没有列 result_date、result_type；整个文件未读"] == [
        bad.reason for bad in found.bad
    ]


def test_rows_without_their_place_are_put_aside(tmp_path: Path) -> None:
    content = PROCESS + ",P,审核,1,2026-03-04,2026-03-05,I,,440,1\np,,审核,1,2026-03-04,2026-03-05,I,,440,1\np,P,审核\n"

    assert ["row_guid", "project_no", ""] == [bad.field for bad in rows(tmp_path, "process", content).bad]


def test_a_source_may_name_its_columns_and_tables_its_own_way(tmp_path: Path) -> None:
    spec = SPEC + "table: result\nnames: {project_no: 办件编号}\nreported_column: null\n"
    content = "row_guid,办件编号,result_type,result_date,cd_time,data_source\nr,P,2,2026/3/5 10:00,2026-03-09,440\n"

    found = read_text(tmp_path, spec, "export.csv", content)

    assert [("P", "2026-03-05T10:00:00+08:00", None)] == [
        (event.case_id, event.occurred_at, event.reported_at) for event in found.of("case.closed")
    ]


def test_what_is_of_the_future_is_put_aside(tmp_path: Path) -> None:
    content = PROCESS + "p,P,审核,1,2099-03-04,2099-03-05,I,,440,1\n"

    found = read_text(tmp_path, SPEC, "up_pro_process.csv", content, instant_of("2030-01-01T00:00:00Z"))

    assert [] == found.events
    assert {"occurred_at"} == {bad.field for bad in found.bad}
