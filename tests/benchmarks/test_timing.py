import gc
from collections.abc import Callable, Sequence

from benchmarks.collector import Pauses
from benchmarks.timing import CHUNK, Run, Started, settled_heap, side_by_side, timed

LINES = [str(number).encode() for number in range(2 * CHUNK + 1)]


class Counting:
    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.chunks = 0
        self.finished = 0

    def take(self, lines: Sequence[bytes]) -> None:
        self.lines += lines
        self.chunks += 1

    def finish(self) -> None:
        self.finished += 1


class Slow(Counting):
    """Takes as long as told for each chunk and its last word, by a clock of its own."""

    def __init__(self, costs: list[float]) -> None:
        super().__init__()
        self.costs = iter(costs)

    def take(self, lines: Sequence[bytes]) -> None:
        super().take(lines)
        CLOCK.passed += next(self.costs)

    def finish(self) -> None:
        super().finish()
        CLOCK.passed += next(self.costs)


class Clock:
    passed = 0.0

    def __call__(self) -> float:
        return self.passed


CLOCK = Clock()


def slow(*passes: list[float]) -> Callable[[], Started[int]]:
    """What starts a new slow taker for each pass, and tells in the end how many lines it took."""
    coming = iter(passes)

    def start() -> Started[int]:
        taker = Slow(next(coming))
        return taker, lambda: len(taker.lines)

    return start


def test_each_pass_takes_every_line_once_in_order() -> None:
    made: list[Counting] = []

    def start() -> Started[Counting]:
        made.append(Counting())
        return made[-1], lambda: made[-1]

    done = timed(Run(start, LINES), passes=3)

    assert [one.lines == LINES for one in made] == [True, True, True]
    assert [(one.chunks, one.finished) for one in made] == [(3, 1)] * 3
    assert done.told is made[-1]
    assert done.lines == len(LINES)


def test_of_each_chunk_the_best_pass_counts() -> None:
    """A chunk slow in one pass and quick in another counts with the quick one; the last word is a chunk of its own."""
    run = Run(slow([7.0, 1.0, 2.0], [3.0, 9.0, 4.0]), LINES[: 2 * CHUNK])

    done = timed(run, passes=2, clock=CLOCK)

    assert done.seconds == 3 + 1 + 2
    assert done.micros == 6 / (2 * CHUNK) * 1e6
    assert done.rate == 2 * CHUNK / 6
    assert done.told == 2 * CHUNK


def test_side_by_side_the_passes_take_turns() -> None:
    order: list[str] = []

    def starting(name: str) -> Callable[[], Started[None]]:
        def start() -> Started[None]:
            order.append(name)
            return Counting(), lambda: None

        return start

    done = side_by_side({"a": Run(starting("a"), LINES), "b": Run(starting("b"), LINES[:1])}, passes=2)

    assert order == ["a", "b", "a", "b"]
    assert (done["a"].lines, done["b"].lines) == (len(LINES), 1)


def test_side_by_side_each_has_a_cost_of_its_own() -> None:
    runs = {"a": Run(slow([5.0, 1.0]), LINES[:10]), "b": Run(slow([2.0, 0.5]), LINES[:10])}

    done = side_by_side(runs, clock=CLOCK)

    assert (done["a"].seconds, done["b"].seconds) == (6, 2.5)


class TestCollector:
    def test_a_settled_heap_collects_seldom_and_gives_back_what_it_found(self) -> None:
        before = gc.get_threshold()

        with settled_heap():
            within = gc.get_threshold()
            frozen = gc.get_freeze_count()

        assert within[0] > before[0]
        assert frozen > 0
        assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)

    def test_pauses_are_watched_while_entered(self) -> None:
        with Pauses() as watched:
            gc.collect()
            gc.collect()
        gc.collect()

        assert watched.runs == 2
        assert watched.longest > 0
