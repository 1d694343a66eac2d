from typing import Any

import pytest

from rules.clocks.pauses import OPEN, PausedSpan, paused_spans
from rules.events.words import ARTICLE_45, PauseKind
from tests.rules.calendar.national import iso, local
from tests.rules.clocks.told import OFFICE, told


def spans(*pauses: dict[str, Any]) -> list[PausedSpan]:
    """The lawful pauses of a case whose pauses start and end as given (``from``, ``to`` and fields of the start)."""
    events: list[dict[str, Any]] = []
    for number, pause in enumerate(pauses):
        fields = {"kind": "testing", "pause_no": str(number), **pause}
        start, end = fields.pop("from"), fields.pop("to", None)
        events.append({"type": "pause.started", "at": start, **fields})
        if end is not None:
            events.append({"type": "pause.ended", "at": end, "pause_no": fields["pause_no"]})
    case, law = told(*events, calendars=[OFFICE])
    return paused_spans(case, law.days)


@pytest.mark.parametrize("kind", list(PauseKind))
def test_only_the_eight_kinds_of_article_45_stop_a_clock(kind: PauseKind) -> None:
    found = spans({"from": "2026-03-04 09:00", "to": "2026-03-06 09:00", "kind": kind.value})

    assert (kind in ARTICLE_45) == bool(found)


def test_there_are_eight_lawful_kinds() -> None:
    assert len(ARTICLE_45) == 8


def test_a_pause_without_a_kind_stops_no_clock() -> None:
    assert [] == spans({"from": "2026-03-04 09:00", "kind": None})


def test_a_pause_of_which_the_applicant_was_not_told_still_stops_the_clock() -> None:
    assert spans({"from": "2026-03-04 09:00", "to": "2026-03-06 09:00", "applicant_told": False})


def test_a_pause_runs_from_its_day_to_the_day_of_its_end() -> None:
    (span,) = spans({"from": "2026-03-04 09:00", "to": "2026-03-06 17:00"})

    assert ("2026-03-04", "2026-03-06") == (iso(span.after), iso(span.through))
    assert not span.by_limit


def test_a_pause_neither_ended_nor_limited_is_open() -> None:
    (span,) = spans({"from": "2026-03-04 09:00"})

    assert span.through == OPEN


@pytest.mark.parametrize(
    ("limit", "unit", "through"),
    [
        (5, "working_day", "2026-03-11"),
        (5, None, "2026-03-11"),
        (5, "natural_day", "2026-03-09"),
        (1, "month", "2026-04-04"),
        (30, "hour", "2026-03-05"),
        (9, "office_hour", "2026-03-05"),
        (0, "working_day", "2026-03-04"),
    ],
)
def test_past_its_declared_limit_a_pause_excludes_nothing_more(limit: int, unit: str | None, through: str) -> None:
    pause = {"from": "2026-03-04 09:00", "limit": limit, "limit_unit": unit}

    (without_end,) = spans(pause)
    (ended_later,) = spans({**pause, "to": "2026-06-01 09:00"})

    assert through == iso(without_end.through) == iso(ended_later.through)
    assert without_end.by_limit
    assert ended_later.by_limit


def test_a_pause_ended_within_its_limit_ends_there() -> None:
    (span,) = spans({"from": "2026-03-04 09:00", "to": "2026-03-06 09:00", "limit": 5})

    assert "2026-03-06" == iso(span.through)
    assert not span.by_limit


def test_a_limit_in_hours_ends_to_the_minute() -> None:
    (span,) = spans({"from": "2026-03-04 09:00", "to": "2026-03-06 09:00", "limit": 3, "limit_unit": "hour"})

    assert "2026-03-04 12:00" == local(span.until)


def test_a_limit_below_zero_is_no_limit() -> None:
    (span,) = spans({"from": "2026-03-04 09:00", "limit": -3})

    assert span.through == OPEN


def test_an_end_stamped_to_the_day_ends_a_pause_begun_on_that_date() -> None:
    (span,) = spans({"from": "2026-03-04 09:00", "to": "2026-03-04"})

    assert "2026-03-04" == iso(span.through)


def test_an_end_before_the_date_it_began_ends_nothing() -> None:
    (span,) = spans({"from": "2026-03-04 09:00", "to": "2026-03-03 09:00"})

    assert span.through == OPEN


def test_pauses_of_one_date_end_in_the_order_they_began() -> None:
    found = spans(
        {"from": "2026-03-04 09:00", "to": "2026-03-04 10:00", "pause_no": None},
        {"from": "2026-03-04 11:00", "to": "2026-03-05 12:00", "pause_no": None},
    )

    assert ["2026-03-04", "2026-03-05"] == [iso(span.through) for span in found]


def test_pauses_come_in_order_of_their_start() -> None:
    found = spans(
        {"from": "2026-03-10 09:00", "to": "2026-03-11 09:00"}, {"from": "2026-03-04 09:00", "to": "2026-03-06 09:00"}
    )

    assert ["2026-03-04", "2026-03-10"] == [iso(span.after) for span in found]
