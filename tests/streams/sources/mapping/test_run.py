"""Records to items: ids, numbers, filters, defects, cases."""

from pathlib import Path

import pytest

from rules.events.instants import instant_of
from tests.streams.sources.reading import get, read, read_text

MAPPING = """
zone: Asia/Shanghai
case: {column: no}
events:
  - type: stage.completed
    at: {column: on}
    fields: {stage_code: {column: step}, occurrence: {nth: step}}
"""
PAID = """
zone: Asia/Shanghai
case: {column: no}
events: [{type: fee.paid, at: {column: on}, fields: {amount: SPEC}}]
"""
LOG = "no,on,step\nA,2026-01-05,x\nB,2026-01-05,x\nA,2026-01-06,y\nA,2026-01-07,x\nA,2026-01-06,y\n"


def test_an_event_is_known_by_its_case_its_name_and_its_number_in_the_case(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING, "t.csv", LOG)

    assert [f"A/stage.completed/{n}" for n in (1, 2, 3, 4)] == [e.event_id for e in found.events if e.case_id == "A"]
    assert [1, 1, 2, 2] == [get(e, "occurrence") for e in found.events if e.case_id == "A"]


def test_exact_duplicates_are_one_event_where_content_is_the_id(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING + "event_id: content\n", "t.csv", LOG)

    of_a = [raw for raw, event in zip(found.raws, found.events, strict=True) if event.case_id == "A"]
    assert of_a[1] == of_a[3]
    assert 3 == len(set(of_a))
    assert 5 == len(found.events)


def test_a_log_in_another_order_gives_the_same_events_where_content_is_the_id(tmp_path: Path) -> None:
    head, *rows = LOG.replace("occurrence", "").splitlines()
    mapping = MAPPING.replace(", occurrence: {nth: step}", "") + "event_id: content\n"

    forth = read_text(tmp_path, mapping, "t.csv", "\n".join([head, *rows]))
    back = read_text(tmp_path, mapping, "t.csv", "\n".join([head, *reversed(rows)]))

    assert sorted(forth.raws) == sorted(back.raws)


def test_a_record_may_have_an_id_of_its_own_and_an_event_too(tmp_path: Path) -> None:
    mapping = """
zone: Asia/Shanghai
case: {column: no}
event_id: {column: key}
events:
  - type: case.submitted
    at: {column: on}
  - type: case.closed
    at: {column: on}
    id: {cel: "'close-' + row.key"}
"""

    found = read_text(tmp_path, mapping, "t.csv", "no,on,key\nA,2026-01-05,k1\nA,2026-01-05,\n")

    assert ["k1/case.submitted", "close-k1"] == [event.event_id for event in found.events]
    assert {"case.submitted.event_id", "case.closed.event_id"} == {bad.field for bad in found.bad}


def test_reading_again_gives_the_same_bytes(tmp_path: Path) -> None:
    first = read_text(tmp_path, MAPPING, "t.csv", LOG)

    assert first.raws == read_text(tmp_path, MAPPING, "t.csv", LOG).raws


def test_every_record_is_an_event_put_aside_or_filtered(tmp_path: Path) -> None:
    mapping = """
zone: Asia/Shanghai
case: {column: no}
keep: "row.step != 'test'"
events:
  - type: case.submitted
    only: {step: [in, again]}
    at: {column: on}
  - type: case.closed
    only: {step: out}
    when: "row.on > '2026'"
    at: {column: on}
"""
    content = (
        "no,on,step\nA,2026-01-05,in\nA,2026-01-05,test\nA,2026-01-06,note\nA,2025-01-07,out\nA,2026-01-07,out\n"
        "A,2026-13-01,again\n,2026-01-08,in\nA,,out\n"
    )

    found = read_text(tmp_path, mapping, "t.csv", content)

    assert ["A/case.submitted/1", "A/case.closed/5"] == [event.event_id for event in found.events]
    assert [3, 4, 5] == sorted(one.where.line or 0 for one in found.filtered)
    assert [
        (7, "case.submitted.occurred_at", "A"),
        (8, "case_id", None),
        (9, "case.closed.when", "A"),
    ] == [(one.where.line, one.field, one.case_id) for one in found.bad]


def test_a_case_gives_an_event_once_from_its_first_record(tmp_path: Path) -> None:
    mapping = MAPPING + "  - {type: case.submitted, each: case, at: {column: on}}\n"

    found = read_text(tmp_path, mapping, "t.csv", LOG)

    assert [("A/case.submitted", "2026-01-05"), ("B/case.submitted", "2026-01-05")] == [
        (event.event_id, event.occurred_at[:10]) for event in found.of("case.submitted")
    ]


