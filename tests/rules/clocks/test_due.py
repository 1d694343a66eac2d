from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalog.models.base import Limit, Roll, Unit
from rules.clocks.deadline import Due, Start
from rules.clocks.due import due_of
from rules.clocks.pauses import PausedSpan
from tests.rules.calendar.national import day, iso, local, national
from tests.rules.clocks.told import added, due, due_date, paused

FIRST = day("2026-01-05")
UNITS = st.sampled_from([Unit.WORKING_DAY, Unit.NATURAL_DAY, Unit.MONTH])


@pytest.mark.parametrize(
    ("accepted", "limit", "expected"),
    [
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-12", 20, "2026-03-18"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-15", 5, "2026-02-28"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-24", 20, "2026-10-29"),
        ("2026-09-24", 30, "2026-11-12"),
        ("2026-09-30", 10, "2026-10-20"),
        ("2025-09-26", 5, "2025-10-10"),
        ("2026-03-02", 45, "2026-05-08"),
        ("2026-03-02", 60, "2026-05-28"),
        ("2018-12-17", 10, "2018-12-29"),
        ("2015-08-27", 5, "2015-09-06"),
        ("2020-01-20", 10, "2020-02-11"),
    ],
)
def test_a_golden_vector_is_met_and_certain(accepted: str, limit: int, expected: str) -> None:
    found = due(limit, accepted)

    assert expected == due_date(found)
    assert found.certain


