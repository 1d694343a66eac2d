from dataclasses import FrozenInstanceError

import pytest

from rules.calendar import CalendarError, CalendarRangeError, Edition, WorkCalendar, add_months
from tests.rules.calendar.national import day, instant, iso, local, national


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("text", "is_working"),
        [
            ("2026-02-13", True),
            ("2026-02-14", True),
            ("2026-02-15", False),
            ("2026-02-23", False),
            ("2026-02-24", True),
            ("2026-03-07", False),
            ("2006-12-30", True),
            ("2007-12-31", False),
            ("2020-02-01", False),
        ],
    )
    def test_a_notice_overrides_the_plain_week(self, text: str, is_working: bool) -> None:
        assert national().is_working(day(text)) is is_working

    def test_no_days_on_is_the_day_itself(self) -> None:
        assert national().nth_after(day("2026-02-15"), 0) == day("2026-02-15")
        assert national().nth_before(day("2026-02-15"), 0) == day("2026-02-15")

    def test_a_negative_count_is_refused(self) -> None:
        with pytest.raises(ValueError, match="-1"):
            national().nth_after(day("2026-02-15"), -1)
        with pytest.raises(ValueError, match="-1"):
            national().nth_before(day("2026-02-15"), -1)

    @pytest.mark.parametrize(
        ("text", "n", "before"),
        [
            ("2026-02-26", 1, "2026-02-25"),
            ("2026-02-24", 1, "2026-02-14"),
            ("2026-02-20", 1, "2026-02-14"),
            ("2026-02-24", 3, "2026-02-12"),
        ],
    )
    def test_the_nth_working_day_before_is_counted_like_the_one_after(self, text: str, n: int, before: str) -> None:
        assert iso(national().nth_before(day(text), n)) == before

    def test_days_between_leave_out_the_first_and_count_the_last(self) -> None:
        calendar = national()

        assert calendar.working_between(day("2026-03-02"), day("2026-03-03")) == 1
        assert calendar.working_between(day("2026-03-03"), day("2026-03-03")) == 0
        assert calendar.working_between(day("2026-03-04"), day("2026-03-03")) == 0

    def test_the_days_of_a_notice_can_be_listed_with_their_basis(self) -> None:
        found = national().special_between(day("2026-02-13"), day("2026-02-16"))

        assert [(iso(special.day), special.is_working, special.name) for special in found] == [
            ("2026-02-14", True, "春节"),
            ("2026-02-15", False, "春节"),
            ("2026-02-16", False, "春节"),
        ]
        assert {special.basis for special in found} == {
            "《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号）"
        }

    def test_nothing_of_a_calendar_can_be_changed(self) -> None:
        with pytest.raises(FrozenInstanceError):
            national().region = "64"  # type: ignore[misc]  # what the test is about


class TestRollOver:
    @pytest.mark.parametrize(
        ("ends", "due"),
        [
            ("2026-02-15", "2026-02-24"),
            ("2026-02-14", "2026-02-14"),
            ("2026-03-07", "2026-03-09"),
            ("2026-03-09", "2026-03-09"),
        ],
    )
    def test_a_natural_limit_that_ends_on_a_day_off_ends_on_the_next_working_day(self, ends: str, due: str) -> None:
        found = national().due_on(day(ends))

        assert iso(found.day) == due
        assert found.certain

    def test_rolling_over_the_horizon_is_provisional(self) -> None:
        assert national().due_on(day("2026-12-25")).certain
        assert not national().due_on(day("2026-12-26")).certain

    @pytest.mark.parametrize(
        ("start", "n", "end"),
        [
            ("2026-01-15", 1, "2026-02-15"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2026-12-31", 12, "2027-12-31"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-03-31", 0, "2026-03-31"),
        ],
    )
    def test_months_end_on_the_corresponding_day_or_the_months_last(self, start: str, n: int, end: str) -> None:
        assert iso(national().add_months(day(start), n)) == end

    def test_months_beyond_the_year_9999_are_out_of_range(self) -> None:
        with pytest.raises(CalendarRangeError, match="9999"):
            add_months(day("2026-01-01"), 12 * 8000)

    def test_hours_run_through_the_night(self) -> None:
        assert local(national().add_hours(instant("2026-02-14 16:00"), 48)) == "2026-02-16 16:00"


