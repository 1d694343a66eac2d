"""Tables: CSV rows as records."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

from streams.sources.errors import Misfit
from streams.sources.item import Bad, Where, bad
from streams.sources.lines import raw_lines
from streams.sources.mapping.compiled import Compiled
from streams.sources.mapping.model import Table
from streams.sources.records import NUMBER_KEY, Record, digest


class Line(NamedTuple):
    """A line of a table: its number, its bytes, its text with the newline."""

    number: int
    raw: bytes
    text: str


class Rows:
    """The rows of a table with their bytes. What is not CSV costs its first line; reading goes on behind it.

    Lines that cannot be read are gathered in ``aside``.
    """

    def __init__(self, path: str, spec: Table, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.header = spec.header
        self.skip = spec.skip_lines
        self.aside: list[Bad] = []
        self.taken: list[Line] = []
        self._lines = raw_lines(path, self.aside.append)
        self._again: deque[Line] = deque()
        options: dict[str, Any] = {"delimiter": spec.delimiter, "quotechar": spec.quote, "escapechar": spec.escape}
        options["quoting"] = csv.QUOTE_NONE if spec.quote is None else csv.QUOTE_MINIMAL
        self._reader = csv.reader(_Feed(self), strict=True, **options)

    def __iter__(self) -> Iterator[tuple[list[str], Line]]:
        """Return each row that is not blank, with its bytes and first line; Misfit where the header is unreadable."""
        while True:
            self.taken.clear()
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as err:
                first, *others = self.taken
                self._again.extendleft(reversed(others))
                self.aside.append(bad(f"不是 CSV：{err}", "", first.raw, Where(self.path, first.number)))
                continue
            if row:
                first, *others = self.taken
                raw = b"\n".join([first.raw, *(line.raw for line in others)]) if others else first.raw
                yield row, first._replace(raw=raw)

    def line(self) -> Line:
        """Return the next line that can be read as text; StopIteration at the end."""
        while True:
            if self._again:
                return self._again.popleft()
            number, raw = next(self._lines)
            if number <= self.skip:
                continue
            try:
                return Line(number, raw, raw.decode(self.encoding) + "\n")
            except UnicodeDecodeError as err:
                reason = f"不是 {self.encoding} 编码：第 {err.start + 1} 字节起（映射中写 encoding 可改）"
                if self.header and number == self.skip + 1:
                    raise Misfit(reason, number, raw) from None
                self.aside.append(bad(reason, "", raw, Where(self.path, number)))


class _Feed:
    """Hands lines to the CSV reader, noting which it took; it can go on after an end, when lines were put back."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._rows.line()
        self._rows.taken.append(line)
        return line.text


def read_table(path: str, compiled: Compiled) -> Iterator[Record | Bad]:
    """Return the rows of a table as records of the columns the mapping names."""
    spec = compiled.spec
    rows = Rows(path, spec.csv, spec.encoding or "utf-8")
    empty = frozenset(spec.empty)
    by_content = spec.event_id == "content"
    names = spec.csv.columns
    try:
        picked = None if names is None else _picked(names, compiled, None, b"")
        for row, line in rows:
            yield from drained(rows.aside)
            if picked is None or names is None:
                names = row
                picked = _picked(names, compiled, line.number, line.raw)
                continue
            where = Where(path, line.number)
            if len(row) != len(names):
                yield bad(f"有 {len(row)} 列，表头有 {len(names)} 列", "", line.raw, where)
                continue
            values = {name: row[at] for at, name in picked if row[at] not in empty}
            yield Record(values, line.raw, where, same=digest(row) if by_content else "")
    except Misfit as err:
        yield bad(f"{err.reason}；整个文件未读", "", err.raw, Where(path, err.line))
        return
    if names is None and not rows.aside:
        yield bad("没有表头", "", b"", Where(path))
    yield from drained(rows.aside)


def _picked(names: list[str], compiled: Compiled, line: int | None, raw: bytes) -> list[tuple[int, str]]:
    """Return the columns to read with their places; Misfit where one is missing or there twice."""
    wanted = compiled.wanted
    needed = compiled.columns - set(compiled.spec.optional_columns) - {NUMBER_KEY}
    if missing := sorted(needed - set(names)):
        raise Misfit(f"表头没有列 {'、'.join(missing)}（确可缺的列写进 optional_columns）", line, raw)
    if twice := sorted(name for name in needed if names.count(name) > 1):
        raise Misfit(f"表头中列 {'、'.join(twice)} 出现两次", line, raw)
    return [(at, name) for at, name in enumerate(names) if wanted is None or name in wanted]


def drained(items: list[Bad]) -> list[Bad]:
    """Return what a list holds and empty it."""
    held = items[:]
    items.clear()
    return held
