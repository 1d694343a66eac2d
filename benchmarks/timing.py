"""CPU time of feeds, chunk by chunk the best of several passes: a neighbour seldom disturbs all passes of one.

What is to be compared runs side by side, pass by pass in turn: who disturbs one disturbs the other.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from math import inf
from time import process_time
from typing import Generic, Protocol, TypeVar

from benchmarks.collector import Pauses
from streams.replay.workers import collecting_less

CHUNK = 5_000
"""Lines of a chunk: some tens of milliseconds."""

R = TypeVar("R")
Clock = Callable[[], float]
Started = tuple["Taker", Callable[[], R]]
"""A newly made taker, and what tells in the end what came of it; the taker itself is let go then."""


class Taker(Protocol):
    """Something that takes lines of a feed, chunk by chunk, and has a last word."""

    def take(self, lines: Sequence[bytes]) -> None:
        """Take the next lines."""

    def finish(self) -> None:
        """Do what is left to be done when the feed has ended."""


@dataclass(frozen=True, slots=True)
class Run(Generic[R]):
    """What is to be measured: a feed and who takes it; ``watched`` is told what the collector does meanwhile."""

    start: Callable[[], Started[R]]
    lines: Sequence[bytes]
    watched: Pauses | None = None


@dataclass(frozen=True, slots=True)
class Timed(Generic[R]):
    """CPU seconds a feed took, and what came of it in the last pass."""

    seconds: float
    lines: int
    told: R

    @property
    def micros(self) -> float:
        """Return the CPU microseconds of a line."""
        return self.seconds / self.lines * 1e6

    @property
    def rate(self) -> float:
        """Return the lines of a CPU-second."""
        return self.lines / self.seconds


def timed(run: Run[R], passes: int = 1, clock: Clock = process_time) -> Timed[R]:
    """Return what a feed costs: the sum over chunks of the least of all passes."""
    return side_by_side({"": run}, passes, clock)[""]


def side_by_side(runs: Mapping[str, Run[R]], passes: int = 1, clock: Clock = process_time) -> dict[str, Timed[R]]:
    """Return what each of several feeds costs, in each pass one after the other."""
    best = {name: [inf] * (len(_chunks(run.lines)) + 1) for name, run in runs.items()}
    told: dict[str, R] = {}
    for _ in range(max(1, passes)):
        for name, run in runs.items():
            told[name] = _pass(run, best[name], clock)
    return {name: Timed(sum(best[name]), len(run.lines), told[name]) for name, run in runs.items()}


def _pass(run: Run[R], best: list[float], clock: Clock) -> R:
    with settled_heap(), run.watched or nullcontext():
        taker, tells = run.start()
        for number, chunk in enumerate(_chunks(run.lines)):
            started = clock()
            taker.take(chunk)
            best[number] = min(best[number], clock() - started)
        started = clock()
        taker.finish()
        best[-1] = min(best[-1], clock() - started)
    return tells()


def _chunks(lines: Sequence[bytes]) -> list[Sequence[bytes]]:
    return [lines[at : at + CHUNK] for at in range(0, len(lines), CHUNK)]


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
