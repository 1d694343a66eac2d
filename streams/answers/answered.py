"""An answer file and what we say to it."""

from enum import StrEnum

import msgspec

from streams.answers.found import Item
from streams.answers.index import AnswerFile
from streams.answers.judged import Setting


class Outcome(StrEnum):
    """What came of an answer file (结果)."""

    EQUAL = "相等"
    DIFFERENT = "不等"
    REFUSED = "回答不了"
    NO_LOG = "没有日志"


class LogRead(msgspec.Struct, frozen=True):
    """A log as it was read: its file and mapping, what it held, its end and the instant it was judged at."""

    name: str
    file: str
    mapping: str
    cases: int
    events: int
    duplicates: int
    quarantined: int
    end: int
    as_of: int
    zone: str


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """An answer file and what we say to it.

    ``rules`` under ``setting`` answered it, out of the population ``of``; ``by``: what did where no rule does.
    ``wanted`` is the number of the file's items, ``found`` and ``population`` are ours; ``missed`` and ``surplus`` are
    the items that differ. ``why``: why nothing was found, where nothing could be.
    """

    file: AnswerFile
    outcome: Outcome
    log: LogRead | None = None
    rules: tuple[str, ...] = ()
    setting: Setting | None = None
    of: str = ""
    by: str = ""
    wanted: int | None = None
    found: int | None = None
    population: int | None = None
    missed: tuple[Item, ...] = ()
    surplus: tuple[Item, ...] = ()
    why: str = ""

    @property
    def holds(self) -> bool:
        """Return whether nothing differs, and nothing that can be answered was left unanswered."""
        return self.outcome in {Outcome.EQUAL, Outcome.REFUSED}
