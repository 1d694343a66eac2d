from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.catalog.lint.spans import gap_at_end, gaps, overlaps
from rules.catalog.models.base import InForce

FIRST = date(2026, 1, 1)


def span(since: int, until: int | None) -> InForce:
    """In force from the n-th day of 2026 until another."""
    end = None if until is None else FIRST + timedelta(until)
    return InForce.model_validate({"from": FIRST + timedelta(since), "until": end})


spans = st.lists(
    st.tuples(st.integers(0, 30), st.one_of(st.none(), st.integers(1, 15))).map(
        lambda drawn: span(drawn[0], None if drawn[1] is None else drawn[0] + drawn[1])
    ),
    min_size=1,
    max_size=6,
)


def holding(entries: Sequence[InForce], day: date) -> int:
    return sum(entry.covers(day.toordinal()) for entry in entries)


DAYS = [FIRST + timedelta(n) for n in range(60)]


@given(spans)
def test_there_is_an_overlap_exactly_if_two_entries_hold_on_one_day(entries: list[InForce]) -> None:
    assert any(holding(entries, day) > 1 for day in DAYS) == any(overlaps(entries))


@given(spans)
def test_the_gaps_are_exactly_the_days_between_on_which_nothing_holds(entries: list[InForce]) -> None:
    first = min(entry.from_ for entry in entries)
    last = max(entry.from_ for entry in entries)

    found = {day for gap in gaps(entries) for day in DAYS if gap.since <= day < (gap.until or date.max)}

    assert {day for day in DAYS if first <= day < last and not holding(entries, day)} == found


@given(spans)
def test_a_gap_at_the_end_begins_when_the_last_entry_has_ended(entries: list[InForce]) -> None:
    gap = gap_at_end(entries, None)

    if gap is None:
        assert holding(entries, date(2100, 1, 1))
    else:
        assert not holding(entries, gap.since)
        assert holding(entries, gap.since - timedelta(1))


def test_entries_that_meet_on_a_day_neither_overlap_nor_leave_a_gap() -> None:
    entries = [span(10, None), span(0, 10)]

    assert [] == [*overlaps(entries), *gaps(entries)]
    assert gap_at_end(entries, None) is None


def test_an_entry_is_held_against_the_one_that_lasts_longest() -> None:
    (_, last) = overlaps([span(0, 30), span(5, 7), span(20, 25)])

    assert (2, 0) == (last.at, last.other)


def test_a_gap_says_its_days_in_chinese() -> None:
    assert ["2026-01-06 至 2026-01-11（不含）"] == [str(gap) for gap in gaps([span(0, 5), span(10, 20)])]
    assert "2026-01-06 起" == str(gap_at_end([span(0, 5)], None))