def test_an_event_that_is_optional_needs_no_time_and_another_does(tmp_path: Path) -> None:
    mapping = MAPPING + "  - {type: case.closed, at: {column: step}, optional: true}\n"
    content = "no,on,step\nA,2026-01-05,\nA,,2026-01-06\n"

    found = read_text(tmp_path, mapping, "t.csv", content)

    assert ["A/stage.completed/1", "A/case.closed/2"] == [event.event_id for event in found.events]
    assert [("缺失", "stage.completed.occurred_at")] == [(bad.reason, bad.field) for bad in found.bad]


def test_a_field_that_cannot_be_read_is_a_defect_that_names_its_expression(tmp_path: Path) -> None:
    mapping = """
zone: Asia/Shanghai
case: {column: no}
envelope:
  task_version: {column: version}
events:
  - type: fee.paid
    at: {column: on}
    fields:
      amount: {column: money}
      quantity: {cel: "number(row.money) * 2.0"}
      method: {column: how, map: {a: cash}}
      service: {column: how}
      pay_no: {column: gone, required: true}
"""
    content = 'no,on,money,how,version,gone\nA,2026-01-05,"1,200元",b,three,\n'

    found = read_text(tmp_path, mapping, "t.csv", content)

    (event,) = found.events
    assert [
        "task_version: 不是数：'three'",
        "amount: 不是数：'1,200元'",
        "quantity: number: 不是数：'1,200元'（表达式 'number(row.money) * 2.0'）",
        "method: 值 'b' 不在值表中",
        "service: 不是是或否：'b'",
        "pay_no: 缺失",
    ] == list(event.defects)


@pytest.mark.parametrize(
    ("spec", "text", "amount"),
    [
        ("{column: money}", "12.5", "12.5"),
        ("{column: money, round: 2}", "157.09305", "157.09"),
        ("{column: money, round: 2}", "0.125", "0.13"),
        ("{column: money, round: 0}", "2.5", "3"),
        ("{column: money, default: 7}", "", "7"),
        ("{cel: 'number(row.money) + 0.1', round: 2}", "0.2", "0.30"),
    ],
)
def test_an_amount_is_exact_and_rounded_only_where_it_is_said(
    tmp_path: Path, spec: str, text: str, amount: str
) -> None:
    mapping = PAID.replace("SPEC", spec)

    found = read_text(tmp_path, mapping, "t.csv", f"no,on,money\nA,2026-01-05,{text}\n")

    assert amount == str(get(found.events[0], "amount"))


def test_an_amount_finer_than_a_fen_is_a_defect_unless_rounded(tmp_path: Path) -> None:
    mapping = PAID.replace("SPEC", "{column: m}")

    found = read_text(tmp_path, mapping, "t.csv", "no,on,m\nA,2026-01-05,157.09305\n")

    assert get(found.events[0], "amount") is None
    assert "finer than a fen" in found.events[0].defects[0]


def test_numbers_may_be_written_the_european_way(tmp_path: Path) -> None:
    mapping = """
zone: Europe/Berlin
numbers: {decimal: ",", thousands: "."}
csv: {delimiter: ";"}
case: {column: no}
events: [{type: fee.paid, at: {column: on}, fields: {amount: {column: m}, quantity: {column: q}}}]
"""

    found = read_text(tmp_path, mapping, "t.csv", "no;on;m;q\nA;2026-01-05;1.234,50;3\n")

    assert ("1234.50", "3") == (str(get(found.events[0], "amount")), str(get(found.events[0], "quantity")))


def test_a_value_map_may_depend_on_the_source_of_the_record(tmp_path: Path) -> None:
    mapping = """
zone: Asia/Shanghai
case: {column: no}
maps:
  outcome:
    by: {column: src}
    tables:
      gd: {"1": RETURNED}
      sd: {"1": DENIED}
envelope: {data_source: {column: src}}
events: [{type: case.closed, at: {column: on}, fields: {result: {column: code, map: outcome}}}]
"""
    content = "no,on,code,src\nA,2026-01-05,1,gd\nB,2026-01-05,1,sd\nC,2026-01-05,1,zj\nD,2026-01-05,2,gd\n"

    found = read_text(tmp_path, mapping, "t.csv", content)

    assert ["RETURNED", "DENIED", None, None] == [get(event, "result") for event in found.events]
    assert ["result: 值表 outcome 没有来源 'zj' 的表", "result: 值 '2' 不在值表 outcome （来源 'gd'）中"] == [
        event.defects[0] for event in found.events[2:]
    ]


def test_what_a_value_map_lacks_may_have_a_word_of_its_own(tmp_path: Path) -> None:
    mapping = MAPPING.replace("stage_code: {column: step}", "result: {column: step, map: {x: passed}, unknown: other}")

    found = read_text(tmp_path, mapping, "t.csv", LOG)

    assert ["passed", "passed", "other", "passed", "other"] == [get(event, "result") for event in found.events]


