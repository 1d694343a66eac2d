import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow as pa
import pytest
from pyarrow import parquet

from streams.export.asking import Answer, Column
from streams.export.values import harmless, text_of
from streams.export.writing import Form, form_of, write

SCHEMA = pa.schema(
    [
        ("link", pa.string()),
        ("amount_yuan", pa.decimal128(18, 2)),
        ("at", pa.timestamp("us", "Asia/Shanghai")),
        ("day", pa.date32()),
        ("standing", pa.bool_()),
        ("note", pa.string()),
    ]
)
COLUMNS = (
    Column("link", "地址", "该信号的地址"),
    Column("amount_yuan", "金额", "金额，元"),
    Column("at", "时间", "时间"),
    Column("day", "日期", "日期"),
    Column("standing", "是否成立", "是否成立"),
    Column("note", "说明", "说明"),
)
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ROWS = [
    ("/card/ABC", Decimal("1234.50"), AT, date(2026, 3, 2), True, "=1+1"),
    ("", None, None, None, None, None),
]
NOTES = (("内容", "监察信号"), ("角色", "一般"))


def answer(rows: Sequence[tuple[Any, ...]] = ROWS) -> Answer:
    arrays = [pa.array([row[at] for row in rows], field.type) for at, field in enumerate(SCHEMA)]
    return Answer("监察信号", COLUMNS, SCHEMA, iter([pa.record_batch(arrays, schema=SCHEMA)]))


def written(form: Form, base: str = "", rows: Sequence[tuple[Any, ...]] = ROWS) -> bytes:
    to = io.BytesIO()
    assert len(rows) == write(answer(rows), form, to, notes=NOTES, base=base)
    return to.getvalue()


def cells(data: bytes, sheet: int) -> list[list[str]]:
    """The texts of a sheet, row by row."""
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        root = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 - written by this test
    return [
        ["".join(part.text or "" for part in cell.iter()) for cell in row.iter(f"{name}c")]
        for row in root.iter(f"{name}row")
    ]


class TestCsv:
    def test_rows_come_back_as_they_were(self) -> None:
        data = written(Form.CSV)

        assert data.startswith(b"\xef\xbb\xbf")
        assert [
            ["link", "amount_yuan", "at", "day", "standing", "note"],
            ["/card/ABC", "1234.50", "2026-03-02 09:30:00+08:00", "2026-03-02", "true", "'=1+1"],
            ["", "", "", "", "", ""],
        ] == list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))

    def test_links_become_addresses(self) -> None:
        assert "https://jc.example/card/ABC," in written(Form.CSV, "https://jc.example/").decode("utf-8-sig")


class TestXlsx:
    def test_rows_stand_under_chinese_heads(self) -> None:
        head, row, *_ = cells(written(Form.XLSX), 1)

        assert ["地址", "金额", "时间", "日期", "是否成立", "说明"] == head
        assert ["/card/ABC", "1234.50", "是", "=1+1"] == [row[0], row[1], row[4], row[5]]
        assert pytest.approx(46083 + 9.5 / 24) == float(row[2])

    def test_a_second_sheet_says_what_it_is(self) -> None:
        about = cells(written(Form.XLSX), 2)

        assert ["内容", "监察信号"] == about[0][:2]
        assert ["金额", "amount_yuan", "金额，元"] in about

    def test_links_can_be_followed(self) -> None:
        with zipfile.ZipFile(io.BytesIO(written(Form.XLSX, "https://jc.example"))) as book:
            relations = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()

        assert 'Target="https://jc.example/card/ABC"' in relations

    def test_money_too_long_for_a_cell_keeps_every_digit_as_text(self) -> None:
        long = Decimal("1234567890123456.78")

        rows = cells(written(Form.XLSX, rows=[("", long, None, None, None, "")]), 1)

        assert "1234567890123456.78" in rows[1]


class TestParquet:
    def test_rows_keep_their_types(self) -> None:
        table = parquet.read_table(io.BytesIO(written(Form.PARQUET)))

        assert SCHEMA.types == table.schema.types
        assert (Decimal("1234.50"), AT) == (table.column(1)[0].as_py(), table.column(2)[0].as_py())

    def test_columns_and_file_say_what_they_are(self) -> None:
        schema = parquet.read_schema(io.BytesIO(written(Form.PARQUET)))

        assert "金额，元" == schema.field("amount_yuan").metadata[b"comment"].decode()
        assert "一般" == schema.metadata["jiancha.角色".encode()].decode()

    def test_links_become_addresses(self) -> None:
        table = parquet.read_table(io.BytesIO(written(Form.PARQUET, "https://jc.example")))

        assert ["https://jc.example/card/ABC", ""] == table.column(0).to_pylist()


@pytest.mark.parametrize(("name", "form"), [("a.xlsx", Form.XLSX), ("a.PARQUET", Form.PARQUET), ("a.txt", Form.CSV)])
def test_the_name_of_a_file_says_its_form(name: str, form: Form) -> None:
    assert form == form_of(Path(name))


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert f"'{text}" == harmless(text)


def test_a_negative_number_stays_one() -> None:
    assert "-3" == harmless(-3)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (b"\xff\x00", "ff00"), (b"ab", "ab"), ([1, "二"], '[1, "二"]'), (1.5, "1.5")],
)
def test_values_as_text(value: object, text: str) -> None:
    assert text == text_of(value)
