from hypothesis import given
from hypothesis import strategies as st

from streams.simulate.moments import HOUR, MINUTE, day_of, moment
from streams.simulate.office import Hours, Office

HOURS = Hours(9 * HOUR, 12 * HOUR, 14 * HOUR, 17 * HOUR)
OFFICE = Office((100, 101, 104, 105, 106), HOURS)
"""Open on two days, closed on two, open again."""

DAY_LONG = 6 * HOUR


@given(st.integers(0, 4 * DAY_LONG - 1))
def test_a_stroke_is_a_moment_within_hours_and_back(stroke: int) -> None:
    at = OFFICE.moment(stroke)
    second = at - moment(day_of(at))

    assert stroke == OFFICE.stroke(at)
    assert HOURS.opens <= second < HOURS.lunch or HOURS.back <= second < HOURS.closes


@given(st.integers(moment(99), moment(105)), st.integers(0, 2 * 24 * HOUR))
def test_later_moments_have_no_earlier_strokes(at: int, more: int) -> None:
    later = min(at + more, moment(105))

    assert OFFICE.stroke(at) <= OFFICE.stroke(later)


def test_lunch_night_and_days_off_are_no_working_time() -> None:
    morning_left = OFFICE.stroke(moment(100, 11, 50))

    assert moment(100, 14, 5) == OFFICE.moment(morning_left + 15 * MINUTE)
    assert OFFICE.stroke(moment(101, 17)) == OFFICE.stroke(moment(104, 9))
    assert moment(104, 9) == OFFICE.moment(OFFICE.stroke(moment(102, 15)))


def test_the_last_stroke_of_a_closed_day_is_that_of_the_day_before() -> None:
    assert OFFICE.last_stroke(101) == OFFICE.last_stroke(103)
    assert 101 == OFFICE.day_of(OFFICE.last_stroke(103))


def test_what_is_left_of_a_day_ends_with_its_close() -> None:
    stroke = OFFICE.stroke(moment(100, 16))

    assert HOUR == OFFICE.left_today(stroke)
    assert moment(101, 9) == OFFICE.moment(OFFICE.next_opening(stroke))
