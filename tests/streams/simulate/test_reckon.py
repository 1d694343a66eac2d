"""The simulator counts deadlines by hand; so do these tests, and the clocks of the core must agree."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalog.models.base import Limit, Roll, Unit
from rules.clocks.due import Added, Moves, Start, due_of
from rules.clocks.pauses import OPEN, PausedSpan
from streams.simulate.moments import day_of, moment
from streams.simulate.reckon import FAR, Longer, Shifts, Still, last_day, too_late
from streams.simulate.workdays import Workdays, months_after
from tests.streams.simulate.shili import shili

CALENDAR = shili().calendar("999900")
FIRST, LAST = date(2025, 1, 1).toordinal(), date(2028, 1, 31).toordinal()
WORKDAYS = Workdays(CALENDAR.is_working, FIRST, LAST, CALENDAR.certain_through)


def day(written: str) -> int:
    return date.fromisoformat(written).toordinal()


@pytest.mark.parametrize(
    ("accepted", "limit", "due"),
    [
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-12", 20, "2026-03-18"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-15", 5, "2026-02-28"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-24", 20, "2026-10-29"),
        ("2026-03-02", 45, "2026-05-08"),
        ("2025-09-26", 5, "2025-10-10"),
    ],
)
def test_working_days_are_counted_from_the_next(accepted: str, limit: int, due: str) -> None:
    assert day(due) == last_day(WORKDAYS, Limit(n=limit), day(accepted))


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        (Limit(n=7, unit=Unit.NATURAL_DAY), "2026-02-12", "2026-02-24"),
        (Limit(n=7, unit=Unit.NATURAL_DAY, roll=Roll.NONE), "2026-02-12", "2026-02-19"),
        (Limit(n=1, unit=Unit.MONTH), "2026-01-31", "2026-02-28"),
        (Limit(n=2, unit=Unit.MONTH), "2026-02-04", "2026-04-07"),
    ],
)
def test_natural_days_and_months_roll_over_days_off(limit: Limit, start: str, due: str) -> None:
    assert day(due) == last_day(WORKDAYS, limit, day(start))


class TestSuspensions:
    def test_take_out_the_working_days_after_their_first(self) -> None:
        shifts = Shifts(stills=(Still(day("2026-03-10"), day("2026-03-20")),))

        assert day("2026-04-10") == last_day(WORKDAYS, Limit(n=20), day("2026-03-02"), shifts)

    def test_within_one_date_take_out_nothing(self) -> None:
        shifts = Shifts(stills=(Still(day("2026-03-04"), day("2026-03-04")),))

        assert day("2026-03-09") == last_day(WORKDAYS, Limit(n=5), day("2026-03-02"), shifts)

    def test_after_the_due_date_take_out_nothing(self) -> None:
        shifts = Shifts(stills=(Still(day("2026-03-10"), day("2026-03-20")),))

        assert day("2026-03-09") == last_day(WORKDAYS, Limit(n=5), day("2026-03-02"), shifts)

    def test_without_end_leave_no_due_date(self) -> None:
        shifts = Shifts(stills=(Still(day("2026-03-04"), FAR),))

        assert last_day(WORKDAYS, Limit(n=5), day("2026-03-02"), shifts) is None
        assert too_late(WORKDAYS, Limit(n=5), moment(day("2026-03-02"), 9), shifts) is None


def test_an_extension_counts_on_from_the_due_date() -> None:
    shifts = Shifts(longer=(Longer(day("2026-03-04"), 10),))

    assert day("2026-03-23") == last_day(WORKDAYS, Limit(n=5), day("2026-03-02"), shifts)


def test_an_earlier_slip_binds_and_a_later_one_does_not() -> None:
    earlier, later = Shifts(slip=day("2026-03-05")), Shifts(slip=day("2026-03-12"))

    assert day("2026-03-05") == last_day(WORKDAYS, Limit(n=5), day("2026-03-02"), earlier)
    assert day("2026-03-09") == last_day(WORKDAYS, Limit(n=5), day("2026-03-02"), later)


def test_hours_run_from_the_instant() -> None:
    start = moment(day("2026-03-06"), 16, 30)

    assert moment(day("2026-03-07"), 16, 30) == too_late(WORKDAYS, Limit(n=24, unit=Unit.HOUR), start)


def test_a_month_ends_on_the_corresponding_day() -> None:
    assert [day("2026-02-28"), day("2028-02-29"), day("2027-01-31")] == [
        months_after(day("2026-01-31"), 1),
        months_after(day("2026-01-31"), 25),
        months_after(day("2026-01-31"), 12),
    ]


UNITS = st.sampled_from([Unit.WORKING_DAY, Unit.NATURAL_DAY, Unit.MONTH])


@st.composite
def moved(draw: st.DrawFn, start: int) -> tuple[tuple[Still, ...], tuple[Longer, ...]]:
    """Suspensions one after another from the start on, or an extension; no plan has both."""
    if draw(st.booleans()):
        return (), (Longer(draw(st.integers(start, start + 40)), draw(st.integers(1, 10))),)
    stills, at = [], start + draw(st.integers(0, 4))
    for _ in range(draw(st.integers(0, 3))):
        end = at + draw(st.integers(0, 12))
        stills.append(Still(at, end))
        at = end + draw(st.integers(1, 9))
    if draw(st.booleans()):
        stills.append(Still(at, FAR))
    return tuple(stills), ()


@given(st.data(), st.integers(day("2026-01-05"), day("2026-06-30")), st.integers(1, 30), UNITS)
def test_the_clocks_of_the_core_come_to_the_same_day(data: st.DataObject, start: int, n: int, unit: Unit) -> None:
    # Plans suspend no case over a day off on which a limit in natural days ends: rolling is tested above.
    limit = Limit(n=min(n, 4) if unit is Unit.MONTH else n, unit=unit, roll=Roll.NONE)
    stills, longer = data.draw(moved(start))
    if unit is not Unit.WORKING_DAY:
        longer = ()
    moves: list[Moves] = [
        PausedSpan(f"P{at}", still.after, OPEN if still.through == FAR else still.through, 0, 0, by_limit=False)
        for at, still in enumerate(stills)
    ]
    moves += [Added(f"X{at}", more.asked, more.days, Unit.WORKING_DAY) for at, more in enumerate(longer)]

    theirs = due_of(CALENDAR, limit, Start(start, 0), moves).day

    assert theirs == last_day(WORKDAYS, limit, start, Shifts(stills, longer))


def test_a_moment_keeps_its_date() -> None:
    assert day("2026-03-02") == day_of(moment(day("2026-03-02"), 23, 59, 59))
