from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from streams.cli.months import months_between
from tests.rules.calendar.national import national

NATIONAL = national()
DAYS = st.dates(date(2007, 1, 1), date(2026, 12, 1)).map(date.toordinal)


def test_a_month_names_its_holidays_and_worked_weekends() -> None:
    february, march = months_between(NATIONAL, date(2026, 2, 10).toordinal(), date(2026, 3, 16).toordinal())

    assert (9, 9, 0) == (february.working, february.total, february.weekend)
    assert "放假：春节 15日至23日；调休上班（计入）：14日、28日" == february.not_counted()
    assert (11, 20, 5) == (march.working, march.total, march.weekend)


@given(DAYS, st.integers(0, 120))
def test_the_months_add_up_to_the_working_days_between(after: int, length: int) -> None:
    months = months_between(NATIONAL, after, after + length)

    assert NATIONAL.working_between(after, after + length) == sum(month.working for month in months)
    assert length == sum((month.last - month.first).days + 1 for month in months)


@given(DAYS, st.integers(1, 120))
def test_every_day_is_counted_or_given_a_reason(after: int, length: int) -> None:
    for month in months_between(NATIONAL, after, after + length):
        off = sum((run.last - run.first).days + 1 for run in month.off)
        assert (month.last - month.first).days + 1 == month.working + month.weekend + off
