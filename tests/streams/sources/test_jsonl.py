"""Canonical JSON lines."""

from rules.events.decode import decode
from rules.events.instants import instant_of
from tests.streams.sources.reading import SAMPLES, read

LATEST = instant_of("2030-01-01T00:00:00+08:00")


def test_each_line_is_an_event_or_put_aside_with_its_line_field_and_case() -> None:
    found = read([SAMPLES / "canonical.jsonl"], None, LATEST)

    assert ["e1", "e2", "e3"] == [event.event_id for event in found.events]
    assert [(5, "occurred_at", "A-1"), (6, "case_id", None), (7, "occurred_at", "A-1"), (8, "", None)] == [
        (one.where.line, one.field, one.case_id) for one in found.bad
    ]


def test_the_original_bytes_are_kept() -> None:
    found = read([SAMPLES / "canonical.jsonl"], None, LATEST)

    lines = (SAMPLES / "canonical.jsonl").read_bytes().splitlines()
    assert [lines[4], lines[5], lines[6], lines[7]] == [one.raw for one in found.bad]
    assert b'"colour":"a column nobody knows"' in found.raws[1]


def test_an_amount_that_is_none_is_a_defect_and_the_event_stands() -> None:
    found = read([SAMPLES / "canonical.jsonl"], None, LATEST)

    assert "1,200元" in found.event("e3").defects[0]


def test_the_bytes_of_an_event_give_the_event_again() -> None:
    found = read([SAMPLES / "canonical.jsonl"], None, LATEST)

    assert found.events == [decode(raw) for raw in found.raws]
