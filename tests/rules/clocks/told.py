"""Cases told in one line an event, under the nation's law; deadlines on the nation's calendar."""

from collections.abc import Mapping, Sequence
from functools import cache
from json import dumps, loads
from typing import Any

from rules.calendar import WorkCalendar
from rules.cases.case import Case
from rules.cases.filed import file
from rules.cases.fold import fold
from rules.catalog.index import Catalog
from rules.catalog.models.base import Limit, Roll, Unit
from rules.clocks.deadline import Added, Due, Moves, Start
from rules.clocks.due import due_of
from rules.clocks.pauses import OPEN, PausedSpan
from rules.engine.tiers import law_of_case
from rules.examples import examples_of
from rules.examples.world import world_of
from rules.law import Law
from rules.overtime import promise_overdue, statutory_over
from rules.verdicts import NEVER
from tests.rules.calendar.national import day, iso, national
from tests.rules.examples.national import national_law

PARAMS = (*promise_overdue.RULE.params, *statutory_over.RULE.params)
OFFICE = {
    "region": "9999",
    "office_hours": [{"am": ["08:30", "12:00"], "pm": ["14:00", "17:30"], "basis": "示例"}],
}


def told(
    *events: Mapping[str, Any],
    matter: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    calendars: Sequence[Mapping[str, Any]] = (),
) -> tuple[Case, Law]:
    """The facts of a case of one ordinary licence (or as ``matter`` changes it), and the law it is judged by."""
    example = {"name": "case", "kind": "fires", "events": list(events), "expect": "clear"}
    document = {"rule": "clock", "matter": matter or {}, "examples": [example]}
    catalog = _catalog(dumps([matter, params, calendars]))
    case = Case("C1")
    filed = sorted((file(event, catalog.days.day_of) for event in examples_of(document)[0].events), key=lambda f: f.key)
    for one in filed:
        fold(case, one)
    return case, law_of_case(catalog, case, filed[0].day)


@cache
def _catalog(written: str) -> Catalog:
    matter, params, calendars = loads(written)
    return world_of(matter=matter, fees=None, params=params, sources=None, calendars=calendars).catalog(
        national_law(), PARAMS
    )


def due(
    limit: int,
    start: str,
    *moves: Moves,
    unit: Unit = Unit.WORKING_DAY,
    roll: Roll = Roll.NEXT_WORKING_DAY,
    base: str | None = None,
    days: WorkCalendar | None = None,
) -> Due:
    """The deadline of a limit that starts on a date."""
    calendar = days or national()
    first = day(start)
    return due_of(
        calendar,
        Limit(n=limit, unit=unit, roll=roll),
        Start(first, calendar.start_of(first)),
        moves,
        base=None if base is None else day(base),
    )


def due_date(found: Due) -> str | None:
    """The date of a deadline."""
    return None if found.day is None else iso(found.day)


def paused(start: str, end: str | None, name: str = "p") -> PausedSpan:
    """A lawful pause from a date to a date (None: not ended), from midnight to midnight."""
    calendar = national()
    after = day(start)
    if end is None:
        return PausedSpan(name, after, OPEN, calendar.start_of(after), NEVER, by_limit=False)
    return PausedSpan(name, after, day(end), calendar.start_of(after), calendar.start_of(day(end)), by_limit=False)


def added(asked: str, n: int, unit: Unit = Unit.WORKING_DAY, name: str = "x") -> Added:
    """A valid extension asked for on a date."""
    return Added(name, day(asked), n, unit)
