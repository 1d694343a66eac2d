"""Working time of an agency (办公时间): a scale on which its work runs without nights, lunches and days off.

A *stroke* is a number on that scale, seconds: the number of the working day × seconds in a day's work + seconds into
that day. Adding to a stroke is working on; turned back into a moment it always falls into office hours.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from streams.simulate.moments import DAY, Moment

Stroke = int
"""Seconds of working time since the agency's first working day in view."""


class Hours(NamedTuple):
    """Two windows of a day, seconds after midnight: morning and afternoon."""

    opens: int
    lunch: int
    back: int
    closes: int


class Office:
    """The working time of one agency: the days on which it handles cases, and its hours."""

    def __init__(self, days: Sequence[int], hours: Hours) -> None:
        self.days = tuple(days)
        self.hours = hours
        self.morning = hours.lunch - hours.opens
        self.day_long = self.morning + hours.closes - hours.back

    def moment(self, stroke: Stroke) -> Moment:
        """Return the moment of a stroke, always within office hours."""
        index, into = divmod(stroke, self.day_long)
        hours = self.hours
        second = hours.opens + into if into < self.morning else hours.back + into - self.morning
        return self.days[index] * DAY + second

    def stroke(self, at: Moment) -> Stroke:
        """Return the stroke of a moment; that of the next opening where the office is closed then."""
        day, second = divmod(at, DAY)
        index = bisect_left(self.days, day)
        if self.days[index] != day or second >= self.hours.closes:
            closed_after = self.days[index] == day
            return (index + closed_after) * self.day_long
        return index * self.day_long + self._into(second)

    def last_stroke(self, day: int) -> Stroke:
        """Return the last stroke on or before a day (ordinal), some minutes before the office closes."""
        index = bisect_left(self.days, day + 1)
        return index * self.day_long - 1

    def day_of(self, stroke: Stroke) -> int:
        """Return the date (ordinal) of a stroke."""
        return self.days[stroke // self.day_long]

    def left_today(self, stroke: Stroke) -> int:
        """Return the seconds from a stroke until the office closes that day."""
        return self.day_long - stroke % self.day_long

    def next_opening(self, stroke: Stroke) -> Stroke:
        """Return the opening of the next working day."""
        return (stroke // self.day_long + 1) * self.day_long

    def _into(self, second: int) -> int:
        hours = self.hours
        if second < hours.lunch:
            return max(0, second - hours.opens)
        return self.morning + max(0, second - hours.back)
