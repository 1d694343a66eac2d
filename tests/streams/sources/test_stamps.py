"""Foreign stamps."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events.instants import instant_of
from streams.sources.stamps import Stamps, complaint_about, complaint_about_zone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FORMS = ["iso", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y", "epoch_ms"]


@pytest.mark.parametrize(
    ("text", "read", "day_only"),
    [
        ("2011-12-06 13:41:31.788000+01:00", "2011-12-06T13:41:31.788000+01:00", False),
        ("2011-12-06T13:41:31.788+01:00", "2011-12-06T13:41:31.788000+01:00", False),
        ("2011-06-30T09:13:21Z", "2011-06-30T11:13:21+02:00", False),
        ("2014-04-14 00:00:00", "2014-04-14T00:00:00+02:00", False),
        ("2014-04-14", "2014-04-14T00:00:00+02:00", True),
        ("20140414", "2014-04-14T00:00:00+02:00", True),
        ("5-3-2014 8:05:09", "2014-03-05T08:05:09+01:00", False),
        (" 5-3-2014 ", "2014-03-05T00:00:00+01:00", True),
        ("1700000000500", "2023-11-14T23:13:20.500000+01:00", False),
        ("2014-10-26 02:30:00", "2014-10-26T02:30:00+02:00", False),
    ],
)
def test_a_stamp_is_read_in_the_zone_of_its_log(text: str, read: str, day_only: bool) -> None:
    assert (read, day_only) == Stamps(AMSTERDAM, FORMS).read(text)


@pytest.mark.parametrize("text", ["2026-02-30", "30-02-2026", "17-Feb-11", "", "1,200元", "0001-01-01T00:00:00+14:00"])
def test_a_stamp_that_is_none_is_refused_with_what_was_tried(text: str) -> None:
    with pytest.raises(ValueError, match="试过 iso、%d-%m-%Y"):
        Stamps(AMSTERDAM, FORMS).read(text)


def test_midnight_counts_as_a_date_where_the_log_writes_dates_so() -> None:
    stamps = Stamps(AMSTERDAM, midnight_is_day=True)

    assert stamps.read("2014-04-14T00:00:00+02:00").day_only
    assert stamps.read("2014-04-13T22:00:00Z").day_only
    assert not stamps.read("2014-04-14T00:00:01+02:00").day_only


def test_a_due_date_keeps_its_hour_only_where_one_was_written() -> None:
    stamps = Stamps(AMSTERDAM)

    assert "2014-04-14" == stamps.read("2014-04-14").due
    assert "2014-04-14T10:00:00+02:00" == stamps.read("2014-04-14T10:00:00").due


@given(st.datetimes(timezones=st.just(AMSTERDAM)))
def test_reading_keeps_the_instant(moment: object) -> None:
    text = str(moment)

    assert instant_of(text) == instant_of(Stamps(ZoneInfo("Asia/Shanghai")).read(text).text)


@pytest.mark.parametrize("form", ["iso", "epoch", "%Y/%m/%d %I:%M %p"])
def test_a_form_that_can_be_used_is_not_complained_about(form: str) -> None:
    assert complaint_about(form) is None


@pytest.mark.parametrize("form", ["yyyy-mm-dd", "%Q"])
def test_a_form_that_cannot_be_used_is_complained_about(form: str) -> None:
    assert complaint_about(form)


def test_a_zone_must_be_known() -> None:
    assert complaint_about_zone("Asia/Urumqi") is None
    assert "Asia/Shanghai" in (complaint_about_zone("Beijing") or "")
    assert complaint_about_zone("../etc/passwd")
