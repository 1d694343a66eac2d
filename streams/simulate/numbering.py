"""Numbers of cases and serials of their events (编号): each only once in a city, telling nothing of how it was made."""

from collections import Counter

from streams.simulate.moments import compact_day

SCATTER = 0x9E3779B1
"""Odd: multiplied modulo a power of two it repeats no number."""


class Numbering:
    """Gives out numbers in the order of asking."""

    def __init__(self) -> None:
        self._drawn = 0
        self._cases: Counter[tuple[str, int]] = Counter()

    def serial(self) -> str:
        """Return the next serial, eight hexadecimal digits."""
        self._drawn += 1
        return f"{self._drawn * SCATTER % (1 << 32):08x}"

    def case_id(self, task_code: str, day: int) -> str:
        """Return the next 办件编号 of a matter on a day: implementing code, date, running number of four digits."""
        self._cases[task_code, day] += 1
        return f"{task_code}{compact_day(day)}{self._cases[task_code, day]:04d}"
