import pytest

from rules.catalog.models.base import Limit, Unit
from rules.clocks.deadline import Added, Moves, Start
from rules.clocks.due import due_of
from rules.clocks.pauses import OPEN, PausedSpan
from rules.verdicts import NEVER
from tests.rules.calendar.national import day, instant, local
from tests.rules.clocks.told import OFFICE, told

CASE, LAW = told({"type": "case.accepted", "at": "2026-03-02 09:00"}, calendars=[OFFICE])


def late_from(n: int, start: str, *moves: Moves, unit: Unit = Unit.HOUR) -> str:
    """When a limit in hours is over."""
    at = instant(start)
    return local(due_of(LAW.days, Limit(n=n, unit=unit), Start(LAW.days.day_of(at), at), moves).late_from)


def paused(since: str, until: str | None) -> PausedSpan:
    """A lawful pause between two instants."""
    end = None if until is None else instant(until)
    after, through = day(since[:10]), OPEN if until is None else day(until[:10])
    return PausedSpan("p", after, through, instant(since), NEVER if end is None else end, by_limit=False)


def test_hours_run_from_the_instant_through_nights_and_days_off() -> None:
    assert "2026-03-08 16:30" == late_from(48, "2026-03-06 16:30")


def test_a_pause_moves_the_end_by_as_long_as_it_lasted() -> None:
    assert "2026-03-03 12:30" == late_from(24, "2026-03-02 09:00", paused("2026-03-02 12:00", "2026-03-02 15:30"))


def test_a_pause_begun_when_the_hours_were_over_moves_nothing() -> None:
    assert "2026-03-03 09:00" == late_from(24, "2026-03-02 09:00", paused("2026-03-03 09:00", "2026-03-04 09:00"))


def test_a_pause_cut_in_two_moves_the_end_alike() -> None:
    halves = paused("2026-03-02 12:00", "2026-03-04 10:00"), paused("2026-03-04 10:00", "2026-03-05 15:30")

    assert late_from(24, "2026-03-02 09:00", paused("2026-03-02 12:00", "2026-03-05 15:30")) == late_from(
        24, "2026-03-02 09:00", *halves
    )


def test_a_pause_without_an_end_suspends_the_hours() -> None:
    at = instant("2026-03-02 09:00")
    found = due_of(
        LAW.days, Limit(n=24, unit=Unit.HOUR), Start(day("2026-03-02"), at), [paused("2026-03-02 10:00", None)]
    )

    assert found.day is None


def test_office_hours_run_while_the_office_is_open() -> None:
    assert "2026-03-03 15:00" == late_from(6, "2026-03-02 16:00", unit=Unit.OFFICE_HOUR)


def test_what_was_left_of_office_hours_runs_on_from_the_end_of_a_pause() -> None:
    span = paused("2026-03-02 10:30", "2026-03-03 16:30")

    assert "2026-03-04 09:30" == late_from(4, "2026-03-02 08:30", span, unit=Unit.OFFICE_HOUR)


@pytest.mark.parametrize(
    ("unit", "n", "expected"),
    [
        (Unit.WORKING_DAY, 2, "2026-03-09 09:00"),
        (Unit.NATURAL_DAY, 2, "2026-03-07 09:00"),
        (Unit.HOUR, 3, "2026-03-05 12:00"),
    ],
)
def test_an_extension_in_days_keeps_the_time_of_day(unit: Unit, n: int, expected: str) -> None:
    assert expected == late_from(24, "2026-03-04 09:00", Added("x", day("2026-03-04"), n, unit))


def test_an_extension_asked_for_on_a_later_day_than_the_end_adds_nothing() -> None:
    assert "2026-03-05 09:00" == late_from(24, "2026-03-04 09:00", Added("x", day("2026-03-06"), 2, Unit.WORKING_DAY))
