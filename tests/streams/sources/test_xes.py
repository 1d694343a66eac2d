"""XES logs."""

from pathlib import Path

import pytest

from streams.sources import xes
from tests.streams.sources.reading import SAMPLES, read, read_text

MAPPING = """
zone: Asia/Shanghai
case: {column: "case:concept:name"}
events:
  - type: stage.completed
    at: {column: "time:timestamp"}
    fields:
      stage_code: {column: "concept:name"}
      opinion: {column: "case:kind"}
"""
EVENT = (
    '<event><string key="concept:name" value="%s"/>'
    '<date key="time:timestamp" value="2026-01-05T10:00:00+08:00"/></event>'
)
TRACE = '<trace><string key="concept:name" value="%s"/><string key="kind" value="k"/>%s</trace>'


def log(*traces: str, head: str = "<log>", tail: str = "</log>") -> str:
    return head + "\n".join(traces) + tail


def test_attributes_of_the_trace_stand_under_case(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING, "l.xes", log(TRACE % ("T1", EVENT % "a" + EVENT % "b")))

    assert [("T1", "a", "k"), ("T1", "b", "k")] == [
        (event.case_id, getattr(event, "stage_code", ""), getattr(event, "opinion", "")) for event in found.events
    ]


def test_attributes_inside_attributes_and_lists_are_read() -> None:
    found = read([SAMPLES / "fines.xes"], SAMPLES / "fines.yaml")

    submitted = found.event("F1/case.submitted/1")
    assert {"article": "157", "paragraph": "7", "paid": "2"} == getattr(submitted, "attributes", None)
    assert ("A", "B") == getattr(submitted, "materials", None)


def test_the_place_of_an_event_is_its_line_and_its_number_in_the_trace() -> None:
    found = read([SAMPLES / "fines.xes"], SAMPLES / "fines.yaml")

    where = next(item.where for item in found.items if "fee.paid/3" in str(item))
    assert (20, "trace F1 event 3") == (where.line, where.record)


def test_traces_before_malformed_xml_are_kept_and_the_rest_is_one_record(tmp_path: Path) -> None:
    content = log(
        TRACE % ("T1", EVENT % "a"), TRACE % ("T2", EVENT % "b" + "<event><oops"), TRACE % ("T3", EVENT % "c")
    )

    found = read_text(tmp_path, MAPPING, "l.xes", content)

    assert ["T1"] == [event.case_id for event in found.events]
    (bad,) = found.bad
    assert "不是 XML" in bad.reason
    assert (2, "T2") == (bad.where.line, bad.case_id)
    assert bad.raw.startswith(b'<trace><string key="concept:name" value="T2"/>')


def test_a_log_that_is_cut_off_keeps_its_whole_traces(tmp_path: Path) -> None:
    content = log(TRACE % ("T1", EVENT % "a"), TRACE % ("T2", EVENT % "b"), tail="")[:-30]

    found = read_text(tmp_path, MAPPING, "l.xes", content)

    assert ["T1"] == [event.case_id for event in found.events]
    assert ["T2"] == [bad.case_id for bad in found.bad]


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + log(TRACE % ("&b;", EVENT % "a"))

    found = read_text(tmp_path, MAPPING, "l.xes", bomb)

    assert [] == found.events
    assert "ENTITY" in found.bad[0].reason


def test_a_tag_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xes, "LONGEST", 1 << 20)
    content = log(TRACE % ("T1", EVENT % "a"), '<trace><string key="x" value="' + "y" * (4 << 20), tail="")

    found = read_text(tmp_path, MAPPING, "l.xes", content)

    assert ["T1"] == [event.case_id for event in found.events]
    assert "标签超过" in found.bad[0].reason


def test_a_record_put_aside_keeps_its_bytes(tmp_path: Path) -> None:
    event = (EVENT % "a").replace("2026-01-05", "2026-02-30")

    found = read_text(tmp_path, MAPPING, "l.xes", log(TRACE % ("T1", EVENT % "b" + "\n  " + event)))

    assert [event.encode()] == [bad.raw for bad in found.bad]
    assert ["stage.completed.occurred_at"] == [bad.field for bad in found.bad]


@pytest.mark.parametrize(("declared", "used"), [("ISO-8859-1", "latin-1"), ("utf-16", "utf-16"), ("UTF-8", "utf-8")])
def test_a_log_names_its_own_encoding(tmp_path: Path, declared: str, used: str) -> None:
    content = f'<?xml version="1.0" encoding="{declared}"?>' + log(TRACE % ("é", EVENT % "ü"))

    found = read_text(tmp_path, MAPPING, "l.xes", content.encode(used))

    assert [("é", "ü")] == [(event.case_id, getattr(event, "stage_code", "")) for event in found.events]


def test_the_mapping_names_an_encoding_the_parser_does_not_know(tmp_path: Path) -> None:
    content = ('<?xml version="1.0" encoding="GBK"?>' + log(TRACE % ("办件", EVENT % "审核"))).encode("gbk")

    without = read_text(tmp_path, MAPPING, "l.xes", content)
    found = read_text(tmp_path, "encoding: gb18030\n" + MAPPING, "l.xes", content)

    assert [] == without.events
    assert 1 == len(without.bad)
    assert ["办件"] == [event.case_id for event in found.events]


def test_bytes_in_another_encoding_than_the_mapping_names_are_put_aside(tmp_path: Path) -> None:
    content = log(TRACE % ("T1", EVENT % "a")).encode() + b"\xff\xfe"

    found = read_text(tmp_path, "encoding: utf-8\n" + MAPPING, "l.xes", content)

    assert ["不是 utf-8 编码：invalid start byte；其后未读"] == [bad.reason for bad in found.bad]


def test_a_log_over_many_blocks_is_read_whole(tmp_path: Path) -> None:
    traces = [TRACE % (f"T{number}", (EVENT % "a") * 40) for number in range(500)]

    found = read_text(tmp_path, MAPPING, "l.xes", log(*traces))

    assert 500 * 40 == len(found.events)
    assert [] == found.bad


def test_a_trace_of_a_name_that_was_there_goes_on_numbering(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING, "l.xes", log(TRACE % ("T1", EVENT % "a"), TRACE % ("T1", EVENT % "a")))

    assert ["T1/stage.completed/1", "T1/stage.completed/2"] == [event.event_id for event in found.events]
