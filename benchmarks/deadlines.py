"""Working-day deadlines: how many a CPU-second, beside stepping from day to day."""

from collections.abc import Callable
from random import Random

from benchmarks.figures import Figure, least
from benchmarks.timing import best_of
from rules.calendar import WorkCalendar
from rules.catalog.index import Catalog
from rules.catalog.models.base import Limit
from rules.clocks.deadline import Start
from rules.clocks.due import due_of

PART = "Working-day deadlines"
LIMITS = (1, 2, 3, 5, 10, 20, 45, 60)

Asked = tuple[int, int]
"""Day 0 (ordinal) and a limit in working days."""


def deadlines(law: Catalog, count: int, passes: int) -> list[Figure]:
    """Return how many deadlines a CPU-second gives, by three ways of asking, and the ratio to stepping."""
    days, rng = law.days, Random(1)
    last = days.certain_through - 120
    asked = [(last - rng.randrange(3650), rng.choice(LIMITS)) for _ in range(count)]
    few = asked[: max(1, count // 100)]
    limits = {n: Limit(n=n) for n in LIMITS}
    rates = [
        _rate(lambda: _bare(days, asked), len(asked), passes),
        _rate(lambda: _certain(days, asked), len(asked), passes),
        _rate(lambda: _whole(days, asked, limits), len(asked), passes),
        _rate(lambda: stepped(days, few), len(few), passes),
    ]
    wrong = sum(one != other for one, other in zip(_bare(days, few), stepped(days, few), strict=True))
    unit = "a CPU-s"
    return [
        Figure(PART, "the day alone (nth_after)", rates[0], unit, note=f"{count:,} of ten years"),
        Figure(PART, "with its certainty (due_after)", rates[1], unit, least(1_000_000)),
        Figure(PART, "with its whole arithmetic (due_of)", rates[2], unit),
        Figure(PART, "stepping from day to day", rates[3], unit),
        Figure(PART, "with certainty over stepping", rates[1] / rates[3], "times"),
        Figure(PART, "days that differ from stepping", wrong, "", note=f"of {len(few):,}"),
    ]


def _rate(work: Callable[[], object], count: int, passes: int) -> float:
    return count / best_of(work, passes)


def _bare(days: WorkCalendar, asked: list[Asked]) -> list[int]:
    nth_after = days.nth_after
    return [nth_after(day, n) for day, n in asked]


def _certain(days: WorkCalendar, asked: list[Asked]) -> None:
    due_after = days.due_after
    for day, n in asked:
        due_after(day, n)


def _whole(days: WorkCalendar, asked: list[Asked], limits: dict[int, Limit]) -> None:
    for day, n in asked:
        due_of(days, limits[n], Start(day, 0))


def stepped(days: WorkCalendar, asked: list[Asked]) -> list[int]:
    """Return the deadlines by stepping, the way without an index."""
    is_working = days.is_working
    found: list[int] = []
    for start, n in asked:
        day, left = start, n
        while left:
            day += 1
            left -= is_working(day)
        found.append(day)
    return found
