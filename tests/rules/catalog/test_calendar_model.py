from datetime import date
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from rules.calendar import OfficeSeason
from rules.catalog.calendar_model import CalendarDoc, CalendarEdition, DaySpan, OfficeHours


def an_edition(**changes: Any) -> dict[str, Any]:
    """A sound notice for 2026, with changes."""
    return {
        "year": 2026,
        "notice": "关于2026年部分节假日安排的通知",
        "notice_no": "某发〔2025〕1号",
        "published": "2025-11-04",
        "off": ["2026-01-01..2026-01-03 元旦"],
        "work": ["2026-01-04 元旦"],
        **changes,
    }


class TestDays:
    @pytest.mark.parametrize(
        ("written", "first", "last", "name"),
        [
            (date(2026, 5, 1), "2026-05-01", "2026-05-01", ""),
            ("2026-05-01", "2026-05-01", "2026-05-01", ""),
            ("2026-05-01 劳动节", "2026-05-01", "2026-05-01", "劳动节"),
            ("2026-05-01..2026-05-05", "2026-05-01", "2026-05-05", ""),
            ("2026-05-01..2026-05-05 劳动节", "2026-05-01", "2026-05-05", "劳动节"),
            ({"first": "2026-05-01", "last": "2026-05-05"}, "2026-05-01", "2026-05-05", ""),
        ],
    )
    def test_a_day_a_range_and_a_name_can_be_written(self, written: Any, first: str, last: str, name: str) -> None:
        span = DaySpan.model_validate(written)

        assert (span.first.isoformat(), span.last.isoformat(), span.name) == (first, last, name)

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("5月1日", "不是日期"),
            ("2026-5-1", "不是日期"),
            ("2026-02-30", "day"),
            ("2026-05-05..2026-05-01", "末日在首日之前"),
            (20260501, "DaySpan"),
        ],
    )
    def test_anything_else_is_refused(self, written: Any, said: str) -> None:
        with pytest.raises(ValidationError, match=said):
            DaySpan.model_validate(written)


class TestEdition:
    def test_a_notice_becomes_an_edition_with_its_basis_and_names(self) -> None:
        edition = CalendarEdition.model_validate(an_edition()).edition("CN")

        assert edition.region == "CN"
        assert edition.published == date(2025, 11, 4).toordinal()
        assert edition.off == {date(2026, 1, at).toordinal() for at in (1, 2, 3)}
        assert edition.work == {date(2026, 1, 4).toordinal()}
        assert edition.names[date(2026, 1, 2).toordinal()] == "元旦"
        assert edition.basis == "《关于2026年部分节假日安排的通知》（某发〔2025〕1号）"

    def test_a_notice_whose_number_is_not_known_is_cited_by_its_title(self) -> None:
        assert CalendarEdition.model_validate(an_edition(notice_no=None)).basis == "《关于2026年部分节假日安排的通知》"

    def test_the_number_may_be_unknown_but_not_forgotten(self) -> None:
        written = an_edition()
        del written["notice_no"]

        with pytest.raises(ValidationError, match="notice_no"):
            CalendarEdition.model_validate(written)

    def test_the_unquoted_key_off_is_read_as_the_word(self) -> None:
        text = "{year: 2026, notice: 通知, notice_no: null, published: 2025-11-04, off: [2026-01-01]}"

        assert CalendarEdition.model_validate(yaml.safe_load(text)).off[0].first == date(2026, 1, 1)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"work": ["2026-01-05"]}, "2026-01-05 是周一至周五"),
            ({"work": ["2026-01-03"]}, "2026-01-03 写了不止一次"),
            ({"off": ["2026-01-01", "2026-01-01..2026-01-03"]}, "2026-01-01 写了不止一次"),
            ({"cancel": ["2026-01-02"]}, "2026-01-02 写了不止一次"),
            ({"off": ["2025-12-25"]}, "2025-12-25 不归 2026 年的通知"),
            ({"off": ["2027-01-01"]}, "2027-01-01 不归 2026 年的通知"),
            ({"published": "2026-01-02"}, "2026-01-01 早于公布日 2026-01-02"),
            ({"signed": "2025-11-05"}, "公布日 2025-11-04 早于成文日期 2025-11-05"),
            ({"year": 26}, "year"),
            ({"offf": []}, "offf"),
        ],
    )
    def test_what_cannot_be_is_refused(self, changes: dict[str, Any], said: str) -> None:
        with pytest.raises(ValidationError, match=said):
            CalendarEdition.model_validate(an_edition(**changes))

    def test_all_that_is_wrong_is_said_at_once(self) -> None:
        with pytest.raises(ValidationError) as caught:
            CalendarEdition.model_validate(an_edition(work=["2026-01-05", "2027-01-02"]))

        assert "2026-01-05 是周一至周五" in str(caught.value)
        assert "2027-01-02 不归" in str(caught.value)

    def test_a_day_off_on_a_plain_weekend_is_allowed(self) -> None:
        edition = CalendarEdition.model_validate(an_edition(off=["2026-01-10"], work=[]))

        assert edition.edition("CN").off == {date(2026, 1, 10).toordinal()}


