"""A row of a national exchange table."""

from collections.abc import Mapping
from typing import NamedTuple

from rules.events.decode import Unplaceable
from streams.sources.draft import Draft
from streams.sources.item import Where
from streams.sources.mapping.values import Turns
from streams.sources.national.model import NationalCodes, NationalSpec


class Told(NamedTuple):
    """What one row says: its events, and what can only be settled when the whole case is known."""

    drafts: list[Draft]
    decision: Draft | None = None
    """A decision made of a close."""
    at_stage: bool = False
    """Whether the case was decided at a stage."""


class Row:
    """A row and how its columns are read. An event's id is the row's own (row_guid) and what it says."""

    def __init__(self, values: Mapping[str, str], spec: NationalSpec, turns: Turns, raw: bytes, where: Where) -> None:
        self._values = values
        self._spec = spec
        self._turns = turns
        self.raw = raw
        self.where = where
        self.source = self.get("data_source") or spec.data_source
        self.codes = spec.sources.get(self.source, NationalCodes())
        self.case_id = self.needed("project_no")
        self.guid = self.needed("row_guid")
        self.task_code = self.get("task_code")
        """实施编码: of the row, else of the acceptance of its case, where that was read before."""

    def get(self, column: str) -> str | None:
        """Return a column by our name for it, None where it is empty."""
        return self._values.get(self._spec.names.get(column, column))

    def needed(self, column: str) -> str:
        """Return a column that must hold something; Unplaceable where it does not."""
        value = self.get(column)
        if value is None:
            raise Unplaceable("缺失", column)
        return value

    @property
    def deleted(self) -> bool:
        """Return whether the row was deleted; Unplaceable where that cannot be told."""
        code = self.get("cd_operation")
        operation = "put" if code is None else self.codes.operations.get(code)
        if operation is None:
            raise Unplaceable(f"来源 {self.source!r} 的同步类型表中没有 {code!r}", "cd_operation")
        return operation == "delete"

    def draft(self, event_type: str, name: str) -> Draft:
        """Return a draft with what every row carries."""
        draft = Draft(self._turns, event_type, f"{self.guid}/{name}", self.case_id)
        draft.put("data_source", self.source).put("data_version", self.get(self._spec.version_column))
        if self._spec.reported_column is not None:
            draft.put("reported_at", self.get(self._spec.reported_column))
        return draft.put("batch_id", self.get("cd_batch"))

    def at(self, draft: Draft, column: str) -> Draft:
        """Set when the event of a draft happened."""
        return draft.at(column, self.get(column))
