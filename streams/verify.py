"""Verification (核对): every stored card is computed again from the stored records, and must come out the same."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import msgspec


class Fault(StrEnum):
    """What differs (差异)."""

    EDITION = "版本"
    RECORD = "记录"
    COUNT = "数量"
    CARD = "信号"
    TRANSITION = "变动"


class Difference(msgspec.Struct, frozen=True):
    """One difference: of what kind, of which card, record or figure; what is stored and what was computed.

    A side is empty where there is nothing on it. ``str()`` is one line for people.
    """

    fault: Fault
    what: str
    stored: str
    computed: str

    def __str__(self) -> str:
        """Return the difference on one line."""
        return f"{self.fault.value} {self.what}：库中 {self.stored or '无'}，重算 {self.computed or '无'}"


class Verification(msgspec.Struct, frozen=True):
    """What was verified, and every difference found; none: the archive proves its cards."""

    run: str
    edition: str
    events: int
    cards: int
    transitions: int
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Return whether nothing differs."""
        return not self.differences


def verify(
    store: Path, *, catalog: str | Path | None = None, report: Callable[[float], None] | None = None
) -> Verification:
    """Return the verification of the current run of a store; StoreError where it cannot be opened.

    ``catalog`` is where the catalogue is now, where it is not at the place the run names. A catalogue or rules of
    another edition than the run's are a difference, and nothing further is compared. ``report`` is told the fraction
    done.
    """
    raise NotImplementedError
