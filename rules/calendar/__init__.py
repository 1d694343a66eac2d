"""The working calendar (工作日历): which days an office works, and what that makes of a time limit.

Start at ``work``. Days are proleptic Gregorian ordinals (`date.toordinal()`), instants are microseconds since
1970-01-01T00:00Z; both are plain integers. Nothing here reads a file: the notices come in as `Edition`, from
`rules.catalog.calendar_model`.

* ``edition``  what one holiday notice says, and how later notices overlay earlier ones
* ``horizon``  from which day to which day the notices are known, and what is assumed beyond
* ``zone``     from an instant to a local date and back, quick enough for every event
* ``office``   opening hours, for limits in office hours and for what comes in after hours
* ``work``     `WorkCalendar`: the arithmetic of working days, months, hours
* ``errors``   what may go wrong, and what the caller then does
"""

from rules.calendar.edition import Edition, SpecialDay
from rules.calendar.errors import CalendarError, CalendarRangeError, OfficeHoursUnknown
from rules.calendar.office import AfterHoursPolicy, OfficeSeason
from rules.calendar.work import DueDay, WorkCalendar, add_months

__all__ = [
    "AfterHoursPolicy",
    "CalendarError",
    "CalendarRangeError",
    "DueDay",
    "Edition",
    "OfficeHoursUnknown",
    "OfficeSeason",
    "SpecialDay",
    "WorkCalendar",
    "add_months",
]
