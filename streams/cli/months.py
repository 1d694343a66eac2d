"""The working days between two dates, month by month: what is counted, what is not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row of one name: a holiday, or days worked instead of a weekend."""

    name: str
    first: date
    last: date

    def __str__(self) -> str:
        days = f"{self.first.day}日" if self.first == self.last else f"{self.first.day}日至{self.last.day}日"
        return f"{self.name} {days}".strip()


@dataclass(frozen=True, slots=True)
class Month:
    """The part of a month that is counted over: ``working`` days of it, ``total`` of them so far.

    ``weekend`` is the number of plain weekend days, ``off`` the holidays, ``makeup`` the weekend days worked instead.
    """

    first: date
    last: date
    working: int
    total: int
    weekend: int
    off: tuple[Run, ...]
    makeup: tuple[Run, ...]

    @property
    def title(self) -> str:
        """Return the month as ``2026年2月``."""
        return f"{self.first.year}年{self.first.month}月"

    def not_counted(self) -> str:
        """Return what was not counted and what was counted although it is a weekend, in one line."""
        parts = [f"周末 {self.weekend} 日"] if self.weekend else []
        if self.off:
            parts.append(f"放假：{'、'.join(map(str, self.off))}")
        if self.makeup:
            parts.append(f"调休上班（计入）：{'、'.join(map(str, self.makeup))}")
        return "；".join(parts)


def months_between(days: WorkCalendar, after: int, through: int) -> tuple[Month, ...]:
    """Return the days d with after < d ≤ through (ordinals) by month; empty where there are none."""
    found: list[Month] = []
    first, end, total = date.fromordinal(after + 1), date.fromordinal(through), 0
    while first <= end:
        last = min(_end_of_month(first), end)
        working = days.working_between(first.toordinal() - 1, last.toordinal())
        total += working
        special = days.special_between(first.toordinal() - 1, last.toordinal())
        named = {one.day for one in special}
        ordinals = range(first.toordinal(), last.toordinal() + 1)
        weekend = sum(1 for day in ordinals if day not in named and not days.is_working(day))
        off = _runs([(one.name or "放假", one.day) for one in special if not one.is_working])
        makeup = _runs([("", one.day) for one in special if one.is_working])
        found.append(Month(first, last, working, total, weekend, off, makeup))
        first = last + timedelta(days=1)
    return tuple(found)


def notices_between(days: WorkCalendar, after: int, through: int) -> tuple[str, ...]:
    """Return the holiday notices that speak of days with after < d ≤ through, each once."""
    return tuple(dict.fromkeys(one.basis for one in days.special_between(after, through) if one.basis))


def _end_of_month(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def _runs(named: Sequence[tuple[str, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for name, ordinal in named:
        day = date.fromordinal(ordinal)
        if runs and runs[-1].name == name and runs[-1].last + timedelta(days=1) == day:
            runs[-1] = Run(name, runs[-1].first, day)
        else:
            runs.append(Run(name, day, day))
    return tuple(runs)
