from typing import Any

from rules.cases.case import Case
from rules.clocks.acceptance import acceptance, receipt_rounds
from rules.clocks.clock import Clock, promise_clock
from rules.law import Law
from tests.rules.calendar.national import iso, local
from tests.rules.clocks.told import OFFICE, told

SUBMITTED = {"type": "case.submitted", "at": "2026-03-02 09:00"}


def accepted_on(*events: dict[str, Any], **law: Any) -> tuple[str, bool] | None:
    """Day 0 of the clocks and whether it came by silence."""
    case, judged_by = told(*events, **law)
    found = acceptance(case, judged_by)
    return None if found is None else (iso(found.day), found.deemed)


def runs(*events: dict[str, Any], **law: Any) -> list[tuple[str, str, bool]]:
    """Start, due date and lateness of each run of the receipt clock."""
    case, judged_by = told(*events, **law)
    return [(iso(r.due.start), iso(r.due.day or 0), r.late) for r in receipt_rounds(case, judged_by)]


def event(what: str, at: str, **fields: Any) -> dict[str, Any]:
    """An event as tests write it."""
    return {"type": what, "at": at, **fields}


class TestRounds:
    def test_five_working_days_from_the_application(self) -> None:
        assert [("2026-03-02", "2026-03-09", True)] == runs(SUBMITTED)

    def test_an_answer_at_any_hour_of_the_fifth_day_is_in_time(self) -> None:
        assert [("2026-03-02", "2026-03-09", False)] == runs(SUBMITTED, event("case.accepted", "2026-03-09 23:59:59"))
        assert [("2026-03-02", "2026-03-09", True)] == runs(SUBMITTED, event("case.accepted", "2026-03-10 00:00"))

    def test_refusal_at_the_door_and_a_notice_of_supplements_are_answers(self) -> None:
        assert not runs(SUBMITTED, event("case.not_accepted", "2026-03-05 09:00"))[-1][2]
        assert not runs(SUBMITTED, event("supplement.notified", "2026-03-05 09:00"))[-1][2]

    def test_a_first_look_answers_nothing(self) -> None:
        assert runs(SUBMITTED, event("case.pre_accepted", "2026-03-03 09:00"))[-1][2]

    def test_complete_supplements_start_the_clock_again(self) -> None:
        notified, received = event("supplement.notified", "2026-03-05 09:00"), "2026-03-20 09:00"

        assert [("2026-03-02", "2026-03-09", False), ("2026-03-20", "2026-03-27", True)] == runs(
            SUBMITTED, notified, event("supplement.received", received, complete=True)
        )

    def test_incomplete_supplements_start_nothing(self) -> None:
        found = runs(
            SUBMITTED,
            event("supplement.notified", "2026-03-05 09:00"),
            event("supplement.received", "2026-03-20 09:00"),
        )

        assert 1 == len(found)

    def test_the_last_complete_supplements_count(self) -> None:
        found = runs(
            SUBMITTED,
            event("supplement.notified", "2026-03-05 09:00"),
            event("supplement.received", "2026-03-20 09:00", complete=True),
            event("supplement.received", "2026-03-23 09:00", complete=True),
            event("case.accepted", "2026-03-30 09:00"),
        )

        assert ("2026-03-23", "2026-03-30", False) == found[-1]

    def test_supplements_after_the_time_start_nothing(self) -> None:
        found = runs(
            SUBMITTED,
            event("supplement.received", "2026-03-11 09:00", complete=True),
            event("case.accepted", "2026-03-12 09:00"),
        )

        assert [("2026-03-02", "2026-03-09", True)] == found

    def test_a_notice_after_the_time_neither_stops_nor_restarts_anything(self) -> None:
        found = runs(
            SUBMITTED,
            event("supplement.notified", "2026-03-11 09:00"),
            event("supplement.received", "2026-03-20 09:00", complete=True),
        )

        assert [("2026-03-02", "2026-03-09", True)] == found

    def test_supplements_after_acceptance_restart_nothing(self) -> None:
        found = runs(
            SUBMITTED,
            event("case.accepted", "2026-03-04 09:00"),
            event("supplement.notified", "2026-03-05 09:00"),
            event("supplement.received", "2026-03-20 09:00", complete=True),
        )

        assert [("2026-03-02", "2026-03-09", False)] == found

    def test_what_was_accepted_before_it_was_handed_in_was_answered(self) -> None:
        assert [] == runs(event("case.accepted", "2026-03-02 09:00"), event("case.submitted", "2026-03-03 09:00"))

    def test_after_hours_receipt_is_a_matter_of_the_region(self) -> None:
        evening = event("case.submitted", "2026-03-02 18:00")

        assert "2026-03-02" == runs(evening, calendars=[OFFICE])[0][0]
        assert "2026-03-03" == runs(evening, calendars=[{**OFFICE, "after_hours_policy": "next_working_day"}])[0][0]

    def test_what_is_no_licence_has_no_receipt_clock_of_its_own(self) -> None:
        assert [] == runs(SUBMITTED, matter={"task_type": "07"})


