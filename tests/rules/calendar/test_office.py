import pytest

from rules.calendar import AfterHoursPolicy, CalendarRangeError, OfficeHoursUnknown, OfficeSeason, WorkCalendar
from rules.calendar.office import spend
from tests.rules.calendar.national import day, instant, local, national_doc

MORNING, AFTERNOON = (8 * 60 + 30, 12 * 60), (14 * 60, 17 * 60 + 30)
SUMMER_AFTERNOON = (14 * 60 + 30, 18 * 60)
SEASONS = (
    OfficeSeason(day("2025-10-08"), day("2026-05-06"), (MORNING, AFTERNOON)),
    OfficeSeason(day("2026-05-06"), None, (MORNING, SUMMER_AFTERNOON)),
)


def a_calendar(
    policy: AfterHoursPolicy = AfterHoursPolicy.SAME_DAY,
    seasons: tuple[OfficeSeason, ...] = SEASONS,
    zone: str = "Asia/Shanghai",
) -> WorkCalendar:
    """The nation's days with the opening hours of a seaside town."""
    editions = [edition.edition("CN") for edition in national_doc().editions]
    return WorkCalendar.build("CN", zone, editions, office_hours=seasons, after_hours=policy)


class TestOfficeHours:
    @pytest.mark.parametrize(
        ("begins", "hours", "ends"),
        [
            pytest.param("2026-03-02 09:00", 2, "2026-03-02 11:00", id="within a morning"),
            pytest.param("2026-03-02 11:00", 2, "2026-03-02 15:00", id="over the noon break"),
            pytest.param("2026-03-02 12:30", 1, "2026-03-02 15:00", id="begun at noon"),
            pytest.param("2026-03-02 07:00", 1, "2026-03-02 09:30", id="begun before opening"),
            pytest.param("2026-03-02 08:30", 7, "2026-03-02 17:30", id="a whole day ends at its close"),
            pytest.param("2026-03-02 08:31", 7, "2026-03-03 08:31", id="a minute more is the next day"),
            pytest.param("2026-03-02 18:00", 1, "2026-03-03 09:30", id="begun after the close"),
            pytest.param("2026-02-13 17:00", 1, "2026-02-14 09:00", id="into a worked Saturday"),
            pytest.param("2026-02-14 17:00", 1, "2026-02-24 09:00", id="over nine days off"),
            pytest.param("2026-02-16 10:00", 3, "2026-02-24 11:30", id="begun on a day off"),
            pytest.param("2026-04-30 17:00", 5, "2026-05-06 15:30", id="into the hours of summer"),
            pytest.param("2026-03-02 12:30", 0, "2026-03-02 12:30", id="no hours at all"),
        ],
    )
    def test_only_open_time_counts(self, begins: str, hours: int, ends: str) -> None:
        assert local(a_calendar().add_office_hours(instant(begins), hours)) == ends

    def test_the_office_opens_by_its_own_clock_on_the_day_of_the_change_to_summer_time(self) -> None:
        seven_days = tuple(OfficeSeason(0, None, ((0, 6 * 60),)) for _ in "1")
        calendar = a_calendar(zone="Europe/Amsterdam", seasons=seven_days)
        zone = "Europe/Amsterdam"

        # Friday 28 March 2025 05:00, one hour left; the next worked day is Monday, after the change on the 30th.
        ends = calendar.add_office_hours(instant("2025-03-28 05:00", zone), 3)

        assert local(ends, zone) == "2025-03-31 02:00"

    def test_a_day_without_declared_hours_has_no_answer(self) -> None:
        with pytest.raises(OfficeHoursUnknown):
            a_calendar().add_office_hours(instant("2025-09-30 09:00"), 1)
        with pytest.raises(OfficeHoursUnknown):
            a_calendar(seasons=()).closing(day("2026-03-02"))

    def test_hours_beyond_the_calendar_have_no_answer(self) -> None:
        with pytest.raises(CalendarRangeError):
            a_calendar().add_office_hours(instant("2029-12-31 09:00"), 8)

    def test_windows_that_run_out_have_no_answer(self) -> None:
        with pytest.raises(CalendarRangeError):
            spend(0, 10, [(0, 3), (5, 8)])

    def test_the_office_closes_at_the_end_of_its_last_window(self) -> None:
        assert local(a_calendar().closing(day("2026-03-02"))) == "2026-03-02 17:30"
        assert local(a_calendar().closing(day("2026-07-01"))) == "2026-07-01 18:00"


class TestReceipt:
    @pytest.mark.parametrize("text", ["2026-03-02 10:00", "2026-03-02 22:00", "2026-02-16 10:00"])
    def test_the_date_stands_as_it_is_unless_the_region_says_otherwise(self, text: str) -> None:
        calendar = a_calendar(seasons=())

        assert calendar.receipt_day(instant(text)) == day(text[:10])

    @pytest.mark.parametrize(
        ("text", "counted"),
        [
            ("2026-03-02 07:00", "2026-03-02"),
            ("2026-03-02 12:30", "2026-03-02"),
            ("2026-03-02 17:30", "2026-03-02"),
            ("2026-03-02 17:31", "2026-03-03"),
            ("2026-02-14 17:31", "2026-02-24"),
            ("2026-02-16 10:00", "2026-02-24"),
        ],
    )
    def test_after_the_close_the_next_working_day_counts_where_the_region_says_so(
        self, text: str, counted: str
    ) -> None:
        calendar = a_calendar(AfterHoursPolicy.NEXT_WORKING_DAY)

        assert calendar.receipt_day(instant(text)) == day(counted)
