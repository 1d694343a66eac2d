"""Figures for the public (公示): by agency or by matter; no case, no person, no number so small that it points at one.

A number from 1 to 4 is withheld. So is what it could be reckoned from: a small part of a whole withholds the other
part, and while what a column withholds could be found from the total of all, it withholds its next smallest too. A
share is told as "at least" where what is missing from it is small.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa

from sinks.clickhouse.database import Database
from streams.export.asking import Answer, Column

SMALL = 5
"""Numbers below it, except none, are withheld (ours: as statistics offices do with cells of tables)."""
WITHHELD = "不公开"
TOTAL = "合计"


class Subject(StrEnum):
    """What the figures are grouped by."""

    ORG = "org"
    TASK = "task"


_QUERIES = {
    Subject.ORG: (
        "SELECT org_name AS name, cases, open, closed, closed_timed, closed_on_time, verified_red, verified_yellow"
        " FROM (SELECT org_code, org_name, cases, open, closed, closed_timed, closed_on_time FROM v_org"
        " WHERE cases > 0) AS a LEFT JOIN (SELECT org_code, countIf(level = 'red') AS verified_red,"
        " countIf(level = 'yellow') AS verified_yellow FROM v_card WHERE verified AND standing GROUP BY org_code) AS b"
        " USING (org_code) ORDER BY org_code"
    ),
    Subject.TASK: (
        "SELECT task_name AS name, cases, open, closed, closed_timed, closed_on_time, 0 AS verified_red,"
        " 0 AS verified_yellow FROM v_task WHERE cases > 0 ORDER BY task_code"
    ),
}


class Group(StrEnum):
    """Numbers that are withheld together: the cases, how they split, the verified cards."""

    CASES = "cases"
    SPLIT = "split"
    CARDS = "cards"


PARTS = {
    Group.CASES: ("cases",),
    Group.SPLIT: ("open", "closed"),
    Group.CARDS: ("verified_red", "verified_yellow"),
}
COUNTS = ("cases", "open", "closed", "closed_timed", "closed_on_time", "verified_red", "verified_yellow")


@dataclass(slots=True)
class Figures:
    """The numbers of one agency or matter, and which groups of them are withheld."""

    name: str
    numbers: dict[str, int]
    hidden: set[Group] = field(default_factory=set)

    def hide(self, group: Group) -> None:
        """Withhold a group; with the cases how they split as well."""
        self.hidden.add(group)
        if group is Group.CASES:
            self.hidden.add(Group.SPLIT)

    def text(self, name: str, group: Group) -> str:
        """Return a number as it is published."""
        return WITHHELD if group in self.hidden else str(self.numbers[name])


def published(database: Database, subject: Subject) -> Answer:
    """Return the figures for the public, those of all together last."""
    rows = [Figures(row.pop("name"), row) for row in database.table(_QUERIES[subject]).to_pylist()]
    total = Figures(TOTAL, {name: sum(row.numbers[name] for row in rows) for name in COUNTS})
    return _answer([*withheld(rows), *withheld([total])], subject)


def withheld(rows: Sequence[Figures]) -> Sequence[Figures]:
    """Return rows with small numbers withheld, and as many more as it takes that none can be found from the total."""
    for group, parts in PARTS.items():
        for row in rows:
            if any(is_small(row.numbers[part]) for part in parts):
                row.hide(group)
        if len(rows) > 1:
            _guard(rows, group)
    return rows


def _guard(rows: Sequence[Figures], group: Group) -> None:
    def size(row: Figures) -> int:
        return sum(row.numbers[part] for part in PARTS[group])

    while True:
        hidden = [row for row in rows if group in row.hidden]
        sums = [sum(row.numbers[part] for row in hidden) for part in PARTS[group]]
        if not hidden or (len(hidden) > 1 and not any(map(is_small, sums))):
            return
        others = [row for row in rows if group not in row.hidden and size(row)]
        if not others:
            return
        min(others, key=lambda row: (size(row), row.name)).hide(group)


def share(part: int, whole: int) -> str | None:
    """Return a share in whole per cent; "at least" where what is missing is small; None where it would point at some.

    With ``whole`` small nothing is said.
    """
    if whole < SMALL or is_small(part):
        return None
    if is_small(whole - part):
        return f"≥{100 * (whole - SMALL + 1) // whole}%"
    return f"{round(100 * part / whole)}%"


def is_small(number: int) -> bool:
    """Return whether a number points at few."""
    return 0 < number < SMALL


def _answer(rows: Sequence[Figures], subject: Subject) -> Answer:
    columns = {
        Column("name", "部门" if subject is Subject.ORG else "事项", "名称"): [row.name for row in rows],
        Column("cases", "办件", "件"): [row.text("cases", Group.CASES) for row in rows],
        Column("open", "在办", "件"): [row.text("open", Group.SPLIT) for row in rows],
        Column("closed", "已办结", "件"): [row.text("closed", Group.SPLIT) for row in rows],
        Column("on_time_share", "按时办结率", "承诺到期日内办结者的份额，取整；≥ 表示不少于"): [
            _share_text(row) for row in rows
        ],
    }
    if subject is Subject.ORG:
        for name, title in (("verified_red", "已认定红牌"), ("verified_yellow", "已认定黄牌")):
            columns[Column(name, title, "张")] = [row.text(name, Group.CARDS) for row in rows]
    schema = pa.schema([(column.name, pa.string()) for column in columns])
    batch = pa.record_batch([pa.array(values, pa.string()) for values in columns.values()], schema=schema)
    by = "按部门" if subject is Subject.ORG else "按事项"
    return Answer(f"行政审批办理情况公示（{by}）", tuple(columns), schema, iter([batch]))


def _share_text(row: Figures) -> str:
    told = None
    if Group.CASES not in row.hidden:
        told = share(row.numbers["closed_on_time"], row.numbers["closed_timed"])
    return WITHHELD if told is None else told
