from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.calendar import CalendarRangeError
from rules.calendar.zone import DAY, MINUTE, zone_days
from tests.rules.calendar.national import day, instant, iso, local

FIRST, LAST = day("1997-01-01"), day("2029-12-31")

# A zone that never changed in the span, one with summer time, one south of the equator, one half an hour off,
# one that jumps over midnight, one that skipped a date, one that goes back over midnight.
ZONES = (
    "Asia/Shanghai",
    "Europe/Amsterdam",
    "America/Santiago",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Pacific/Apia",
    "America/St_Johns",
)


@pytest.mark.parametrize("name", ZONES)
class TestEveryZone:
    def test_a_date_begins_with_its_first_instant(self, name: str) -> None:
        zone = zone_days(name, FIRST, LAST)

        for at in range(FIRST - 400, LAST + 400, 11):
            start = zone.start_of(at)

            assert zone.day_of(start) == at
            assert zone.day_of(start - 1) == at - 1

    def test_the_date_is_the_one_the_zone_database_tells(self, name: str) -> None:
        zone, info = zone_days(name, FIRST, LAST), ZoneInfo(name)

        for at in range(FIRST - 400, LAST + 400, 7):
            noon = datetime.fromordinal(at).replace(hour=12, tzinfo=info)
            if noon.astimezone(UTC).astimezone(info).date().toordinal() == at:  # not a date the zone skipped
                assert zone.day_of(round(noon.timestamp()) * 1_000_000) == at

    def test_dates_never_run_backwards(self, name: str) -> None:
        zone = zone_days(name, FIRST, LAST)
        begin = zone.start_of(day("2006-01-01"))

        days = [zone.day_of(begin + at * 37 * MINUTE) for at in range(60_000)]

        assert days == sorted(days)


class TestShanghai:
    def test_midnight_is_eight_hours_before_universal_midnight(self) -> None:
        zone = zone_days("Asia/Shanghai", FIRST, LAST)
        midnight = instant("2026-02-12T00:00+08:00")

        assert iso(zone.day_of(midnight)) == "2026-02-12"
        assert iso(zone.day_of(midnight - 1)) == "2026-02-11"
        assert zone.start_of(day("2026-02-12")) == midnight

    def test_the_summer_time_of_1986_to_1991_is_kept(self) -> None:
        zone = zone_days("Asia/Shanghai", FIRST, LAST)

        assert zone.start_of(day("1988-07-01")) == instant("1988-07-01T00:00+09:00")
        assert iso(zone.day_of(instant("1988-06-30T23:30+09:00"))) == "1988-06-30"
        assert iso(zone.day_of(instant("1988-06-30T23:30+08:00"))) == "1988-07-01"
        assert local(zone.at(day("1988-07-01"), 9 * 60)) == "1988-07-01 09:00"

    def test_a_date_that_began_with_the_clock_going_forward_begins_at_that_instant(self) -> None:
        # On 1 June 1940 the clock went from 00:00 to 01:00.
        zone = zone_days("Asia/Shanghai", FIRST, LAST)

        assert zone.start_of(day("1940-06-01")) == instant("1940-05-31T16:00+00:00")
        assert iso(zone.day_of(instant("1940-05-31T15:59+00:00"))) == "1940-05-31"


class TestSummerTime:
    def test_the_day_of_the_change_has_23_or_25_hours(self) -> None:
        zone = zone_days("Europe/Amsterdam", FIRST, LAST)

        def hours(text: str) -> float:
            return (zone.start_of(day(text) + 1) - zone.start_of(day(text))) / DAY * 24

        assert hours("2012-03-25") == pytest.approx(23)
        assert hours("2012-10-28") == pytest.approx(25)
        assert hours("2012-06-01") == pytest.approx(24)

    def test_an_hour_before_midnight_in_summer_is_still_the_same_date(self) -> None:
        zone = zone_days("Europe/Amsterdam", FIRST, LAST)

        assert iso(zone.day_of(instant("2012-07-01T21:59+00:00"))) == "2012-07-01"
        assert iso(zone.day_of(instant("2012-07-01T22:00+00:00"))) == "2012-07-02"
        assert iso(zone.day_of(instant("2012-01-01T22:59+00:00"))) == "2012-01-01"
        assert iso(zone.day_of(instant("2012-01-01T23:00+00:00"))) == "2012-01-02"

    def test_a_local_hour_is_the_hour_on_the_clock_also_on_the_day_of_the_change(self) -> None:
        zone = zone_days("Europe/Amsterdam", FIRST, LAST)

        assert local(zone.at(day("2012-03-25"), 9 * 60), "Europe/Amsterdam") == "2012-03-25 09:00"

    def test_a_jump_from_before_midnight_begins_the_date_at_the_jump(self) -> None:
        # In Toronto on 30 March 1919 the clock went from 23:30 to 00:30 of the 31st.
        zone = zone_days("America/Toronto", FIRST, LAST)

        assert zone.start_of(day("1919-03-31")) == instant("1919-03-31T04:30+00:00")

    def test_a_date_that_the_zone_skipped_begins_with_the_next(self) -> None:
        zone = zone_days("Pacific/Apia", FIRST, LAST)

        assert zone.start_of(day("2011-12-30")) == zone.start_of(day("2011-12-31"))
        assert iso(zone.day_of(zone.start_of(day("2011-12-30")))) == "2011-12-31"

    def test_an_hour_repeated_over_midnight_belongs_to_the_date_that_had_begun(self) -> None:
        # In St. John's on 4 November 2007 the clock went from 00:01 back to 23:01 of the 3rd.
        zone = zone_days("America/St_Johns", FIRST, LAST)
        begun = zone.start_of(day("2007-11-04"))

        assert local(begun + MINUTE, "America/St_Johns") == "2007-11-03 23:01"
        assert iso(zone.day_of(begun + MINUTE)) == "2007-11-04"


class TestFarInstants:
    def test_dates_do_not_run_backwards_outside_the_span_either(self) -> None:
        zone = zone_days("America/St_Johns", FIRST, LAST)
        begun = zone.start_of(day("1990-10-28"))

        assert local(begun + MINUTE, "America/St_Johns") == "1990-10-27 23:01"
        assert iso(zone.day_of(begun + MINUTE)) == "1990-10-28"

    def test_instants_outside_the_span_are_right_though_slow(self) -> None:
        for name in ("Asia/Shanghai", "Europe/Amsterdam"):
            zone, info = zone_days(name, FIRST, LAST), ZoneInfo(name)

            for year in (1900, 1986, 2050, 2099):
                noon = datetime(year, 7, 1, 12, tzinfo=info)

                assert zone.day_of(round(noon.timestamp()) * 1_000_000) == date(year, 7, 1).toordinal()

    @pytest.mark.parametrize("years", [-3000, 9000])
    def test_instants_outside_the_years_1_to_9999_are_out_of_range(self, years: int) -> None:
        zone = zone_days("Asia/Shanghai", FIRST, LAST)

        with pytest.raises(CalendarRangeError, match="9999"):
            zone.day_of(years * 366 * DAY)

    def test_days_outside_the_years_1_to_9999_are_out_of_range(self) -> None:
        zone = zone_days("Asia/Shanghai", FIRST, LAST)

        with pytest.raises(CalendarRangeError, match="9999"):
            zone.start_of(date.max.toordinal() + timedelta(days=2).days)
