"""The nation's notices as shipped, checked against what each of them comes to."""

import pytest

from rules.calendar.edition import is_weekday
from tests.rules.calendar.national import day, iso, national_doc


def test_the_years_2007_to_2026_are_covered_each_by_a_numbered_notice() -> None:
    numbers = [edition.notice_no for edition in national_doc().editions]

    assert sorted({edition.year for edition in national_doc().editions}) == list(range(2007, 2027))
    assert None not in numbers
    assert len(set(numbers)) == len(numbers) == 23


def test_each_number_is_of_the_year_the_notice_was_signed_in() -> None:
    for edition in national_doc().editions:
        assert edition.signed is not None
        assert edition.notice_no is not None
        assert f"〔{edition.signed.year}〕" in edition.notice_no
        assert edition.source is not None
        assert 0 <= (edition.published - edition.signed).days <= 7


@pytest.mark.parametrize("year", range(2007, 2027))
def test_every_weekday_off_is_a_statutory_holiday_or_paid_for_by_a_weekend_day_worked(year: int) -> None:
    # 全国年节及纪念日放假办法: 10 days to 2007, 11 from 2008, 13 from 2025; a notice lends days, it gives none.
    # The commemoration of 2015 gave one; the extension of 2020 gave 31 January, and 1 February was no longer worked.
    statutory = 10 if year < 2008 else 11 if year < 2025 else 13
    given = {2015: 1, 2020: 2}.get(year, 0)
    days: dict[int, bool] = {}
    for edition in (entry.edition("CN") for entry in national_doc().editions if entry.year == year):
        days |= dict.fromkeys(edition.off, False) | dict.fromkeys(edition.work, True)

    weekdays_off = sum(not is_worked and is_weekday(at) for at, is_worked in days.items())
    weekend_days_worked = sum(days.values())

    assert weekdays_off - weekend_days_worked == statutory + given


def test_ten_days_belong_to_the_notice_of_the_year_after() -> None:
    reaching = [
        (edition.year, iso(at))
        for edition in national_doc().editions
        for span in (*edition.work, *edition.off)
        for at in span.days()
        if at < day(f"{edition.year}-01-01")
    ]

    assert reaching == [
        (2007, "2006-12-30"),
        (2007, "2006-12-31"),
        (2008, "2007-12-29"),
        (2008, "2007-12-30"),
        (2008, "2007-12-31"),
        (2012, "2011-12-31"),
        (2019, "2018-12-29"),
        (2019, "2018-12-30"),
        (2019, "2018-12-31"),
        (2023, "2022-12-31"),
    ]