class TestRange:
    @pytest.mark.parametrize("text", ["1996-12-31", "2030-01-01", "2099-06-01", "0001-01-01"])
    def test_a_day_far_outside_is_refused_by_every_question(self, text: str) -> None:
        calendar, far = national(), day(text)

        for ask in (
            lambda: calendar.is_working(far),
            lambda: calendar.index(far),
            lambda: calendar.nth_after(far, 1),
            lambda: calendar.nth_before(far, 1),
            lambda: calendar.next_working(far),
            lambda: calendar.due_after(far, 5),
        ):
            with pytest.raises(CalendarRangeError, match=text):
                ask()

    def test_counting_out_of_the_calendar_is_refused(self) -> None:
        with pytest.raises(CalendarRangeError, match="2029-12-28"):
            national().nth_after(day("2029-12-28"), 2)
        with pytest.raises(CalendarRangeError, match="1997-01-02"):
            national().nth_before(day("1997-01-02"), 2)

    def test_the_first_and_the_last_day_have_an_answer(self) -> None:
        calendar = national()

        assert calendar.index(day("1997-01-01")) == 1
        assert iso(calendar.nth_before(day("1997-01-02"), 1)) == "1997-01-01"
        assert iso(calendar.nth_after(day("2029-12-30"), 1)) == "2029-12-31"


class TestBuild:
    def test_a_calendar_needs_an_edition(self) -> None:
        with pytest.raises(CalendarError, match="CN"):
            WorkCalendar.build("CN", "Asia/Shanghai", [])

    def test_a_year_left_out_is_refused(self) -> None:
        editions = [Edition("CN", year, day(f"{year - 1}-12-01"), frozenset()) for year in (2020, 2021, 2024)]

        with pytest.raises(CalendarError, match="2022、2023"):
            WorkCalendar.build("CN", "Asia/Shanghai", editions)

    def test_an_unknown_zone_is_refused(self) -> None:
        edition = Edition("CN", 2026, day("2025-11-04"), frozenset())

        with pytest.raises(CalendarError, match="Asia/Atlantis"):
            WorkCalendar.build("CN", "Asia/Atlantis", [edition])

    def test_a_day_both_off_and_worked_is_refused(self) -> None:
        both = frozenset({day("2026-02-14")})

        with pytest.raises(CalendarError, match="2026"):
            WorkCalendar.build("CN", "Asia/Shanghai", [Edition("CN", 2026, day("2025-11-04"), both, both)])

    def test_the_version_names_the_newest_edition_and_tells_different_days_apart(self) -> None:
        editions = [
            Edition("CN", 2026, day("2025-11-04"), frozenset({day(text)})) for text in ("2026-01-01", "2026-01-02")
        ]
        one, other = (WorkCalendar.build("CN", "Asia/Shanghai", [edition]).version for edition in editions)

        assert one.startswith("CN@2025-11-04#")
        assert one != other
        assert national(known_on="2020-01-26").version.startswith("CN@2019-11-21#")

    def test_the_order_in_which_editions_are_given_does_not_matter(self) -> None:
        first = Edition("CN", 2026, day("2025-11-04"), frozenset({day("2026-01-02")}))
        change = Edition("CN", 2026, day("2025-12-04"), frozenset(), cancelled=frozenset({day("2026-01-02")}))

        for editions in ([first, change], [change, first]):
            assert WorkCalendar.build("CN", "Asia/Shanghai", editions).is_working(day("2026-01-02"))
