"""The index of next reviews: a heap of distinct instants, each with the dockets due then.

One entry a docket counts, its own ``next_review``; an older entry is skipped when it comes up.
"""

from heapq import heappop, heappush
from typing import Generic, Protocol, TypeVar

from rules.verdicts import NEVER


class Reviewed(Protocol):
    """Something to be looked at again at an instant."""

    key: str
    next_review: int


D = TypeVar("D", bound=Reviewed)


class Timers(Generic[D]):
    """Dockets by the instant of their next review, microseconds."""

    def __init__(self) -> None:
        self._heap: list[int] = []
        self._at: dict[int, list[D]] = {}
        self.first = NEVER
        """The earliest instant with an entry; it may turn out stale."""

    def put(self, docket: D, instant: int) -> None:
        """Set the next review of a docket; NEVER takes it out."""
        docket.next_review = instant
        if instant >= NEVER:
            return
        waiting = self._at.get(instant)
        if waiting is None:
            self._at[instant] = [docket]
            heappush(self._heap, instant)
            self.first = self._heap[0]
        else:
            waiting.append(docket)

    def pop(self, through: int) -> tuple[int, list[D]] | None:
        """Take out the earliest instant up to ``through`` with the dockets due then, in the order of their keys."""
        while self._heap and self._heap[0] <= through:
            instant = heappop(self._heap)
            self.first = self._heap[0] if self._heap else NEVER
            due = {docket.key: docket for docket in self._at.pop(instant) if docket.next_review == instant}
            if due:
                return instant, [due[key] for key in sorted(due)]
        return None

    def next_due(self) -> int:
        """Return the earliest instant at which some docket is due, NEVER where none is."""
        while self._heap and not any(d.next_review == self._heap[0] for d in self._at[self._heap[0]]):
            self._at.pop(heappop(self._heap))
        self.first = self._heap[0] if self._heap else NEVER
        return self.first
