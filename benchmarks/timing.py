"""CPU time of a feed, chunk by chunk the best of several passes: a neighbour seldom disturbs all passes of one."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from math import inf
from time import process_time
from typing import Generic, Protocol, TypeVar

from benchmarks.collector import Pauses
from streams.replay.workers import collecting_less

CHUNK = 5_000
"""Lines of a chunk: some tens of milliseconds."""

C = TypeVar("C", bound="Taker")


class Taker(Protocol):
    """Something that takes lines of a feed, chunk by chunk, and has a last word."""

    def take(self, lines: Sequence[bytes]) -> None:
        """Take the next lines."""

    def finish(self) -> None:
        """Do what is left to be done when the feed has ended."""


@dataclass(frozen=True, slots=True)
class Timed(Generic[C]):
    """CPU seconds a feed took, and who took it in the last pass."""

    seconds: float
    by: C
    lines: int

    @property
    def micros(self) -> float:
        """Return the CPU microseconds of a line."""
        return self.seconds / self.lines * 1e6

    @property
    def rate(self) -> float:
        """Return the lines of a CPU-second."""
        return self.lines / self.seconds


def timed(
    fresh: Callable[[], C],
    lines: Sequence[bytes],
    passes: int = 1,
    watched: Pauses | None = None,
    clock: Callable[[], float] = process_time,
) -> Timed[C]:
    """Return what a feed costs a newly made taker: the sum over chunks of the least of all passes, by a clock.

    ``watched`` is told of what the collector does meanwhile.
    """
    chunks = [lines[at : at + CHUNK] for at in range(0, len(lines), CHUNK)]
    best = [inf] * (len(chunks) + 1)
    by: C | None = None
    for _ in range(max(1, passes)):
        by = None  # the heap of the last pass goes before the next begins
        with settled_heap(), watched or nullcontext():
            by = fresh()
            for number, chunk in enumerate(chunks):
                started = clock()
                by.take(chunk)
                best[number] = min(best[number], clock() - started)
            started = clock()
            by.finish()
            best[-1] = min(best[-1], clock() - started)
    if by is None:
        raise AssertionError
    return Timed(sum(best), by, len(lines))


def best_of(work: Callable[[], object], passes: int) -> float:
    """Return the least CPU seconds of several passes of some work."""
    best = inf
    for _ in range(max(1, passes)):
        with settled_heap():
            started = process_time()
            work()
            best = min(best, process_time() - started)
    return best


@contextmanager
def settled_heap() -> Iterator[None]:
    """Have the collector as in a replay: what is there already is left alone, the rest is looked at seldom."""
    gc.collect()
    gc.freeze()
    try:
        with collecting_less():
            yield
    finally:
        gc.unfreeze()