class TestDay:
    def test_the_first_day_is_not_counted(self) -> None:
        assert "2026-03-03" == due_date(due(1, "2026-03-02"))

    def test_the_whole_due_date_is_in_time(self) -> None:
        assert "2026-03-17 00:00" == local(due(10, "2026-03-02").late_from)

    def test_natural_days_roll_to_the_next_working_day(self) -> None:
        assert "2026-04-07" == due_date(due(10, "2026-03-26", unit=Unit.NATURAL_DAY))

    def test_natural_days_stay_where_the_matter_says_so(self) -> None:
        assert "2026-04-05" == due_date(due(10, "2026-03-26", unit=Unit.NATURAL_DAY, roll=Roll.NONE))

    @pytest.mark.parametrize(
        ("start", "n", "expected"),
        [
            ("2026-03-10", 1, "2026-04-10"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2026-03-31", 6, "2026-09-30"),
            ("2026-03-05", 1, "2026-04-07"),
            ("2024-01-31", 1, "2024-02-29"),
        ],
    )
    def test_months_end_on_the_corresponding_day_else_the_last_and_roll(
        self, start: str, n: int, expected: str
    ) -> None:
        assert expected == due_date(due(n, start, unit=Unit.MONTH))


class TestCertainty:
    def test_a_due_date_beyond_the_last_notice_is_provisional(self) -> None:
        found = due(10, "2026-12-18")

        assert "2027-01-01" == due_date(found)
        assert found.assumption is not None
        assert "2027年" in found.assumption

    def test_the_last_certain_day_is_the_25th_of_december(self) -> None:
        assert due(4, "2026-12-21").certain
        assert not due(5, "2026-12-21").certain

    def test_days_before_the_first_notice_are_not_certain_though_the_due_date_is(self) -> None:
        assert not due(5, "2006-12-29").certain

    def test_natural_days_lean_on_the_calendar_only_where_they_roll(self) -> None:
        assert due(20, "2026-12-20", unit=Unit.NATURAL_DAY, roll=Roll.NONE).certain
        assert not due(20, "2026-12-20", unit=Unit.NATURAL_DAY).certain
        assert due(10, "2006-12-28", unit=Unit.NATURAL_DAY).certain

    def test_a_printed_date_needs_no_calendar(self) -> None:
        found = due(10, "2026-12-18", base="2026-12-30")

        assert "2026-12-30" == due_date(found)
        assert found.certain

    def test_a_printed_date_on_a_day_off_stays(self) -> None:
        assert "2026-03-14" == due_date(due(10, "2026-03-02", base="2026-03-14"))
        assert "2026-03-14" == due_date(due(10, "2026-03-02", paused("2026-03-04", "2026-03-04"), base="2026-03-14"))

    def test_a_printed_date_moved_by_working_days_needs_the_calendar_of_these(self) -> None:
        assert due(10, "2026-12-14", paused("2026-12-16", "2026-12-18"), base="2026-12-21").certain
        assert not due(10, "2026-12-14", paused("2026-12-21", "2026-12-30"), base="2026-12-21").certain

    def test_a_pause_that_reaches_beyond_the_certain_days_makes_the_deadline_provisional(self) -> None:
        assert not due(4, "2026-12-21", paused("2026-12-25", "2026-12-26")).certain


class TestPause:
    def test_the_golden_pause_takes_out_eight_working_days(self) -> None:
        found = due(20, "2026-03-02", paused("2026-03-10", "2026-03-20"))

        assert "2026-04-10" == due_date(found)
        assert "2026-03-30" == iso(found.base)
        assert [8] == [span.n for span in found.excluded]

    def test_a_pause_of_one_date_takes_out_nothing(self) -> None:
        found = due(10, "2026-03-02", paused("2026-03-05", "2026-03-05"))

        assert "2026-03-16" == due_date(found)
        assert () == found.excluded

    def test_the_days_of_overlapping_pauses_are_taken_out_once(self) -> None:
        found = due(10, "2026-03-02", paused("2026-03-03", "2026-03-09", "a"), paused("2026-03-05", "2026-03-11", "b"))

        assert "2026-03-24" == due_date(found)
        assert [("a", 4), ("b", 2)] == [(span.event_id, span.n) for span in found.excluded]

    def test_a_pause_within_another_takes_out_nothing_more(self) -> None:
        found = due(10, "2026-03-02", paused("2026-03-03", "2026-03-11", "a"), paused("2026-03-05", "2026-03-06", "b"))

        assert ["a"] == [span.event_id for span in found.excluded]

    def test_a_pause_begun_after_the_due_date_takes_out_nothing(self) -> None:
        assert "2026-03-16" == due_date(due(10, "2026-03-02", paused("2026-03-17", "2026-03-25")))

    def test_a_pause_begun_on_the_due_date_gives_time_until_its_end(self) -> None:
        assert "2026-03-20" == due_date(due(10, "2026-03-02", paused("2026-03-16", "2026-03-20")))

    def test_a_pause_counts_against_the_deadline_as_it_stands_then(self) -> None:
        first, second = paused("2026-03-10", "2026-03-20", "a"), paused("2026-03-24", "2026-03-26", "b")

        assert "2026-03-26" == due_date(due(10, "2026-03-02", first))
        assert "2026-03-30" == due_date(due(10, "2026-03-02", first, second))
        assert "2026-03-16" == due_date(due(10, "2026-03-02", second))

    def test_only_days_after_the_first_are_taken_out(self) -> None:
        assert "2026-03-16" == due_date(due(10, "2026-03-02", paused("2026-02-24", "2026-03-02")))
        assert "2026-03-18" == due_date(due(10, "2026-03-02", paused("2026-02-24", "2026-03-04")))

    def test_a_pause_without_an_end_suspends_the_deadline(self) -> None:
        assert due_date(due(10, "2026-03-02", paused("2026-03-05", None))) is None

    def test_a_pause_without_an_end_begun_too_late_suspends_nothing(self) -> None:
        assert "2026-03-16" == due_date(due(10, "2026-03-02", paused("2026-03-17", None)))

    def test_natural_days_take_out_calendar_days(self) -> None:
        found = due(10, "2026-03-02", paused("2026-03-05", "2026-03-10"), unit=Unit.NATURAL_DAY)

        assert "2026-03-17" == due_date(found)
        assert [5] == [span.n for span in found.excluded]

    def test_a_pause_begun_on_the_day_a_natural_limit_rolled_to_gives_time_until_its_end(self) -> None:
        found = due(5, "2026-03-02", paused("2026-03-09", "2026-03-12"), unit=Unit.NATURAL_DAY)

        assert "2026-03-09" == due_date(due(5, "2026-03-02", unit=Unit.NATURAL_DAY))
        assert "2026-03-12" == due_date(found)

    def test_a_pause_cut_on_a_day_off_is_still_one_pause(self) -> None:
        whole = due(10, "2026-02-28", paused("2026-03-13", "2026-03-20"))
        halves = due(10, "2026-02-28", paused("2026-03-13", "2026-03-15", "a"), paused("2026-03-15", "2026-03-20", "b"))

        assert due_date(whole) == due_date(halves) == "2026-03-20"

    @given(
        UNITS,
        st.integers(1, 40),
        st.integers(-5, 60),
        st.lists(st.integers(0, 60), min_size=2, max_size=5).map(sorted),
    )
    def test_cutting_a_pause_changes_nothing(self, unit: Unit, limit: int, begins: int, cuts: list[int]) -> None:
        edges = [FIRST + begins + cut for cut in cuts]
        whole = [_span("whole", edges[0], edges[-1])]
        parts = [_span(f"part {at}", one, other) for at, (one, other) in enumerate(pairwise(edges))]

        assert _due(unit, limit, whole).day == _due(unit, limit, parts).day

    @given(
        UNITS, st.integers(1, 40), st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 30)), max_size=5), st.data()
    )
    def test_the_order_in_which_pauses_are_told_changes_nothing(
        self, unit: Unit, limit: int, pauses: list[tuple[int, int]], data: st.DataObject
    ) -> None:
        spans = [_span(f"{at}", FIRST + begin, FIRST + begin + n) for at, (begin, n) in enumerate(pauses)]
        shuffled = data.draw(st.permutations(spans))

        assert _due(unit, limit, spans) == _due(unit, limit, shuffled)

    @given(UNITS, st.integers(1, 40), st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 30)), max_size=5))
    def test_a_further_pause_never_makes_the_deadline_earlier(
        self, unit: Unit, limit: int, pauses: list[tuple[int, int]]
    ) -> None:
        spans = [_span(f"{at}", FIRST + begin, FIRST + begin + n) for at, (begin, n) in enumerate(pauses)]
        ends = [_due(unit, limit, spans[:n]).day or 0 for n in range(len(spans) + 1)]

        assert sorted(ends) == ends

    @given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=4))
    def test_what_is_not_taken_out_is_the_limit(self, limit: int, pauses: list[tuple[int, int]]) -> None:
        """Between day 0 and the due date lie the limit's working days and those taken out."""
        spans = [_span(f"{at}", FIRST + begin, FIRST + begin + n) for at, (begin, n) in enumerate(pauses)]
        found = _due(Unit.WORKING_DAY, limit, spans)

        assert found.day is not None
        counted = national().working_between(FIRST, found.day) - sum(span.n for span in found.excluded)
        assert counted == limit


