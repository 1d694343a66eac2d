"""Due dates reckoned by hand from the notices; each line exercises one trap."""

import pytest

from tests.rules.calendar.national import day, iso, national


@pytest.mark.parametrize(
    ("accepted", "limit", "due"),
    [
        pytest.param("2026-02-12", 5, "2026-02-26", id="a Saturday is worked and nine days off follow"),
        pytest.param("2026-02-12", 20, "2026-03-18", id="the Saturday after the holiday is worked"),
        pytest.param("2026-02-14", 1, "2026-02-24", id="accepted on a worked Saturday"),
        pytest.param("2026-02-15", 5, "2026-02-28", id="accepted on a day off and due on a worked Saturday"),
        pytest.param("2026-04-30", 7, "2026-05-13", id="a Saturday after Labour Day is worked"),
        pytest.param("2026-09-18", 5, "2026-09-24", id="a Sunday is worked"),
        pytest.param("2026-09-24", 20, "2026-10-29", id="two holidays in one limit"),
        pytest.param("2026-09-24", 30, "2026-11-12", id="two holidays and an extension"),
        pytest.param("2026-09-30", 10, "2026-10-20", id="the Saturday after National Day is worked"),
        pytest.param("2025-09-26", 5, "2025-10-10", id="the Sunday before National Day is worked"),
        pytest.param("2026-03-02", 45, "2026-05-08", id="joint handling"),
        pytest.param("2026-03-02", 60, "2026-05-28", id="joint handling with an extension"),
        pytest.param("2018-12-17", 10, "2018-12-29", id="the next year's notice works a December Saturday"),
        pytest.param("2015-08-27", 5, "2015-09-06", id="a notice of May 2015 gave two days off and works a Sunday"),
        pytest.param("2020-01-20", 10, "2020-02-11", id="the Spring Festival of 2020 was made longer"),
    ],
)
def test_a_due_date_is_the_nth_working_day_after_acceptance(accepted: str, limit: int, due: str) -> None:
    found = national().due_after(day(accepted), limit)

    assert iso(found.day) == due
    assert found.certain
    assert found.assumption is None


def test_a_suspension_moves_the_due_date_by_its_working_days() -> None:
    calendar = national()
    excluded = calendar.working_between(day("2026-03-10"), day("2026-03-20"))

    due = calendar.nth_after(day("2026-03-02"), 20 + excluded)

    assert excluded == 8
    assert iso(due) == "2026-04-10"


def test_without_the_next_years_notice_the_last_december_days_are_a_plain_week() -> None:
    found = national(known_on="2018-12-05").due_after(day("2018-12-17"), 10)

    assert iso(found.day) == "2018-12-31"
    assert not found.certain


def test_a_due_date_beyond_the_last_notice_is_provisional_and_says_why() -> None:
    found = national().due_after(day("2026-12-18"), 10)

    assert iso(found.day) == "2027-01-01"
    assert not found.certain
    assert found.assumption is not None
    assert "2027年" in found.assumption


@pytest.mark.parametrize(
    ("known_on", "accepted", "limit", "due"),
    [
        ("2015-05-12", "2015-08-27", 5, "2015-09-03"),
        ("2015-05-13", "2015-08-27", 5, "2015-09-06"),
        ("2019-03-21", "2019-04-26", 3, "2019-05-02"),
        ("2019-03-22", "2019-04-26", 3, "2019-04-30"),
        ("2020-01-26", "2020-01-20", 10, "2020-02-07"),
        ("2020-01-27", "2020-01-20", 10, "2020-02-11"),
    ],
)
def test_a_change_within_the_year_counts_from_its_publication(
    known_on: str, accepted: str, limit: int, due: str
) -> None:
    assert iso(national(known_on).nth_after(day(accepted), limit)) == due


@pytest.mark.parametrize("year", [2025, 2026])
def test_2025_and_2026_have_248_working_days(year: int) -> None:
    assert national().working_between(day(f"{year - 1}-12-31"), day(f"{year}-12-31")) == 248
