"""Data sources, working calendars, the head, and the limits of the law itself."""

from collections.abc import Iterator

from rules.calendar import CalendarError
from rules.catalog.calendar_build import NATION, work_calendar
from rules.catalog.lint.spans import gaps, overlaps
from rules.catalog.loading import Documents, Kind, Problem, Severity
from rules.catalog.models.statutes import StatuteId
from rules.events.words import POSITIVE


def source_problems(documents: Documents) -> Iterator[Problem]:
    """What is wrong with sources, calendars and statutes."""
    yield from _results(documents)
    yield from _calendars(documents)
    yield from _statutes(documents)


def _results(documents: Documents) -> Iterator[Problem]:
    for index, source in enumerate(documents.sources):
        if source.results and not POSITIVE & set(source.results.values()):
            message = f"没有一个代码对应 {'、'.join(sorted(POSITIVE))}：这个来源的办件将无一办成"
            yield documents.origin(Kind.SOURCES, index).problem(("results",), message, Severity.WARNING)


def _calendars(documents: Documents) -> Iterator[Problem]:
    """Each calendar in its own zone; then the one the head chooses, in the zone the head names."""
    for index, calendar in enumerate(documents.calendars):
        try:
            work_calendar(documents.calendars, calendar.region)
        except CalendarError as error:
            yield documents.origin(Kind.CALENDARS, index).problem((), str(error))
    head, origin = documents.head, documents.origin(Kind.HEAD)
    try:
        chosen = work_calendar(documents.calendars, head.calendar)
    except CalendarError as error:
        yield origin.problem(("calendar",), str(error))
        return
    if chosen.region == NATION != head.calendar:
        message = f"没有地区 {head.calendar} 的工作日历，将用全国的"
        yield origin.problem(("calendar",), message, Severity.WARNING)
    try:
        work_calendar(documents.calendars, head.calendar, zone=head.zone)
    except CalendarError as error:
        yield origin.problem(("zone",), str(error))


def _statutes(documents: Documents) -> Iterator[Problem]:
    for which in StatuteId:
        at = [index for index, statute in enumerate(documents.statutes) if statute.id is which]
        dated = [documents.statutes[index] for index in at]
        for found in overlaps(dated):
            message = f"法定时限 {which.value} 自 {found.day} 起有两个：日期重叠"
            yield documents.origin(Kind.STATUTES, at[found.at]).problem((), message)
        for gap in gaps(dated):
            message = f"法定时限 {which.value} 有空档：{gap}"
            yield documents.origin(Kind.STATUTES, at[gap.at]).problem((), message)
