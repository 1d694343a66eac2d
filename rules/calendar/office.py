"""Opening hours (办公时间): local, seasonal, and read only by limits in office hours and after-hours receipt.

A day is worked or not; on a worked day the office is open during one or two windows. Days, not windows, are what
every other clock counts: an office open half a day counts whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.calendar.errors import CalendarRangeError, OfficeHoursUnknown


class AfterHoursPolicy(StrEnum):
    """Which day counts as the day of receipt for what comes in after the office has closed (非工作时间收件).

    No national text says; the region does. Without a word of its own the date stands as it is.
    """

    SAME_DAY = "same_day"
    NEXT_WORKING_DAY = "next_working_day"


@dataclass(frozen=True, slots=True)
class OfficeSeason:
    """Opening hours from day `since` until day `until` (ordinals, `until` exclusive, None = still in force).

    `windows` are pairs of minutes after local midnight, in order and apart.
    """

    since: int
    until: int | None
    windows: tuple[tuple[int, int], ...]


def windows_on(seasons: Sequence[OfficeSeason], day: int) -> tuple[tuple[int, int], ...]:
    """The windows in force on a day, in minutes after midnight; raises OfficeHoursUnknown if none are declared."""
    for season in seasons:
        if season.since <= day and (season.until is None or day < season.until):
            return season.windows
    raise OfficeHoursUnknown(f"日期序数 {day}：日历没有当日的办公时间")


def spend(instant: int, micros: int, windows: Iterable[tuple[int, int]]) -> int:
    """The instant at which `micros` of open time have passed since `instant`; windows are instants, in order."""
    if micros == 0:
        return instant
    left = micros
    for opens, closes in windows:
        begins = max(opens, instant)
        if begins >= closes:
            continue
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise CalendarRangeError("办公时间不够：日历之内数不满所要的小时数")
