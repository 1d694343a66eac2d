from typing import Any

import pytest

from rules.calendar import AfterHoursPolicy, CalendarError
from rules.catalog.calendar_build import work_calendar
from rules.catalog.calendar_model import CalendarDoc
from tests.rules.calendar.national import day, instant, iso, national, national_doc


def a_doc(region: str, *editions: dict[str, Any], extends: str | None = "CN", **more: Any) -> CalendarDoc:
    """A region's document with notices of its own."""
    listed = [{"notice": "关于地方节日放假的通知", "notice_no": None, **edition} for edition in editions]
    return CalendarDoc.model_validate({"region": region, "extends": extends, "editions": listed, **more})


# In 2011 Liangshan (凉山, 5134) kept 8 October off, which the nation worked, and gave the Torch Festival.
LIANGSHAN = a_doc(
    "5134",
    {
        "year": 2011,
        "published": "2010-12-20",
        "off": ["2011-07-24..2011-07-30 火把节", "2011-10-08 州庆", "2011-11-20..2011-11-26 彝族年"],
        "work": ["2011-07-31 火把节", "2011-11-27 彝族年"],
    },
)


class TestRegions:
    def test_a_regions_notice_adds_to_the_nations_and_overrides_it(self) -> None:
        local = work_calendar([national_doc(), LIANGSHAN], "5134")

        assert not local.is_working(day("2011-07-25"))
        assert local.is_working(day("2011-07-31"))
        assert national().is_working(day("2011-10-08"))
        assert not local.is_working(day("2011-10-08"))
        assert not local.is_working(day("2011-10-03"))
        assert local.version.startswith("5134@2025-11-04#")

    def test_a_later_change_by_the_nation_holds_in_the_region_too(self) -> None:
        repeats = a_doc("64", {"year": 2020, "published": "2019-12-01", "work": ["2020-02-01 春节"]})
        early, late = day("2020-01-26"), day("2020-01-27")

        assert work_calendar([national_doc(), repeats], "64", known_on=early).is_working(day("2020-02-01"))
        assert not work_calendar([national_doc(), repeats], "64", known_on=late).is_working(day("2020-02-01"))

    def test_a_notice_can_take_a_day_back(self) -> None:
        taken_back = a_doc("64", {"year": 2026, "published": "2026-01-10", "cancel": ["2026-02-28", "2026-05-04"]})
        local = work_calendar([national_doc(), taken_back], "64")

        assert not local.is_working(day("2026-02-28"))
        assert local.is_working(day("2026-05-04"))

    def test_the_region_is_certain_of_the_years_it_has_notices_for(self) -> None:
        local = work_calendar([national_doc(), LIANGSHAN], "5134")

        assert (iso(local.certain_from), iso(local.certain_through)) == ("2011-01-01", "2011-12-25")

    def test_a_document_without_notices_is_as_certain_as_the_one_it_extends(self) -> None:
        local = work_calendar([national_doc(), a_doc("37")], "370600")

        assert local.certain_through == national().certain_through
        assert local.region == "37"

    @pytest.mark.parametrize(
        ("asked", "found"), [("513401", "5134"), ("5134", "5134"), ("51", "CN"), ("110000", "CN"), ("CN", "CN")]
    )
    def test_the_longest_code_a_region_begins_with_is_its_calendar(self, asked: str, found: str) -> None:
        assert work_calendar([LIANGSHAN, national_doc()], asked).region == found

    def test_the_narrowest_document_decides_zone_hours_and_policy(self) -> None:
        hours = [{"from": "2025-10-08", "am": ["09:00", "17:00"], "basis": "通告"}]
        province = a_doc("65", office_hours=hours, after_hours_policy="next_working_day", zone="Asia/Urumqi")
        city = a_doc("6501", extends="65", after_hours_policy="same_day")

        local = work_calendar([national_doc(), province, city], "6501")

        assert local.after_hours is AfterHoursPolicy.SAME_DAY
        assert local.zone == "Asia/Urumqi"
        assert local.closing(day("2026-03-02")) == instant("2026-03-02 17:00", "Asia/Urumqi")

    def test_the_zone_of_a_foreign_log_overrides_the_documents(self) -> None:
        assert work_calendar([national_doc()], "CN", zone="Europe/Amsterdam").zone == "Europe/Amsterdam"

    @pytest.mark.parametrize(
        ("docs", "asked", "said"),
        [
            ([], "64", "64.*CN"),
            ([a_doc("64", extends="CN")], "64", "CN"),
            ([a_doc("64", extends="65"), a_doc("65", extends="64")], "64", "绕回"),
            ([a_doc("64"), a_doc("64")], "64", "两份"),
        ],
    )
    def test_documents_that_do_not_fit_together_are_refused(
        self, docs: list[CalendarDoc], asked: str, said: str
    ) -> None:
        with pytest.raises(CalendarError, match=said):
            work_calendar(docs, asked)
