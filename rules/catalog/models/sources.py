"""Data sources (数据来源): how late they may be, how they spell results, when they were down."""

from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from rules.catalog.models.base import Basis, Code, Count, Model, Text
from rules.events.words import PauseKind, Result, StageResult


class DownTime(Model):
    """A declared outage or regional force majeure (停机、不可抗力): findings about this span wait until its end."""

    start: AwareDatetime
    end: AwareDatetime
    reason: Text
    basis: Basis
    regions: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} 不晚于 start {self.start}")
        return self


class Source(Model):
    """A data source. Minutes unless said otherwise.

    ``delay_minutes``: how late a report may lawfully be before "never happened" may be said (at least 30).
    ``heartbeat_minutes``: how often it promises a heartbeat; None: it promises none.
    ``backfill_exempt``: re-entering after the fact is lawful here (vertical systems with a nightly batch).
    """

    id: Code
    name: Text
    delay_minutes: Count = Field(default=30, ge=30)
    heartbeat_minutes: Count | None = Field(default=None, ge=1)
    backfill_exempt: bool = False
    results: dict[str, Result] = Field(default_factory=dict)
    stage_results: dict[str, StageResult] = Field(default_factory=dict)
    pause_kinds: dict[str, PauseKind] = Field(default_factory=dict)
    outages: tuple[DownTime, ...] = ()
    basis: Basis


class SourcesDoc(Model):
    """A file of data sources."""

    sources: tuple[Source, ...]
