"""JSON lines with fields of their own."""

from pathlib import Path

from tests.streams.sources.reading import SAMPLES, get, read, read_text

MAPPING = """
format: jsonl
zone: Asia/Shanghai
case: {column: no}
events:
  - type: fee.paid
    at: {column: on}
    fields: {amount: {column: money}, service: {column: flag}, fee_name: {column: number}}
"""


def test_objects_inside_objects_numbers_lists_and_nothing_are_read() -> None:
    found = read([SAMPLES / "objects.jsonl"], SAMPLES / "objects.yaml")

    assert ["1/case.submitted", "1/fee.paid", "2/case.closed"] == [event.event_id for event in found.events]
    assert (("a", "b"), "shop") == (get(found.events[0], "materials"), get(found.events[0], "apply_type"))
    assert "12.50" == str(get(found.events[1], "amount"))


def test_numbers_keep_what_was_written(tmp_path: Path) -> None:
    line = '{"no":"A","on":"2026-01-05","money":0.10,"flag":true,"number":12345678901234567.5}'

    found = read_text(tmp_path, MAPPING, "o.log", line)

    (event,) = found.events
    assert "0.10" == str(get(event, "amount"))
    assert get(event, "service") is True
    assert "12345678901234567.5" == get(event, "fee_name")


def test_lines_that_are_no_objects_are_put_aside(tmp_path: Path) -> None:
    lines = ["[1]", "{", '"x"', "", '{"no":"A","on":"2026-01-05"}', '{"a":' * 50_000]

    found = read_text(tmp_path, MAPPING, "o.log", "\n".join(lines))

    assert 1 == len(found.events)
    assert [1, 2, 3, 6] == [bad.where.line for bad in found.bad]


def test_lines_in_another_encoding_are_put_aside_or_read_as_the_mapping_says(tmp_path: Path) -> None:
    line = '{"no":"办件","on":"2026-01-05"}'.encode("gb18030")

    assert 1 == len(read_text(tmp_path, MAPPING, "o.log", line).bad)
    assert ["办件"] == [e.case_id for e in read_text(tmp_path, MAPPING + "encoding: gbk\n", "o.log", line).events]
