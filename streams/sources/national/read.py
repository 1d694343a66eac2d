"""Files of tables to items.

Materials are read first, since the application lists them, then acceptances, since they name the matter.
A deleted row voids each event the row gave. Decisions made of closes wait until it is known whether their case was
decided at a stage.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from rules.events.decode import Unplaceable
from streams.sources.csvlog import Rows, drained
from streams.sources.derive import Decisions
from streams.sources.draft import Draft
from streams.sources.errors import Misfit
from streams.sources.item import Bad, Filtered, Item, Where, bad
from streams.sources.mapping.values import Turns
from streams.sources.national.model import NationalSpec, TableName
from streams.sources.national.row import Row
from streams.sources.national.tables import NEEDED, told
from streams.sources.stamps import Stamps

_NAMED = re.compile(r"up_pro_(accept|process|result|special_procedure|material|fee)")
_TABLES: dict[str, TableName] = {name: name for name in NEEDED}
_MATERIAL: TableName = "material"
_FIRST: dict[TableName, int] = {"material": 0, "accept": 1}


def table_of(path: str, spec: NationalSpec) -> TableName | None:
    """Return which table a file is, None where neither the mapping nor its name says."""
    if spec.table is not None:
        return spec.table
    found = _NAMED.search(Path(path).name)
    return _TABLES[found.group(1)] if found else None


def read_tables(files: Sequence[tuple[str, TableName]], spec: NationalSpec, latest: int | None) -> Iterator[Item]:
    """Return the items of the files of tables: materials, acceptances, then the others in their order."""
    reading = _Reading(spec, latest)
    for path, table in sorted(files, key=lambda file: _FIRST.get(file[1], len(_FIRST))):
        for row in reading.rows(path, table):
            yield from reading.items(table, row) if isinstance(row, Row) else (row,)
    yield from reading.rest()


class _Reading:
    """What is known of the cases of one reading."""

    def __init__(self, spec: NationalSpec, latest: int | None) -> None:
        self._spec = spec
        self._latest = latest
        stamps = Stamps(ZoneInfo(spec.zone), spec.times.formats, midnight_is_day=spec.times.midnight == "day")
        self._turns = Turns(stamps, spec.numbers)
        self._decisions = Decisions()
        self._materials: dict[str, list[Row]] = {}
        self._listed: set[str] = set()
        self._tasks: dict[str, str] = {}

    def rows(self, path: str, table: TableName) -> Iterator[Row | Bad]:
        """Return the rows of a file."""
        spec = self._spec
        rows = Rows(path, spec.csv, spec.encoding or "utf-8")
        names = spec.csv.columns
        empty = frozenset(spec.empty)
        try:
            for cells, line in rows:
                yield from drained(rows.aside)
                if names is None:
                    names = cells
                    self._fits(names, table, line.number, line.raw)
                    continue
                where = Where(path, line.number)
                if len(cells) != len(names):
                    yield bad(f"有 {len(cells)} 列，表头有 {len(names)} 列", "", line.raw, where)
                    continue
                values = {name: cell for name, cell in zip(names, cells, strict=True) if cell not in empty}
                try:
                    yield Row(values, spec, self._turns, line.raw, where)
                except Unplaceable as err:
                    yield bad(err.reason, err.field, line.raw, where)
        except Misfit as err:
            yield bad(f"{err.reason}；整个文件未读", "", err.raw, Where(path, err.line))
            return
        if names is None and not rows.aside:
            yield bad("没有表头", "", b"", Where(path))
        yield from drained(rows.aside)

    def _fits(self, names: Sequence[str], table: TableName, line: int, raw: bytes) -> None:
        needed = (self._spec.names.get(name, name) for name in ("project_no", "row_guid", *NEEDED[table]))
        if missing := [name for name in needed if name not in names]:
            raise Misfit(f"不像 up_pro_{table}：表头没有列 {'、'.join(missing)}", line, raw)

    def items(self, table: TableName, row: Row) -> Iterator[Item]:
        """Return the items of a row that need not wait."""
        row.task_code = row.task_code or self._tasks.get(row.case_id)
        try:
            deleted = row.deleted
            said = told(table, row)
        except Unplaceable as err:
            yield bad(err.reason, err.field, row.raw, row.where, row.case_id)
            return
        if table == _MATERIAL:
            if deleted:
                yield Filtered(row.where)
            else:
                self._materials.setdefault(row.case_id, []).append(row)
            return
        drafts = said.drafts if said.decision is None or not deleted else [*said.drafts, said.decision]
        if deleted:
            yield from (self._item(self._void(row, draft), row) for draft in drafts)
            return
        if row.task_code:
            self._tasks[row.case_id] = row.task_code
        for draft in drafts:
            if draft.fields["event_type"] == "case.submitted":
                yield from self._materials_of(draft)
            yield self._item(draft, row)
        if said.at_stage:
            self._decisions.by_stage(row.case_id)
        if said.decision is not None:
            decision = self._item(said.decision, row)
            if row.codes.decisive:
                self._decisions.by_close(row.case_id, decision)
            else:
                yield decision

    def rest(self) -> Iterator[Item]:
        """Return the items that waited for the end of the reading, and materials that belong to no application."""
        for case_id in sorted(self._materials.keys() - self._listed):
            for row in self._materials[case_id]:
                yield bad("没有这一办件的受理记录，材料无处归属", "project_no", row.raw, row.where, case_id)
        yield from self._decisions.standing()

    def _materials_of(self, submitted: Draft) -> Iterator[Item]:
        """Put the materials of a case into its application; each row of them is accounted for once."""
        case_id = str(submitted.fields["case_id"])
        rows = self._materials.get(case_id, [])
        submitted.put("materials", [row.needed("material_name") for row in rows] or None)
        if case_id not in self._listed:
            self._listed.add(case_id)
            yield from (Filtered(row.where) for row in rows)

    def _void(self, row: Row, draft: Draft) -> Draft:
        """Return what strikes out an event of a deleted row: said when the deletion was sent."""
        target = str(draft.fields["event_id"])
        void = row.draft("event.voided", target.removeprefix(f"{row.guid}/") + "/voided")
        void.put("target_event_id", target).put("reason", f"cd_operation={row.get('cd_operation')}")
        when = draft.fields.get("reported_at") or draft.fields.get("occurred_at")
        return void.at("cd_time", when)

    def _item(self, draft: Draft, row: Row) -> Item:
        return draft.item(self._latest, row.raw, row.where)