class TestAcceptance:
    def test_a_declared_acceptance_in_time_is_day_0(self) -> None:
        assert ("2026-03-04", False) == accepted_on(SUBMITTED, event("case.accepted", "2026-03-04 09:00"))

    def test_silence_for_five_days_accepts_as_of_receipt(self) -> None:
        assert ("2026-03-02", True) == accepted_on(SUBMITTED)

    def test_a_later_acceptance_is_recorded_and_ignored(self) -> None:
        assert ("2026-03-02", True) == accepted_on(SUBMITTED, event("case.accepted", "2026-03-12 09:00"))

    def test_silence_after_complete_supplements_accepts_as_of_these(self) -> None:
        found = accepted_on(
            SUBMITTED,
            event("supplement.notified", "2026-03-05 09:00"),
            event("supplement.received", "2026-03-20 09:00", complete=True),
        )

        assert ("2026-03-20", True) == found

    def test_while_supplements_are_awaited_nothing_is_accepted(self) -> None:
        assert accepted_on(SUBMITTED, event("supplement.notified", "2026-03-05 09:00")) is None

    def test_refused_in_time_is_not_accepted(self) -> None:
        assert accepted_on(SUBMITTED, event("case.not_accepted", "2026-03-05 09:00")) is None

    def test_refused_too_late_is_accepted_as_of_receipt(self) -> None:
        assert ("2026-03-02", True) == accepted_on(SUBMITTED, event("case.not_accepted", "2026-03-11 09:00"))

    def test_withdrawn_or_closed_in_time_is_not_accepted(self) -> None:
        assert accepted_on(SUBMITTED, event("case.withdrawn", "2026-03-05 09:00")) is None
        assert accepted_on(SUBMITTED, event("case.closed", "2026-03-05 09:00", result="GRANTED")) is None

    def test_what_is_no_licence_is_never_accepted_by_silence(self) -> None:
        assert accepted_on(SUBMITTED, matter={"task_type": "07", "receipt": {"n": 5}}) is None

    def test_where_the_law_applies_by_reference_silence_accepts(self) -> None:
        assert ("2026-03-02", True) == accepted_on(SUBMITTED, matter={"task_type": "07", "law_by_reference": True})

    def test_without_a_certain_calendar_silence_accepts_nothing(self) -> None:
        assert accepted_on(event("case.submitted", "2026-12-21 09:00")) is None

    def test_nobody_could_know_before_the_five_days_were_over(self) -> None:
        case, law = told(SUBMITTED)
        found = acceptance(case, law)

        assert found is not None
        assert "2026-03-10 00:00" == local(found.known_from)


class TestKeptClock:
    """A clock is kept until a fact it rests on changes; that the case ended is not one of them."""

    def test_a_close_in_time_takes_back_what_silence_would_have_accepted(self) -> None:
        case, law = told(SUBMITTED)
        assert isinstance(promise_clock(case, law), Clock)

        case.closed = told(SUBMITTED, event("case.closed", "2026-03-05 09:00", result="DONE"))[0].closed

        assert promise_clock(case, law) == _asked_afresh(case, law)

    def test_reopened_the_silence_speaks_again(self) -> None:
        case, law = told(SUBMITTED, event("case.closed", "2026-03-05 09:00", result="DONE"))
        assert not isinstance(promise_clock(case, law), Clock)

        case.closed = None

        assert isinstance(promise_clock(case, law), Clock)
        assert promise_clock(case, law) == _asked_afresh(case, law)


def _asked_afresh(case: Case, law: Law) -> object:
    case.clocks.clear()
    return promise_clock(case, law)