def test_the_time_of_report_is_what_the_mapping_says(tmp_path: Path) -> None:
    mapping = MAPPING + "envelope: {reported_at: {column: sent}, org_name: {value: 某局}}\n"

    found = read_text(tmp_path, mapping, "t.csv", "no,on,step,sent\nA,2026-01-05,x,2026-01-09 10:00:00\n")

    assert "2026-01-09T10:00:00+08:00" == found.events[0].reported_at
    assert '"org_name":"某局"'.encode() in found.raws[0]


def test_what_happens_after_the_latest_instant_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "t.csv").write_text("no,on,step\nA,2026-01-05,x\nA,2099-01-05,x\n", encoding="utf-8")

    found = read([tmp_path / "t.csv"], tmp_path / "m.yaml", instant_of("2030-01-01T00:00:00Z"))

    assert 1 == len(found.events)
    assert ["stage.completed.occurred_at"] == [bad.field for bad in found.bad]
    assert found.bad[0].reason.startswith("事件时间晚于")


LOOKING = """
zone: Asia/Shanghai
case: {column: no%s}
given:
  case: {steps: "size(case.records)"}
  record: {before: "size(case.records.filter(r, r['#'] < row['#']))"}
events:
  - type: case.submitted
    each: case
    at: {cel: "earliest(case.records.map(r, stamp(r.on)))"}
    fields: {channel: {cel: "string(given.steps)"}}
  - type: stage.completed
    at: {column: on}
    fields: {stage_code: {cel: "row.step + string(given.before)"}}
"""


def test_the_other_records_of_the_case_can_be_looked_at(tmp_path: Path) -> None:
    found = read_text(tmp_path, LOOKING % "", "t.csv", LOG)

    assert [("A", "4"), ("B", "1")] == [(e.case_id, get(e, "channel")) for e in found.of("case.submitted")]
    assert ["x0", "y1", "x2", "y3", "x0"] == [get(e, "stage_code") for e in found.of("stage.completed")]


def test_cases_that_are_said_to_stand_together_are_not_waited_for(tmp_path: Path) -> None:
    found = read_text(tmp_path, LOOKING % ", scattered: false", "t.csv", LOG)

    assert [("A", "1"), ("B", "1")] == [(e.case_id, get(e, "channel")) for e in found.of("case.submitted")]
    assert [4, 5, 6] == [bad.where.line for bad in found.bad]
    assert all("scattered" in bad.reason for bad in found.bad)


def test_a_given_value_that_fails_puts_aside_what_asks_for_it_and_nothing_else(tmp_path: Path) -> None:
    mapping = """
zone: Asia/Shanghai
case: {column: no}
given: {case: {typed: "date(case.records[0].step)"}}
events:
  - {type: case.submitted, each: case, at: {column: on}}
  - {type: case.accepted, each: case, when: "given.typed != null", at: {column: on}}
  - {type: case.closed, each: case, at: {column: on}, fields: {source_result: {cel: given.typed}}}
"""

    found = read_text(tmp_path, mapping, "t.csv", "no,on,step\nA,2026-01-05,soon\n")

    assert ["A/case.submitted", "A/case.closed"] == [event.event_id for event in found.events]
    assert [("case.accepted.when", True)] == [(bad.field, "given.typed" in bad.reason) for bad in found.bad]
    assert "given.typed" in found.events[1].defects[0]


def test_a_mapping_may_rest_on_another_and_do_without_some_of_its_events(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        MAPPING + "  - {type: case.closed, at: {column: on}, only: {step: y}}\nenvelope: {org_code: {value: O}}\n",
        encoding="utf-8",
    )
    mapping = """
extends: base.yaml
without: [stage.completed]
envelope: {org_code: {value: P}}
events:
  - {type: case.submitted, each: case, at: {column: on}}
"""

    found = read_text(tmp_path, mapping, "t.csv", LOG)

    assert {"A/case.submitted", "B/case.submitted", "A/case.closed/2", "A/case.closed/4"} == {
        event.event_id for event in found.events
    }
    assert {"P"} == {event.org_code for event in found.events}


def test_what_is_given_per_case_is_that_of_its_first_record(tmp_path: Path) -> None:
    mapping = MAPPING.replace("{column: step}", "{cel: given.first}") + "given: {case: {first: row.step}}\n"

    found = read_text(tmp_path, mapping, "t.csv", LOG)

    assert [("A", "x")] * 4 + [("B", "x")] == [(event.case_id, get(event, "stage_code")) for event in found.events]
