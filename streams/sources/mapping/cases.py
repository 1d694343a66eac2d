"""Records gathered to cases and numbered, so that ids are the same however often a log is read."""

from collections.abc import Iterable, Iterator
from typing import Any

from streams.sources.item import Bad, bad
from streams.sources.records import Record


class Tally:
    """What has been seen of one case: how many records, which ones, and how often each text in a column."""

    __slots__ = ("_columns", "_records", "_seen")

    def __init__(self) -> None:
        self._records = 0
        self._seen: dict[str, tuple[int, dict[str, int]]] = {}
        self._columns: dict[tuple[str, Any], int] = {}

    def number(self, record: Record, counted: Iterable[str]) -> None:
        """Give a record its number and its counts; an exact duplicate gets those of the first of its like."""
        before = self._seen.get(record.same) if record.same else None
        if before is not None:
            record.number, record.counts = before
            return
        self._records += 1
        record.number = self._records
        for column in counted:
            text = record.values.get(column)
            if text is not None:
                count = self._columns[column, text] = self._columns.get((column, text), 0) + 1
                record.counts[column] = count
        if record.same:
            self._seen[record.same] = (record.number, record.counts)


def gathered(records: Iterable[Record | Bad], *, scattered: bool) -> Iterator[list[Record] | Bad]:
    """Return the records of one case at a time.

    ``scattered`` holds the whole log in memory and returns the cases in the order of their first record. Else a case
    ends where another begins, and a record of a case that has ended is put aside: its case has been judged without it.
    """
    if scattered:
        yield from _all(records)
        return
    ended: set[str] = set()
    case: list[Record] = []
    for record in records:
        if isinstance(record, Bad):
            yield record
            continue
        if case and (record.case_id != case[0].case_id or record.group != case[0].group):
            ended.add(case[0].case_id)
            yield case
            case = []
        if record.case_id in ended:
            reason = "这一办件的记录不相连：前面已结束（映射中写 case.scattered: true 可合并）"
            yield bad(reason, "case_id", record.raw, record.where, record.case_id)
        else:
            case.append(record)
    if case:
        yield case


def _all(records: Iterable[Record | Bad]) -> Iterator[list[Record] | Bad]:
    cases: dict[str, list[Record]] = {}
    for record in records:
        if isinstance(record, Bad):
            yield record
        else:
            cases.setdefault(record.case_id, []).append(record)
    yield from cases.values()