class TestOfficeHours:
    @pytest.mark.parametrize(
        "written",
        ["{am: ['08:30', '12:00'], pm: ['14:00', '17:30'], %s}", "{am: [08:30, 12:00], pm: [14:00, 17:30], %s}"],
    )
    def test_clock_times_are_read_quoted_or_not(self, written: str) -> None:
        hours = OfficeHours.model_validate(yaml.safe_load(written % "from: 2025-10-08, until: 2026-05-06, basis: 通告"))

        assert hours.season() == OfficeSeason(
            date(2025, 10, 8).toordinal(), date(2026, 5, 6).toordinal(), ((510, 720), (840, 1050))
        )

    def test_an_office_open_through_noon_has_one_window(self) -> None:
        hours = OfficeHours.model_validate({"from": "2025-10-08", "am": ["09:00", "17:00"], "basis": "通告"})

        assert hours.season().windows == ((540, 1020),)
        assert hours.season().until is None

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"am": None}, "至少写一个时段"),
            ({"am": ["12:00", "08:30"]}, "先后有序"),
            ({"pm": ["11:00", "17:30"]}, "先后有序"),
            ({"am": ["8点半", "12:00"]}, "不是钟点"),
            ({"am": ["08:60", "12:00"]}, "不是钟点"),
            ({"am": ["08:30", "25:00"]}, "less than or equal to 1440"),
            ({"until": "2025-10-08"}, "until"),
            ({"basis": ""}, "basis"),
        ],
    )
    def test_what_cannot_be_is_refused(self, changes: dict[str, Any], said: str) -> None:
        written = {"from": "2025-10-08", "am": ["08:30", "12:00"], "basis": "通告", **changes}

        with pytest.raises(ValidationError, match=said):
            OfficeHours.model_validate(written)


class TestDocument:
    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"editions": []}, "必须有 editions"),
            ({"editions": [an_edition(), an_edition(off=[], work=[])]}, "2026 年有两版同在 2025-11-04 公布"),
            (
                {"editions": [an_edition(), an_edition(year=2029, published="2028-11-04", off=[], work=[])]},
                "缺 2027 年.*缺 2028 年",
            ),
            ({"region": "宁夏"}, "region"),
            (
                {
                    "office_hours": [
                        {"from": "2025-10-08", "am": ["09:00", "17:00"], "basis": "通告"},
                        {"from": "2026-05-06", "am": ["09:00", "18:00"], "basis": "通告"},
                    ]
                },
                "2026-05-06 起的办公时间与前一段重叠",
            ),
            ({"after_hours_policy": "tomorrow"}, "after_hours_policy"),
        ],
    )
    def test_what_cannot_be_is_refused(self, changes: dict[str, Any], said: str) -> None:
        with pytest.raises(ValidationError, match=said):
            CalendarDoc.model_validate({"region": "CN", "editions": [an_edition()], **changes})

    def test_a_region_code_may_be_written_as_a_number(self) -> None:
        assert CalendarDoc.model_validate({"region": 64, "extends": "CN"}).region == "64"
