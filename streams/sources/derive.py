"""The decision, where a source has no event for it (``semantics.md`` §8).

It is the end of the decisive stage (决定环节) of the matter; where a case has none, the close. Which it is can only be
told when the whole case has been read, so decisions made of closes wait for the end of the reading. A matter for which
no decisive stage is declared never has one, and its closes need not wait.
"""

from collections.abc import Iterator, Mapping, Sequence

from rules.events.words import Result, StageResult
from streams.sources.item import Item

ANY_MATTER = "default"
DECIDED_BY_STAGE: Mapping[str, Result] = {
    StageResult.PASSED: Result.GRANTED,
    StageResult.REFUSED: Result.DENIED,
}
"""What the result of a decisive stage decides; a stage sent back decides nothing."""
DECIDED_BY_CLOSE = frozenset({Result.GRANTED, Result.DENIED, Result.DONE})
"""Closes that rest on a decision. One who withdraws, or lets a case lapse, ends it without any."""


def decisive_stages(table: Mapping[str, Sequence[str]], task_code: str | None) -> Sequence[str]:
    """Return the codes of the decisive stages of a matter: its own entry, else that under ``default``."""
    return table.get(task_code or "", table.get(ANY_MATTER, ()))


class Decisions:
    """Decisions made of closes, held until it is known whether their case was decided at a stage."""

    def __init__(self) -> None:
        self._decided: set[str] = set()
        self._waiting: dict[str, list[Item]] = {}

    def by_stage(self, case_id: str) -> None:
        """Take note that a case was decided at its decisive stage."""
        self._decided.add(case_id)
        self._waiting.pop(case_id, None)

    def by_close(self, case_id: str, decision: Item) -> None:
        """Hold a decision made of a close."""
        if case_id not in self._decided:
            self._waiting.setdefault(case_id, []).append(decision)

    def standing(self) -> Iterator[Item]:
        """Return the decisions of the cases that were not decided at a stage; at the end of the reading."""
        for decisions in self._waiting.values():
            yield from decisions
        self._waiting.clear()
