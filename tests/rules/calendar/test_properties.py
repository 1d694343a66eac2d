"""What holds of every calendar and every day."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from rules.calendar import Edition, WorkCalendar, add_months
from rules.calendar.edition import is_weekday
from tests.rules.calendar.national import day, national

FIRST, LAST = day("1998-01-01"), day("2027-06-30")
days = st.integers(FIRST, LAST)
limits = st.integers(0, 300)
zones = st.sampled_from(["Asia/Shanghai", "Europe/Amsterdam"])

YEAR = range(day("2025-12-26"), day("2026-12-31") + 1)
weekdays = st.sampled_from([at for at in YEAR if is_weekday(at)])
weekend_days = st.sampled_from([at for at in YEAR if not is_weekday(at)])
days_of_2026 = st.integers(YEAR.start, YEAR.stop - 1)


def a_calendar(off: frozenset[int], work: frozenset[int]) -> WorkCalendar:
    """A calendar of one notice, for 2026."""
    return WorkCalendar.build("CN", "Asia/Shanghai", [Edition("CN", 2026, day("2025-11-04"), off, work)])


class TestTheNationsCalendar:
    @given(days, st.integers(0, 400))
    def test_the_index_never_falls_and_rises_by_one_on_working_days_alone(self, at: int, span: int) -> None:
        calendar = national()

        assert calendar.index(at) <= calendar.index(at + span)
        assert calendar.index(at + 1) - calendar.index(at) == calendar.is_working(at + 1)

    @given(days, st.integers(1, 300))
    def test_the_nth_day_is_worked_and_later(self, at: int, n: int) -> None:
        due = national().nth_after(at, n)

        assert national().is_working(due)
        assert due > at

    @given(days, limits, zones)
    def test_the_end_of_the_nth_day_is_where_the_next_date_begins(self, at: int, n: int, zone: str) -> None:
        calendar = national(zone=zone)

        assert calendar.start_of(calendar.nth_after(at, n) + 1) == calendar.end_of_nth(at, n)

    @given(days, limits)
    def test_a_limit_spans_as_many_working_days_as_it_has(self, at: int, n: int) -> None:
        assert national().working_between(at, national().nth_after(at, n)) == n

    @given(days, limits, limits)
    def test_two_limits_in_a_row_are_one(self, at: int, n: int, m: int) -> None:
        calendar = national()

        assert calendar.nth_after(calendar.nth_after(at, n), m) == calendar.nth_after(at, n + m)

    @given(days, st.integers(1, 200))
    def test_counting_back_undoes_counting_on_from_a_working_day(self, at: int, n: int) -> None:
        calendar = national()
        worked = calendar.next_working(at)

        assert calendar.nth_before(calendar.nth_after(worked, n), n) == worked

    @given(days, st.integers(0, 400), st.integers(0, 400))
    def test_working_days_of_adjoining_spans_add_up(self, at: int, one: int, other: int) -> None:
        calendar = national()

        assert calendar.working_between(at, at + one) + calendar.working_between(
            at + one, at + one + other
        ) == calendar.working_between(at, at + one + other)

    @given(days)
    def test_rolling_over_is_idempotent_and_never_earlier(self, at: int) -> None:
        due = national().next_working(at)

        assert due >= at
        assert national().is_working(due)
        assert national().next_working(due) == due

    @given(st.integers(day("2007-01-01"), day("2018-12-25")), st.integers(1, 250))
    def test_a_certain_due_date_is_not_moved_by_the_next_years_notice(self, at: int, n: int) -> None:
        found = national(known_on="2018-12-05").due_after(at, n)
        assume(found.certain)

        assert national(known_on="2019-03-21").due_after(at, n) == found


class TestEveryNotice:
    @given(
        st.frozensets(weekdays, max_size=30), st.frozensets(weekend_days, max_size=15), weekdays, days_of_2026, limits
    )
    def test_one_more_holiday_never_shortens_a_limit(
        self, off: frozenset[int], work: frozenset[int], holiday: int, at: int, n: int
    ) -> None:
        without, with_it = a_calendar(off - {holiday}, work), a_calendar(off | {holiday}, work)

        assert with_it.nth_after(at, n) >= without.nth_after(at, n)

    @given(
        st.frozensets(weekdays, max_size=30), st.frozensets(weekend_days, max_size=15), days_of_2026, st.integers(1, 60)
    )
    def test_the_due_date_is_the_one_found_by_walking(
        self, off: frozenset[int], work: frozenset[int], at: int, n: int
    ) -> None:
        walked, left = at, n
        while left:
            walked += 1
            left -= walked in work or (is_weekday(walked) and walked not in off)

        assert a_calendar(off, work).nth_after(at, n) == walked


class TestDates:
    @given(zones, st.integers(day("1971-01-01"), day("2060-12-31")))
    def test_a_date_contains_its_start_and_not_the_instant_before(self, zone: str, at: int) -> None:
        calendar = national(zone=zone)

        assert calendar.day_of(calendar.start_of(at)) == at
        assert calendar.day_of(calendar.start_of(at) - 1) == at - 1

    @given(zones, st.integers(-(10**16), 3 * 10**15))
    def test_every_instant_lies_within_its_date(self, zone: str, instant: int) -> None:
        calendar = national(zone=zone)
        found = calendar.day_of(instant)

        assert calendar.start_of(found) <= instant < calendar.start_of(found + 1)

    @given(st.integers(day("1900-01-01"), day("2100-12-31")), st.integers(-600, 600))
    def test_months_keep_the_day_or_end_on_the_months_last(self, at: int, n: int) -> None:
        start, end = date.fromordinal(at), date.fromordinal(add_months(at, n))

        assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == n
        assert end.day == start.day or (
            end.day < start.day and date.fromordinal(end.toordinal() + 1).month != end.month
        )
