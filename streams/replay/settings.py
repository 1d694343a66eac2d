"""What to replay, how far it is, what came of it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from rules.engine.cards import State
from rules.events.words import Level
from sinks.clickhouse.stored import Counts
from streams.sources.item import Bad


class ReplaySettings(msgspec.Struct, frozen=True, kw_only=True):
    """What to replay. Instants are microseconds.

    ``sources`` are paths, ``-`` is standard input. ``mapping`` is the file that says how foreign records read.
    ``catalog`` is a directory, or the name of a catalogue that ships with the project. ``profile`` holds for every
    case where given. What was reported after ``as_of`` is left out, and the cards are those of that instant; else they
    are those of the last record. ``store`` is a directory or
    ``clickhouse://…``; without it nothing is stored; ``cards`` is where cards go as JSON lines.
    ``strict`` stops at the first record that cannot be read. ``workers``: how many processes judge; None leaves it to
    the size of the input. ``latest``: records after it are of the future; None takes a day from now.
    """

    sources: tuple[str, ...]
    mapping: Path | None = None
    catalog: str | Path = "shili"
    profile: str | None = None
    as_of: int | None = None
    store: Path | str | None = None
    cards: Path | None = None
    strict: bool = False
    workers: int | None = None
    latest: int | None = None


class Phase(StrEnum):
    """What a replay is doing (阶段)."""

    READING = "读取"
    JUDGING = "判定"
    STORING = "入库"


class Progress(msgspec.Struct, frozen=True):
    """How far a replay is: ``fraction`` of the whole work, 0 to 1; ``records`` read or judged in this phase so far."""

    phase: Phase
    fraction: float
    records: int


Report = Callable[[Progress], None]
"""Told of progress a few times a second, in the thread that called ``replay``."""


class CardCount(msgspec.Struct, frozen=True):
    """How many cards of a rule stand at a level in a state."""

    rule_id: str
    level: Level
    state: State
    count: int


class RunSummary(msgspec.Struct, frozen=True):
    """What came of a replay. ``run`` names it in the store; the same input and editions give the same name.

    ``now`` is the instant the cards stand at. ``filtered`` counts by reason, ``quarantined`` too. ``defective`` events
    were folded without a field that could not be read.
    """

    run: str
    edition: str
    profile: str
    now: int
    zone: str
    counts: Counts
    filtered: Mapping[str, int]
    quarantined: Mapping[str, int]
    defective: int
    cases: int
    open_cases: int
    transitions: int
    cards: tuple[CardCount, ...]
    workers: int


class NotReadable(Exception):
    """The first record that cannot be read, where none is tolerated (``strict``). The caller shows it and stops."""

    def __init__(self, bad: Bad) -> None:
        field = f"{bad.field}：" if bad.field else ""
        super().__init__(f"{bad.where}：{field}{bad.reason}")
        self.bad = bad


class CountsDiffer(Exception):
    """A record was lost or counted twice: a fault of this program, nothing was recorded."""
