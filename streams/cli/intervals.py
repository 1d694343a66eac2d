"""A clock of a case as intervals: which days were counted, which were not, and which were too late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.calendar import WorkCalendar
from rules.catalog.models.base import Unit
from rules.clocks.clock import Clock
from rules.clocks.pauses import OPEN

COUNTED, EXCLUDED, LATE, ADDED = "计入", "不计入", "超期", "延长"


@dataclass(frozen=True, slots=True)
class Interval:
    """The days d with ``after`` < d ≤ ``through`` (ordinals; None: not ended), how many of them count, and why."""

    kind: str
    after: int
    through: int | None
    n: int
    why: str = ""

    @property
    def first(self) -> date:
        """Return the first day."""
        return date.fromordinal(self.after + 1)

    @property
    def last(self) -> date | None:
        """Return the last day, None while it has not ended."""
        return None if self.through is None else date.fromordinal(self.through)


def intervals(days: WorkCalendar, clock: Clock, today: int) -> Iterator[Interval]:
    """Yield the intervals of a clock in order of date, up to what stopped it, else up to ``today`` (ordinal)."""
    due = clock.due
    working = due.limit.unit is Unit.WORKING_DAY
    end = clock.stop.day if clock.stop is not None else today

    def count(after: int, through: int) -> int:
        return days.working_between(after, through) if working else max(0, through - after)

    cursor = due.start
    last = end if due.day is None else min(end, due.day)
    for span in due.excluded:
        if cursor < span.after and cursor < last:
            yield Interval(COUNTED, cursor, min(span.after, last), count(cursor, min(span.after, last)))
        cursor = max(cursor, min(span.after, last))
        if span.through >= OPEN:
            yield Interval(EXCLUDED, span.after, None, 0, f"特别程序 {span.event_id}，尚未结束")
            return
        yield Interval(EXCLUDED, span.after, span.through, span.n, f"特别程序 {span.event_id}")
        cursor = max(cursor, span.through)
    if cursor < last:
        yield Interval(COUNTED, cursor, last, count(cursor, last))
    for more in due.extended:
        yield Interval(ADDED, more.after, None, more.n, f"延长 {more.event_id}")
    if due.day is not None and end > due.day:
        yield Interval(LATE, due.day, end, count(due.day, end))
