"""Tables."""

from pathlib import Path

import pytest

from tests.streams.sources.reading import read, read_text

MAPPING = """
zone: Asia/Shanghai
case: {column: no}
events:
  - type: case.submitted
    at: {column: on}
    fields: {channel: {column: note}}
"""


def test_a_quoted_cell_may_hold_commas_quotes_and_lines(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING, "t.csv", 'no,on,note\r\nA,2026-01-05,"x, ""y""\nz"\r\nB,2026-01-06,\r\n')

    assert [("A", 'x, "y"\nz'), ("B", None)] == [(e.case_id, getattr(e, "channel", "")) for e in found.events]
    assert [2, 4] == [item.where.line for item in found.items]


def test_a_row_with_too_few_or_too_many_columns_is_put_aside_with_its_bytes(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING, "t.csv", "no,on,note\nA,2026-01-05\nB,2026-01-05,x,y\nC,2026-01-05,x\n")

    assert ["C"] == [event.case_id for event in found.events]
    assert [(2, b"A,2026-01-05"), (3, b"B,2026-01-05,x,y")] == [(one.where.line, one.raw) for one in found.bad]
    assert "有 2 列，表头有 3 列" == found.bad[0].reason


def test_a_quote_that_is_never_closed_costs_its_line_alone(tmp_path: Path) -> None:
    content = (
        'no,on,note\nA,2026-01-05,"open\nB,2026-01-06,x\nC,2026-01-07,"fine"\nD,2026-01-08,"open\nE,2026-01-09,x\n'
    )

    found = read_text(tmp_path, MAPPING, "t.csv", content)

    assert {"B", "C", "E"} <= {event.case_id for event in found.events}
    assert {2, 5} == {one.where.line for one in found.bad}
    assert all("不是 CSV" in one.reason for one in found.bad)


def test_a_line_in_another_encoding_is_put_aside_with_its_bytes(tmp_path: Path) -> None:
    content = b"no,on,note\nA,2026-01-05,x\n" + "B,2026-01-05,窗口\n".encode("gb18030") + b"C,2026-01-05,x\n"

    found = read_text(tmp_path, MAPPING, "t.csv", content)

    assert ["A", "C"] == [event.case_id for event in found.events]
    assert [(3, "B,2026-01-05,窗口".encode("gb18030"))] == [(one.where.line, one.raw) for one in found.bad]
    assert "不是 utf-8 编码" in found.bad[0].reason


def test_the_mapping_names_the_encoding(tmp_path: Path) -> None:
    content = "no,on,note\nA,2026-01-05,窗口\n".encode("gb18030")

    found = read_text(tmp_path, "encoding: gb18030\n" + MAPPING, "t.csv", content)

    assert ["窗口"] == [getattr(event, "channel", "") for event in found.events]


def test_a_header_in_another_encoding_costs_the_file_and_says_so(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING, "t.csv", "编号,on,note\nA,2026-01-05,x\n".encode("gb18030"))

    assert [] == found.events
    assert [1] == [one.where.line for one in found.bad]
    assert "encoding" in found.bad[0].reason


def test_a_missing_column_costs_the_file_and_is_named(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING, "t.csv", "no,on\nA,2026-01-05\n")

    assert [] == found.events
    assert ["表头没有列 note（确可缺的列写进 optional_columns）；整个文件未读"] == [one.reason for one in found.bad]


def test_a_column_that_only_an_expression_names_may_not_be_missing_either(tmp_path: Path) -> None:
    mapping = MAPPING.replace("{column: note}", "{cel: \"row['n o te'] == null ? 'x' : row.tone\"}")

    found = read_text(tmp_path, mapping, "t.csv", "no,on\nA,2026-01-05\n")

    assert "n o te、tone" in found.bad[0].reason


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    found = read_text(tmp_path, "optional_columns: [note]\n" + MAPPING, "t.csv", "no,on\nA,2026-01-05\n")

    assert ["A"] == [event.case_id for event in found.events]


def test_a_column_named_twice_costs_the_file(tmp_path: Path) -> None:
    found = read_text(tmp_path, MAPPING, "t.csv", "no,on,note,note\nA,2026-01-05,x,y\n")

    assert [] == found.events
    assert "出现两次" in found.bad[0].reason


def test_a_file_without_a_header_is_put_aside(tmp_path: Path) -> None:
    assert ["没有表头"] == [one.reason for one in read_text(tmp_path, MAPPING, "t.csv", "").bad]


def test_a_table_may_have_no_header_another_delimiter_and_lines_above(tmp_path: Path) -> None:
    mapping = MAPPING + 'csv: {delimiter: ";", header: false, columns: [no, on, note], skip_lines: 2}\n'

    found = read_text(tmp_path, mapping, "t.csv", "a title\n\nA;2026-01-05;x\n")

    assert ["A"] == [event.case_id for event in found.events]


def test_a_cell_longer_than_a_table_holds_costs_its_line(tmp_path: Path) -> None:
    content = "no,on,note\nA,2026-01-05," + "x" * 200_000 + "\nB,2026-01-05,x\n"

    found = read_text(tmp_path, MAPPING, "t.csv", content)

    assert ["B"] == [event.case_id for event in found.events]
    assert [2] == [one.where.line for one in found.bad]


@pytest.mark.parametrize("text", ["", "NULL", "n/a"])
def test_texts_that_mean_nothing_are_nothing(tmp_path: Path, text: str) -> None:
    mapping = 'empty: ["", "NULL", "n/a"]\n' + MAPPING

    found = read_text(tmp_path, mapping, "t.csv", f"no,on,note\nA,2026-01-05,{text}\n")

    assert [None] == [getattr(event, "channel", "") for event in found.events]


def test_numbers_of_records_run_on_from_file_to_file(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("no,on,note\nA,2026-01-05,x\n", encoding="utf-8")

    found = read([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "m.yaml")

    assert ["A/case.submitted/1", "A/case.submitted/2"] == [event.event_id for event in found.events]
