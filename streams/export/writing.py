"""An answer as a file: CSV for anything, XLSX for people, Parquet for analysts. Columns and rows as they were asked."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from streams.export.asking import Answer, Refused, rows_of
from streams.export.values import harmless, local, text_of

EXCEL_ROWS = 1_048_575
"""Rows a sheet holds below its head."""
EXCEL_DIGITS = 15
"""Digits a cell keeps of a number."""
LINK = "link"


class Form(StrEnum):
    """Form of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


def form_of(path: Path | None) -> Form:
    """Return the form a file's name asks for; CSV where it does not."""
    ending = path.suffix.removeprefix(".").lower() if path is not None else ""
    return Form(ending) if ending in set(Form) else Form.CSV


def write(answer: Answer, form: Form, to: BinaryIO, *, notes: Sequence[tuple[str, str]] = (), base: str = "") -> int:
    """Write an answer and return the number of rows. ``base`` goes before links; ``notes`` say what the file is."""
    writers: Mapping[Form, Callable[..., int]] = {Form.CSV: _csv, Form.XLSX: _xlsx, Form.PARQUET: _parquet}
    return writers[form](answer, to, notes, base.rstrip("/"))


def _csv(answer: Answer, to: BinaryIO, _notes: Sequence[tuple[str, str]], base: str) -> int:
    """Write CSV (RFC 4180) in UTF-8 with its mark, without which spreadsheets garble Chinese."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="")
    out = csv.writer(text)
    out.writerow(column.name for column in answer.columns)
    count = 0
    for row in _linked(answer, base):
        out.writerow([harmless(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _parquet(answer: Answer, to: BinaryIO, notes: Sequence[tuple[str, str]], base: str) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    told = {f"jiancha.{name}": value for name, value in notes}
    fields = [
        field.with_metadata({"comment": column.meaning})
        for field, column in zip(answer.schema, answer.columns, strict=True)
    ]
    schema = pa.schema(fields, metadata=told)
    links = [at for at, column in enumerate(answer.columns) if _is_link(column.name)] if base else []
    count = 0
    with parquet.ParquetWriter(to, schema) as out:
        for batch in answer.batches:
            columns = batch.columns
            for at in links:
                linked = [f"{base}{value}" if value else value for value in columns[at].to_pylist()]
                columns[at] = pa.array(linked, schema.field(at).type)
            out.write_batch(pa.record_batch(columns, schema=schema))
            count += batch.num_rows
    return count


def _xlsx(answer: Answer, to: BinaryIO, notes: Sequence[tuple[str, str]], base: str) -> int:
    """Write a workbook: the rows under Chinese heads, and a sheet that says what the columns mean."""
    from xlsxwriter import Workbook

    book = Workbook(to, {"constant_memory": True, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    sheet = book.add_worksheet("数据")
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(answer.columns):
        sheet.set_column(at, at, max(10, min(40, 2 * len(column.title) + 4)))
        sheet.write_string(0, at, column.title, head)
    count = 0
    for row in _linked(answer, base):
        count += 1
        if count > EXCEL_ROWS:
            raise Refused(f"超过 {EXCEL_ROWS:,} 行，一张工作表放不下；请用 csv 或 parquet")
        for at, value in enumerate(row):
            _cell(
                sheet,
                (count, at),
                value,
                formats.get(type(value)),
                link=bool(base) and _is_link(answer.columns[at].name),
            )
    sheet.autofilter(0, 0, count, max(0, len(answer.columns) - 1))
    about = book.add_worksheet("说明")
    about.set_column(0, 1, 24)
    about.set_column(2, 2, 70)
    lines = [(name, value, "") for name, value in notes]
    lines += [("", "", ""), ("列", "名称", "含义"), *((one.title, one.name, one.meaning) for one in answer.columns)]
    for at, line in enumerate(lines):
        for place, said in enumerate(line):
            about.write_string(at, place, said)
    book.close()
    return count


def _cell(sheet: Any, at: tuple[int, int], value: Any, shape: Any, *, link: bool) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_string(*at, "是" if value else "否")
        case int() | float() | Decimal() if _fits(value):
            sheet.write_number(*at, value, shape)
        case datetime():
            sheet.write_datetime(*at, local(value), shape)
        case date():
            sheet.write_datetime(*at, value)
        case str() if link and value:
            sheet.write_url(*at, value)
        case _:
            sheet.write_string(*at, text_of(value))


def _fits(number: float | Decimal) -> bool:
    """Return whether a cell keeps every digit; floats are cells' own kind, unless they are no number."""
    if isinstance(number, float):
        return number - number == 0
    return len(Decimal(number).as_tuple().digits) <= EXCEL_DIGITS


def _linked(answer: Answer, base: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows, links made whole."""
    links = {at for at, column in enumerate(answer.columns) if _is_link(column.name)} if base else set()
    for row in rows_of(answer):
        yield tuple(f"{base}{one}" if at in links and one else one for at, one in enumerate(row)) if links else row


def _is_link(name: str) -> bool:
    return name == LINK or name.endswith(f"_{LINK}")
