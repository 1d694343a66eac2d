"""The errors of the calendar.

::

    CalendarError(ValueError)
    ├── CalendarRangeError     a day too far from every notice
    └── OfficeHoursUnknown     no opening hours in force on the day

All of them mean that the law as loaded cannot answer: the caller answers Undecided with the message, never a card.
"""


class CalendarError(ValueError):
    """The editions cannot be made into a calendar; raised when one is built, fixed by whoever keeps the YAML."""


class CalendarRangeError(CalendarError):
    """The arithmetic left the days a calendar covers, even by assumption; raised by every reckoning of days."""


class OfficeHoursUnknown(CalendarError):
    """A limit in office hours met a day for which no hours are declared; raised by `WorkCalendar.add_office_hours`."""
