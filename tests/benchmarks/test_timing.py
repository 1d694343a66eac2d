import gc
from collections.abc import Sequence

from benchmarks.collector import Pauses
from benchmarks.timing import CHUNK, settled_heap, timed

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


def test_each_pass_takes_every_line_once_in_order() -> None:
    made: list[Counting] = []

    def fresh() -> Counting:
        made.append(Counting())
        return made[-1]

    done = timed(fresh, LINES, passes=3)

    assert [one.lines == LINES for one in made] == [True, True, True]
    assert [(one.chunks, one.finished) for one in made] == [(3, 1)] * 3
    assert done.by is made[-1]
    assert (done.lines, done.seconds >= 0) == (len(LINES), True)


def test_of_each_chunk_the_best_pass_counts() -> None:
    """A chunk slow in one pass and quick in another counts with the quick one; the last word is a chunk of its own."""
    passed = 0.0
    costs = iter([7.0, 1.0, 2.0, 3.0, 9.0, 4.0])

    class Slow(Counting):
        def take(self, lines: Sequence[bytes]) -> None:
            nonlocal passed
            super().take(lines)
            passed += next(costs)

        def finish(self) -> None:
            self.take([])

    done = timed(Slow, LINES[: 2 * CHUNK], passes=2, clock=lambda: passed)

    assert done.seconds == 3 + 1 + 2
    assert done.micros == 6 / (2 * CHUNK) * 1e6
    assert done.rate == 2 * CHUNK / 6


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
