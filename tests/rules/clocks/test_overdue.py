from typing import Any

from rules.clocks.clock import promise_clock, statutory_clock
from rules.clocks.overdue import CLOCK_FIGURES, SUSPENDED, overdue
from rules.clocks.standing import due_standing
from rules.events.words import Level
from rules.verdicts import CLEAR, Breach, Undecided, Verdict
from tests.rules.calendar.national import day, instant, iso, local
from tests.rules.clocks.told import told

ACCEPTED = {"type": "case.accepted", "at": "2026-03-02 09:00"}
STEPS = ((instant("2026-03-31 00:00"), Level.YELLOW), (instant("2026-04-03 00:00"), Level.RED))


def judged(*events: dict[str, Any]) -> Verdict:
    """The verdict on the statutory clock of a case due on 2026-03-30, yellow from the 31st, red from 3 April."""
    case, law = told(*events)
    return overdue(law, statutory_clock(case, law), STEPS)


def said(verdict: Verdict) -> list[tuple[str, str, str]]:
    """Level, since and say_at of each rung."""
    assert isinstance(verdict, Breach), verdict
    return [(rung.level.code, local(rung.since), local(rung.say_at)) for rung in verdict.rungs]


def closed(at: str, **fields: Any) -> dict[str, Any]:
    """A close."""
    return {"type": "case.closed", "at": at, "result": "GRANTED", **fields}


class TestOverdue:
    def test_not_done_all_rungs_wait_for_late_reports(self) -> None:
        assert [
            ("yellow", "2026-03-31 00:00", "2026-03-31 00:30"),
            ("red", "2026-04-03 00:00", "2026-04-03 00:30"),
        ] == said(judged(ACCEPTED))

    def test_done_late_the_rungs_reached_are_said_at_once(self) -> None:
        assert [("yellow", "2026-03-31 00:00", "2026-03-31 00:00")] == said(
            judged(ACCEPTED, closed("2026-04-02 23:59"))
        )

    def test_done_in_time_is_clear(self) -> None:
        assert CLEAR == judged(ACCEPTED, closed("2026-03-30 23:59"))

    def test_a_date_stands_for_its_beginning(self) -> None:
        assert CLEAR == judged(ACCEPTED, closed("2026-03-30"))
        assert [("yellow", "2026-03-31 00:00", "2026-03-31 00:00")] == said(judged(ACCEPTED, closed("2026-03-31")))

    def test_suspended_is_clear_even_when_closed(self) -> None:
        pause = {"type": "pause.started", "at": "2026-03-10 09:00", "kind": "testing"}

        assert SUSPENDED == judged(ACCEPTED, pause)
        assert SUSPENDED == judged(ACCEPTED, pause, closed("2026-06-10 09:00"))

    def test_the_evidence_names_what_moved_the_deadline(self) -> None:
        verdict = judged(
            ACCEPTED,
            {"type": "pause.started", "at": "2026-03-10 09:00", "kind": "testing"},
            {"type": "pause.ended", "at": "2026-03-11 09:00", "kind": "testing"},
            {"type": "extension.granted", "at": "2026-03-12 09:00", "days": 1, "approver": "某局长"},
            closed("2026-04-03 09:00"),
        )

        assert isinstance(verdict, Breach)
        assert ("e1", "e2", "e4", "e5") == verdict.events
        assert len(CLOCK_FIGURES) == len(verdict.figures)

    def test_a_provisional_deadline_is_undecided_with_its_arithmetic(self) -> None:
        verdict = judged({"type": "case.accepted", "at": "2026-12-10 09:00"})

        assert isinstance(verdict, Undecided)
        assert verdict.calendar
        assert "2027年" in verdict.missing
        assert len(CLOCK_FIGURES) == len(verdict.figures)

    def test_done_while_the_calendar_was_certain_is_clear_whatever_it_will_say(self) -> None:
        late_in_the_year = {"type": "case.accepted", "at": "2026-12-10 09:00"}

        assert CLEAR == judged(late_in_the_year, closed("2026-12-25 09:00"))
        assert isinstance(judged(late_in_the_year, closed("2026-12-28 09:00")), Undecided)

    def test_what_keeps_a_further_rung_from_being_known_is_said(self) -> None:
        case, law = told(ACCEPTED)
        verdict = overdue(law, promise_clock(case, law), ((1, Level.YELLOW),), "日历")

        assert isinstance(verdict, Breach)
        assert "日历" == verdict.missing


class TestStanding:
    PAUSES = (
        {"type": "pause.started", "at": "2026-03-04 09:00", "kind": "testing", "pause_no": "1"},
        {"type": "pause.ended", "at": "2026-03-06 09:00", "pause_no": "1"},
        {"type": "pause.started", "at": "2026-03-17 09:00", "kind": "hearing", "pause_no": "2"},
    )

    def test_only_what_came_before_has_moved_the_deadline(self) -> None:
        case, law = told(ACCEPTED, *self.PAUSES)

        first = due_standing(case, law, (day("2026-03-04"), True, "e2"))
        second = due_standing(case, law, (day("2026-03-17"), True, "e4"))

        assert first is not None
        assert second is not None
        assert ["2026-03-16", "2026-03-18"] == [iso(first.day or 0), iso(second.day or 0)]

    def test_without_a_promise_the_statutory_deadline_stands(self) -> None:
        case, law = told(ACCEPTED, matter={"promise": None})
        found = due_standing(case, law, (day("2026-03-04"), True, "e2"))

        assert found is not None
        assert "2026-03-30" == iso(found.day or 0)

    def test_before_acceptance_none_stands(self) -> None:
        case, law = told({"type": "pause.started", "at": "2026-03-04 09:00", "kind": "testing"})

        assert due_standing(case, law, (day("2026-03-04"), True, "e1")) is None
