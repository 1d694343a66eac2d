from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.cases.filed import file
from rules.catalog.models.base import Limit
from rules.clocks.acceptance import Acceptance
from rules.clocks.clock import Clock
from rules.clocks.due import Added, Moves, Start, due_of
from rules.clocks.pauses import OPEN, PausedSpan
from rules.events.filing import Accepted
from rules.verdicts import NEVER
from streams.cli.intervals import COUNTED, EXCLUDED, LATE, Interval, intervals
from tests.rules.calendar.national import day, national

DAYS = national()
START = day("2026-03-02")


def pause(number: int, after: int, through: int) -> PausedSpan:
    until = DAYS.start_of(through) if through < OPEN else NEVER
    return PausedSpan(f"p{number}", after, through, DAYS.start_of(after), until, by_limit=False)


def clock(limit: int, *moves: Moves, stop: str | None = None) -> Clock:
    accepted = file(Accepted(event_id="e1", occurred_at="2026-03-02T09:00:00+08:00"), DAYS.day_of)
    due = due_of(DAYS, Limit(n=limit), Start(START, accepted.at), moves)
    ended = None
    if stop is not None:
        ended = file(Accepted(event_id="e2", occurred_at=f"{stop}T09:00:00+08:00"), DAYS.day_of)
    acceptance = Acceptance(START, accepted.at, accepted, deemed=False, known_from=0)
    return Clock(acceptance, due, due.late_from, ended, "")


def told(found: Clock, today: str) -> list[tuple[str, str, str, int]]:
    return [
        (one.kind, one.first.isoformat(), one.last.isoformat() if one.last else "", one.n)
        for one in intervals(DAYS, found, day(today))
    ]


def test_days_before_and_after_a_pause_are_counted_and_those_within_are_not() -> None:
    found = told(clock(5, pause(1, day("2026-03-04"), day("2026-03-09")), stop="2026-03-12"), "2026-04-01")

    assert [
        (COUNTED, "2026-03-03", "2026-03-04", 2),
        (EXCLUDED, "2026-03-05", "2026-03-09", 3),
        (COUNTED, "2026-03-10", "2026-03-12", 3),
    ] == found


def test_what_comes_after_the_due_date_is_late() -> None:
    assert (LATE, "2026-03-10", "2026-03-12", 3) == told(clock(5, stop="2026-03-12"), "2026-04-01")[-1]


def test_an_open_case_is_counted_up_to_today() -> None:
    assert [(COUNTED, "2026-03-03", "2026-03-04", 2)] == told(clock(5), "2026-03-04")


def test_a_pause_without_an_end_is_the_last_interval() -> None:
    assert (EXCLUDED, "2026-03-05", "", 0) == told(clock(5, pause(1, day("2026-03-04"), OPEN)), "2026-04-01")[-1]


@given(
    st.integers(1, 40),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4),
    st.lists(st.integers(0, 30), max_size=1),
)
def test_what_is_counted_by_the_due_date_is_the_limit_with_its_extension(
    limit: int, pauses: list[tuple[int, int]], extended: list[int]
) -> None:
    spans: list[Moves] = [pause(n, START + at, START + at + length) for n, (at, length) in enumerate(pauses)]
    more: list[Moves] = [Added("x", START, n, Limit(n=1).unit) for n in extended]
    found = clock(limit, *spans, *more)

    shown = list(intervals(DAYS, found, found.due.day or 0))

    assert limit + sum(extended) == sum(one.n for one in shown if one.kind == COUNTED)


def test_an_interval_names_its_days() -> None:
    assert date(2026, 3, 3) == Interval(COUNTED, START, START + 2, 2).first
