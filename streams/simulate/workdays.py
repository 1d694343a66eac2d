"""The simulator's own count of days: it asks the calendar only whether an office works on a day.

The answer key must not lean on the arithmetic it is to check, so days are counted here by stepping through a list.
Days are ordinals.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date

MONTHS = 12
FEBRUARY, LEAP_DAY = 2, 29
LONG_MONTHS = frozenset({1, 3, 5, 7, 8, 10, 12})


class Workdays:
    """The working days of one region between two days, and the last day of which its notices can be sure."""

    def __init__(self, is_working: Callable[[int], bool], first: int, last: int, sure_through: int) -> None:
        self.days: tuple[int, ...] = tuple(day for day in range(first, last + 1) if is_working(day))
        self.works: frozenset[int] = frozenset(self.days)
        self.sure_through = sure_through

    def after(self, day: int, n: int) -> int:
        """Return the n-th working day after a day; the day itself for n = 0."""
        return self.days[bisect_right(self.days, day) + n - 1] if n else day

    def before(self, day: int, n: int) -> int:
        """Return the n-th working day before a day; the day itself for n = 0."""
        return self.days[bisect_left(self.days, day) - n] if n else day

    def between(self, after: int, through: int) -> int:
        """Return how many working days d there are with after < d ≤ through."""
        return max(0, bisect_right(self.days, through) - bisect_right(self.days, after))

    def within(self, first: int, last: int) -> tuple[int, ...]:
        """Return the working days from one day to another, both included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def rolled(self, day: int) -> int:
        """Return the day itself if worked, else the next that is."""
        return self.days[bisect_left(self.days, day)]


def months_after(day: int, n: int) -> int:
    """Return the corresponding day n months later, else the last of that month (民法典 202)."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * MONTHS + start.month - 1 + n, MONTHS)
    return date(year, month + 1, min(start.day, _days_in(year, month + 1))).toordinal()


def _days_in(year: int, month: int) -> int:
    if month == FEBRUARY:
        return LEAP_DAY if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else LEAP_DAY - 1
    return 31 if month in LONG_MONTHS else 30
