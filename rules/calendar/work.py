"""The arithmetic of working days (工作日).

The first day is never counted (民法典 201): day 0 is the date of the start event, day 1 the next working day.
A due date is one addition and two look-ups: the index of a day is the number of working days up to it, and a list
holds the k-th working day. Around the years with a notice both are continued by the plain week, and every answer
that leans on that part says so (`DueDay`, `assumption_between`).
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Self, assert_never

from msgspec import Struct

from rules.calendar.edition import Edition, SpecialDay, digest, is_weekday, known, overlaid
from rules.calendar.errors import CalendarError, CalendarRangeError
from rules.calendar.horizon import horizon
from rules.calendar.office import AfterHoursPolicy, OfficeSeason, spend, windows_on
from rules.calendar.zone import zone_days

YEARS_BEFORE = 10  # logs reach back before the first notice; what falls there is uncertain but has a number
YEARS_AFTER = 3  # the longest limit in the catalogues is a year
HOUR = 3_600_000_000  # microseconds


class DueDay(Struct, frozen=True, gc=False):
    """A due date (ordinal); if it is not certain, `assumption` says in Chinese what it rests on."""

    day: int
    certain: bool
    assumption: str | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkCalendar:
    """The working days of one region, as known on one day, told in the dates of one zone. Made by `build`."""

    region: str
    zone: str
    version: str
    """What a card cites: region, publication date of the newest edition, digest of all days stated."""

    certain_from: int
    certain_through: int
    """The last certain day; before `certain_from` when nothing is known."""

    day_of: Callable[[int], int]
    """The local date of an instant."""

    start_of: Callable[[int], int]
    """The first instant of a local date."""

    after_hours: AfterHoursPolicy
    _at: Callable[[int, int], int]
    _base: int
    _works: bytes
    _index: tuple[int, ...]
    _working: tuple[int, ...]
    _ends: tuple[int, ...]
    _special: tuple[SpecialDay, ...]
    _seasons: tuple[OfficeSeason, ...]
    _before: str
    _after: str

    @classmethod
    def build(
        cls,
        region: str,
        zone: str,
        editions: Sequence[Edition],
        known_on: int | None = None,
        *,
        office_hours: Sequence[OfficeSeason] = (),
        after_hours: AfterHoursPolicy = AfterHoursPolicy.SAME_DAY,
    ) -> Self:
        """The calendar of a region from its editions, those of wider regions first.

        With `known_on` only editions published by that day count. `zone` is any IANA name: a foreign log may be judged
        by a Chinese calendar. Raises CalendarError for no edition, a missing year, an unknown zone.
        """
        if not editions:
            raise CalendarError(f"工作日历 {region}：没有任何一年的放假安排")
        chosen = known(editions, known_on)
        trust = horizon(editions, chosen)
        first = date(min(edition.year for edition in editions) - YEARS_BEFORE, 1, 1).toordinal()
        last = date(max(edition.year for edition in editions) + YEARS_AFTER, 12, 31).toordinal()
        special = overlaid(chosen)
        works = bytes(special[day].is_working if day in special else is_weekday(day) for day in range(first, last + 1))
        dates = zone_days(zone, first, last)
        working = tuple(first + at for at, is_working in enumerate(works) if is_working)
        newest = date.fromordinal(chosen[-1].published).isoformat() if chosen else "无"
        return cls(
            region=region,
            zone=zone,
            version=f"{region}@{newest}#{digest(chosen)}",
            certain_from=trust.since,
            certain_through=trust.through,
            day_of=dates.day_of,
            start_of=dates.start_of,
            after_hours=after_hours,
            _at=dates.at,
            _base=first,
            _works=works,
            _index=tuple(accumulate(works)),
            _working=working,
            _ends=tuple(dates.start_of(day + 1) for day in working),
            _special=tuple(sorted(special.values())),
            _seasons=tuple(office_hours),
            _before=trust.assumed_before,
            _after=trust.assumed_after,
        )

    # Working days

    def is_working(self, day: int) -> bool:
        """Whether the offices work on a day."""
        at = day - self._base
        if at < 0:
            raise self._outside(day)
        try:
            return self._works[at] == 1
        except IndexError:
            raise self._outside(day) from None

    def index(self, day: int) -> int:
        """The number of working days up to and including a day, from the calendar's first day on."""
        at = day - self._base
        if at < 0:
            raise self._outside(day)
        try:
            return self._index[at]
        except IndexError:
            raise self._outside(day) from None

    def nth_after(self, day: int, n: int) -> int:
        """The n-th working day after a day, which itself is not counted; the day itself for n = 0."""
        if n <= 0:
            return self._zeroth(day, n)
        at = day - self._base
        if at < 0:
            raise self._outside(day)
        try:
            return self._working[self._index[at] + n - 1]
        except IndexError:
            raise self._outside(day) from None

    def end_of_nth(self, day: int, n: int) -> int:
        """The first instant after the n-th working day after a day: from then on a limit of n is exceeded."""
        at = day - self._base
        if at < 0 or n <= 0:
            return self.start_of(self.nth_after(day, n) + 1)
        try:
            return self._ends[self._index[at] + n - 1]
        except IndexError:
            raise self._outside(day) from None

    def nth_before(self, day: int, n: int) -> int:
        """The n-th working day before a day, which itself is not counted; the day itself for n = 0."""
        if n <= 0:
            return self._zeroth(day, n)
        at = self.index(day) - self.is_working(day) - n
        if at < 0:
            raise self._outside(day)
        return self._working[at]

    def next_working(self, day: int) -> int:
        """The day itself if worked, else the next that is: where a limit ending on a holiday ends (民法典 203)."""
        return day if self.is_working(day) else self.nth_after(day, 1)

    def working_between(self, after: int, through: int) -> int:
        """The number of working days d with after < d ≤ through; 0 if there are no such days."""
        return self.index(through) - self.index(after) if through > after else 0

    # Certainty

    def is_certain(self, day: int) -> bool:
        """Whether a notice that can no longer change with the next year's covers the day."""
        return self.certain_from <= day <= self.certain_through

    def assumption_between(self, after: int, through: int) -> str | None:
        """What a count of the days after < d ≤ through rests on, in Chinese; None if all of them are certain."""
        if through <= after:
            return None
        if through > self.certain_through:
            return self._after
        return self._before if after + 1 < self.certain_from else None

    def due_after(self, day: int, n: int) -> DueDay:
        """The n-th working day after a day, with its certainty."""
        due = self.nth_after(day, n)
        assumption = self.assumption_between(day, due)
        return DueDay(due, assumption is None, assumption)

    def due_on(self, day: int) -> DueDay:
        """Where a limit in natural days or months that ends on `day` ends: there, or on the next working day."""
        due = self.next_working(day)
        assumption = self.assumption_between(day - 1, due)
        return DueDay(due, assumption is None, assumption)

    def special_between(self, after: int, through: int) -> tuple[SpecialDay, ...]:
        """The days after < d ≤ through of which a notice speaks, in order: what an explanation lists."""
        found = bisect_right(self._special, after, key=_day)
        return self._special[found : bisect_right(self._special, through, key=_day)]

    # Months and hours

    def add_months(self, day: int, n: int) -> int:
        """The corresponding day n months on (民法典 202); not rolled, see `due_on`."""
        return add_months(day, n)

    def add_hours(self, instant: int, hours: int) -> int:
        """The instant so many hours on, by any clock: hours run from the instant (民法典 201)."""
        return instant + hours * HOUR

    def add_office_hours(self, instant: int, hours: int) -> int:
        """The instant at which the office has been open for so many hours since `instant`.

        Its certainty is that of the days from `instant`'s own on: `assumption_between(day_of(instant) - 1, …)`.
        Raises OfficeHoursUnknown on a working day without declared hours.
        """
        return self.add_open_time(instant, hours * HOUR)

    def add_open_time(self, instant: int, micros: int) -> int:
        """The instant at which the office has been open for so many microseconds since `instant`."""
        return spend(instant, micros, self._windows_from(self.day_of(instant)))

    def open_between(self, since: int, until: int) -> int:
        """For how many microseconds the office is open between two instants."""
        passed = 0
        for opens, closes in self._windows_from(self.day_of(since)):
            if opens >= until:
                break
            passed += max(0, min(closes, until) - max(opens, since))
        return passed

    def closing(self, day: int) -> int:
        """The instant at which the office closes on a day (民法典 203: where there are hours, the limit ends then)."""
        return self._at(day, windows_on(self._seasons, day)[-1][1])

    def receipt_day(self, instant: int) -> int:
        """The date that counts as day 0 of what came in at an instant, by the region's after-hours policy."""
        day = self.day_of(instant)
        match self.after_hours:
            case AfterHoursPolicy.SAME_DAY:
                return day
            case AfterHoursPolicy.NEXT_WORKING_DAY:
                if self.is_working(day) and instant <= self.closing(day):
                    return day
                return self.nth_after(day, 1)
            case never:
                assert_never(never)

    def _windows_from(self, day: int) -> Iterator[tuple[int, int]]:
        while True:
            day = self.next_working(day)
            for opens, closes in windows_on(self._seasons, day):
                yield self._at(day, opens), self._at(day, closes)
            day += 1

    def _zeroth(self, day: int, n: int) -> int:
        if n < 0:
            raise ValueError(f"工作日数不能为负：{n}")
        return day

    def _outside(self, day: int) -> CalendarRangeError:
        first, last = date.fromordinal(self._base), date.fromordinal(self._base + len(self._works) - 1)
        asked = date.fromordinal(day).isoformat() if 1 <= day <= date.max.toordinal() else f"序数 {day}"
        return CalendarRangeError(f"日历 {self.region} 只数 {first} 至 {last}：{asked} 起算超出范围")


def add_months(day: int, n: int) -> int:
    """The corresponding day n months later, or the month's last day if it has none (民法典 202)."""
    start = date.fromordinal(day)
    months = start.year * 12 + start.month - 1 + n
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise CalendarRangeError(f"{start} 加 {n} 个月超出公元 1 至 9999 年")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


def _day(special: SpecialDay) -> int:
    return special.day