class TestExtension:
    def test_an_extension_counts_on_from_the_original_due_date(self) -> None:
        found = due(20, "2026-09-24", added("2026-10-20", 10))

        assert "2026-11-12" == due_date(found)
        assert [10] == [more.n for more in found.extended]

    def test_one_asked_for_on_the_due_date_counts(self) -> None:
        assert "2026-03-30" == due_date(due(10, "2026-03-02", added("2026-03-16", 10)))

    def test_one_asked_for_after_the_due_date_adds_nothing(self) -> None:
        assert "2026-03-16" == due_date(due(10, "2026-03-02", added("2026-03-17", 10)))

    def test_one_asked_for_during_a_pause_counts(self) -> None:
        found = due(10, "2026-03-02", paused("2026-03-16", "2026-03-22"), added("2026-03-21", 5))

        assert "2026-03-27" == due_date(found)

    def test_one_in_natural_days_rolls(self) -> None:
        assert "2026-03-23" == due_date(due(10, "2026-03-02", added("2026-03-10", 5, Unit.NATURAL_DAY)))

    def test_one_in_working_days_on_a_natural_limit_counts_from_the_day_it_rolled_to(self) -> None:
        assert "2026-03-10" == due_date(due(5, "2026-03-02", added("2026-03-05", 1), unit=Unit.NATURAL_DAY))

    def test_hours_add_no_day_to_a_limit_in_days(self) -> None:
        assert "2026-03-16" == due_date(due(10, "2026-03-02", added("2026-03-05", 8, Unit.HOUR)))

    def test_one_asked_for_before_a_pause_of_the_same_day_is_taken_first(self) -> None:
        found = due(10, "2026-03-02", paused("2026-03-16", None), added("2026-03-16", 5))

        assert [5] == [more.n for more in found.extended]


def _span(name: str, after: int, through: int) -> PausedSpan:
    start_of = national().start_of
    return PausedSpan(name, after, through, start_of(after), start_of(through), by_limit=False)


def _due(unit: Unit, limit: int, spans: list[PausedSpan]) -> Due:
    n = 1 + limit // 20 if unit is Unit.MONTH else limit
    return due_of(national(), Limit(n=n, unit=unit), Start(FIRST, national().start_of(FIRST)), spans)
