import pytest

from rules.calendar import Edition, WorkCalendar
from tests.rules.calendar.national import day, iso, national


def a_calendar(years: dict[str, list[int]], known_on: str | None = None) -> WorkCalendar:
    """A calendar of empty notices, each published on 1 December of the year before."""
    editions = [
        Edition(region, year, day(f"{year - 1}-12-01"), frozenset())
        for region, listed in years.items()
        for year in listed
    ]
    return WorkCalendar.build([*years][-1], "Asia/Shanghai", editions, None if known_on is None else day(known_on))


class TestCertainty:
    def test_a_year_is_certain_through_25_december_until_the_next_is_there(self) -> None:
        calendar = national()

        assert iso(calendar.certain_from) == "2007-01-01"
        assert iso(calendar.certain_through) == "2026-12-25"
        assert calendar.is_certain(day("2025-12-31"))
        assert calendar.is_certain(day("2026-12-25"))
        assert not calendar.is_certain(day("2026-12-26"))
        assert not calendar.is_certain(day("2006-12-31"))

    @pytest.mark.parametrize(
        ("known_on", "through"),
        [("2018-12-05", "2018-12-25"), ("2018-12-06", "2019-12-25"), ("2015-05-13", "2015-12-25")],
    )
    def test_the_horizon_moves_when_a_notice_is_published(self, known_on: str, through: str) -> None:
        assert iso(national(known_on).certain_through) == through

    @pytest.mark.parametrize(
        ("accepted", "limit", "certain"),
        [
            ("2026-12-18", 5, True),
            ("2026-12-18", 6, False),
            ("2026-12-25", 1, False),
            ("2026-12-25", 0, True),
            ("2027-03-01", 1, False),
            ("2006-12-31", 1, True),
            ("2006-12-30", 1, False),
        ],
    )
    def test_a_due_date_is_certain_when_every_day_counted_is(self, accepted: str, limit: int, certain: bool) -> None:
        found = national().due_after(day(accepted), limit)

        assert found.certain is certain
        assert (found.assumption is None) is certain

    def test_what_is_assumed_before_and_after_is_told_apart(self) -> None:
        before = national().assumption_between(day("2006-01-01"), day("2006-02-01"))
        after = national().assumption_between(day("2026-12-01"), day("2027-02-01"))

        assert before is not None
        assert "2006年" in before
        assert after is not None
        assert "2027年" in after
        assert national().assumption_between(day("2027-02-01"), day("2027-02-01")) is None

    def test_a_calendar_of_which_nothing_was_published_yet_is_certain_of_no_day(self) -> None:
        calendar = a_calendar({"CN": [2025, 2026]}, known_on="2024-11-30")

        assert calendar.certain_through < calendar.certain_from
        assert not calendar.is_certain(day("2025-06-02"))
        assert not calendar.due_after(day("2025-06-02"), 1).certain
        assert calendar.version.startswith("CN@无#")

    def test_a_region_is_certain_only_of_years_with_its_own_notice(self) -> None:
        calendar = a_calendar({"CN": [2023, 2024, 2025, 2026], "64": [2024, 2025]})

        assert iso(calendar.certain_from) == "2024-01-01"
        assert iso(calendar.certain_through) == "2025-12-25"
        assert "64" in (calendar.assumption_between(day("2025-12-25"), day("2025-12-26")) or "")

    def test_a_notice_published_out_of_turn_does_not_bridge_a_missing_year(self) -> None:
        editions = [
            Edition("CN", 2025, day("2024-12-01"), frozenset()),
            Edition("CN", 2026, day("2026-06-01"), frozenset()),
            Edition("CN", 2027, day("2026-05-01"), frozenset()),
        ]

        calendar = WorkCalendar.build("CN", "Asia/Shanghai", editions, day("2026-05-15"))

        assert iso(calendar.certain_through) == "2025-12-25"
