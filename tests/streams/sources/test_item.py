"""What a source hands over."""

from hashlib import sha256

import pytest

from rules.events.decode import Unplaceable
from rules.events.instants import instant_of
from streams.sources.item import KEPT_HEAD, KEPT_WHOLE, Where, bad, case_of, placed

EVENT = b'{"event_type":"case.closed","event_id":"e","case_id":"c","occurred_at":"%s"%s}'


def test_a_place_is_written_with_file_line_and_record() -> None:
    assert "log.csv:7（trace 3）" == str(Where("log.csv", 7, "trace 3"))
    assert "-" == str(Where("-"))


def test_a_short_record_is_kept_as_it_came() -> None:
    found = bad("reason", "field", b"x" * KEPT_WHOLE, Where("f"))

    assert (KEPT_WHOLE, KEPT_WHOLE, None) == (len(found.raw), found.size, found.digest)


def test_of_a_long_record_the_head_and_a_digest_of_the_whole_are_kept() -> None:
    raw = b"x" * (KEPT_WHOLE + 1)

    found = bad("reason", "field", raw, Where("f"))

    assert (KEPT_HEAD, KEPT_WHOLE + 1, sha256(raw).hexdigest()) == (len(found.raw), found.size, found.digest)


@pytest.mark.parametrize("stamp", ["2026-02-30T00:00:00+08:00", "2026-03-01T00:00:00", "yesterday", ""])
def test_an_event_without_a_readable_time_has_no_place(stamp: str) -> None:
    with pytest.raises(Unplaceable) as caught:
        placed(EVENT % (stamp.encode(), b""), None)

    assert "occurred_at" == caught.value.field


def test_an_event_after_the_latest_instant_has_no_place() -> None:
    latest = instant_of("2026-03-01T00:00:00+08:00")

    assert "e" == placed(EVENT % (b"2026-03-01T00:00:00+08:00", b""), latest).event_id
    with pytest.raises(Unplaceable, match="事件时间晚于"):
        placed(EVENT % (b"2026-03-01T00:00:01+08:00", b""), latest)


def test_an_event_reported_after_the_latest_instant_has_no_place() -> None:
    latest = instant_of("2026-03-01T00:00:00+08:00")

    with pytest.raises(Unplaceable, match="事件时间晚于"):
        placed(EVENT % (b"2026-02-01T00:00:00+08:00", b',"reported_at":"2099-01-01T00:00:00+08:00"'), latest)


def test_an_unreadable_time_of_report_is_a_defect() -> None:
    event = placed(EVENT % (b"2026-03-01T00:00:00+08:00", b',"reported_at":"soon"'), None)

    assert event.reported_at is None
    assert event.defects[0].startswith("reported_at: ")


@pytest.mark.parametrize(
    "line", [b"\xff\xfe", b'{"event_type":"case.closed","event_id":"\xff"}', b'{"a":' * 50_000, b"[" * 50_000, b""]
)
def test_bytes_that_are_no_event_are_refused_with_a_reason(line: bytes) -> None:
    with pytest.raises(Unplaceable) as caught:
        placed(line, None)

    assert caught.value.reason


@pytest.mark.parametrize(
    ("line", "case"),
    [
        (b'{"case_id":"c"}', "c"),
        (b'{"project_no":"p"}', "p"),
        (b'{"case_id":5}', None),
        (b"not json", None),
        (b"\xff", None),
        (b'{"a":' * 50_000, None),
    ],
)
def test_the_case_of_a_refused_record_is_told_where_it_can_be_read(line: bytes, case: str | None) -> None:
    assert case == case_of(line)
