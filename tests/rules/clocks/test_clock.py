from typing import Any

import pytest

from rules.clocks.clock import Answer, Clock, promise_clock, statutory_clock
from rules.verdicts import NotApplicable, Undecided
from tests.rules.calendar.national import iso, local
from tests.rules.clocks.told import OFFICE, told

ACCEPTED = {"type": "case.accepted", "at": "2026-03-02 09:00"}
EXTENDED = {
    "type": "extension.granted",
    "at": "2026-03-10 09:00",
    "days": 10,
    "approver": "某局长",
    "reason": "案情复杂",
    "applicant_told": True,
}


def event(what: str, at: str, **fields: Any) -> dict[str, Any]:
    """An event as tests write it."""
    return {"type": what, "at": at, **fields}


def promise(*events: dict[str, Any], **law: Any) -> Answer:
    """The promise clock of a case."""
    return promise_clock(*told(*events, **law))


def statutory(*events: dict[str, Any], **law: Any) -> Answer:
    """The statutory clock of a case."""
    return statutory_clock(*told(*events, **law))


def due_on(answer: Answer) -> str | None:
    """The due date of a clock that runs."""
    assert isinstance(answer, Clock), answer
    return None if answer.due.day is None else iso(answer.due.day)


def stopped_by(answer: Answer) -> str | None:
    """The id of the event that stopped a clock."""
    assert isinstance(answer, Clock), answer
    return None if answer.stop is None else answer.stop.event.event_id


class TestStart:
    def test_both_clocks_start_at_acceptance(self) -> None:
        assert "2026-03-16" == due_on(promise(ACCEPTED))
        assert "2026-03-30" == due_on(statutory(ACCEPTED))

    def test_not_accepted_they_do_not_run(self) -> None:
        awaited = event("case.submitted", "2026-03-02 09:00"), event("supplement.notified", "2026-03-03 09:00")

        assert isinstance(promise(*awaited), NotApplicable)
        assert isinstance(statutory(*awaited), NotApplicable)

    def test_acceptance_by_silence_bases_both_on_the_receipt(self) -> None:
        late = event("case.submitted", "2026-03-02 09:00"), event("case.accepted", "2026-03-12 09:00")

        assert "2026-03-16" == due_on(promise(*late))
        assert "2026-03-30" == due_on(statutory(*late))

    def test_nothing_is_late_before_silence_was_known_to_accept(self) -> None:
        clock = promise(event("case.submitted", "2026-03-02 09:00"), matter={"promise": {"n": 3}})

        assert isinstance(clock, Clock)
        assert "2026-03-05" == due_on(clock)
        assert "2026-03-10 00:00" == local(clock.late_from)

    def test_hours_of_a_case_accepted_on_a_date_run_from_the_end_of_the_date(self) -> None:
        exact = promise(ACCEPTED, matter={"promise": {"n": 24, "unit": "hour"}})
        dated = promise(event("case.accepted", "2026-03-02"), matter={"promise": {"n": 24, "unit": "hour"}})

        assert isinstance(exact, Clock)
        assert isinstance(dated, Clock)
        assert ["2026-03-03 09:00", "2026-03-04 00:00"] == [local(exact.late_from), local(dated.late_from)]


class TestLimit:
    def test_a_licence_without_a_limit_of_its_own_has_twenty_days(self) -> None:
        assert "2026-03-30" == due_on(statutory(ACCEPTED, matter={"statutory": None}))

    @pytest.mark.parametrize("mode", ["joint", "unified", "concentrated"])
    def test_handled_together_forty_five(self, mode: str) -> None:
        by_matter = statutory(ACCEPTED, matter={"statutory": None, "handling": mode})
        by_case = statutory({**ACCEPTED, "handling_mode": mode}, matter={"statutory": None})

        assert "2026-05-08" == due_on(by_matter) == due_on(by_case)

    def test_a_special_law_prevails(self) -> None:
        assert "2026-05-08" == due_on(statutory(ACCEPTED, matter={"statutory": {"n": 45}}))

    def test_any_other_missing_limit_is_undecided(self) -> None:
        assert isinstance(statutory(ACCEPTED, matter={"statutory": None, "task_type": "07"}), Undecided)

    def test_of_a_matter_not_in_the_catalogue_no_statutory_limit_is_known(self) -> None:
        unknown = {**ACCEPTED, "task_type": "01"}

        assert isinstance(statutory(unknown, matter={"code": None}), Undecided)
        assert isinstance(promise(unknown, matter={"code": None}), Undecided)

    def test_of_a_matter_not_in_the_catalogue_the_printed_promise_counts(self) -> None:
        printed = {**ACCEPTED, "promise_limit": 7, "promise_unit": "working_day"}

        assert "2026-03-11" == due_on(promise(printed, matter={"code": None}))

    @pytest.mark.parametrize("limit", [-1, 1_000_000_000])
    def test_a_printed_promise_beyond_reason_is_none(self, limit: int) -> None:
        printed = {**ACCEPTED, "promise_limit": limit, "promise_unit": "working_day"}

        assert isinstance(promise(printed, matter={"code": None}), Undecided)

    def test_a_matter_without_a_promise_has_no_promise_clock(self) -> None:
        assert isinstance(promise(ACCEPTED, matter={"promise": None}), NotApplicable)

    def test_a_case_is_judged_by_the_version_in_force_at_its_acceptance(self) -> None:
        versions = [
            {"promise": {"n": 10}, "until": "2026-03-03"},
            {"promise": {"n": 5}, "from": "2026-03-03"},
        ]

        assert "2026-03-16" == due_on(promise(ACCEPTED, matter={"versions": versions}))
        assert "2026-03-10" == due_on(
            promise(event("case.accepted", "2026-03-03 09:00"), matter={"versions": versions})
        )


class TestSlip:
    def test_an_earlier_date_on_the_slip_binds(self) -> None:
        clock = promise({**ACCEPTED, "promise_due": "2026-03-11"})

        assert "2026-03-11" == due_on(clock)
        assert isinstance(clock, Clock)
        assert clock.printed

    def test_a_later_date_on_the_slip_is_noted_and_does_not_bind(self) -> None:
        clock = promise({**ACCEPTED, "promise_due": "2026-03-31"})

        assert "2026-03-16" == due_on(clock)
        assert isinstance(clock, Clock)
        assert "2026-03-31" == clock.slip_later

    def test_the_same_date_changes_nothing(self) -> None:
        clock = promise({**ACCEPTED, "promise_due": "2026-03-16 12:00"})

        assert isinstance(clock, Clock)
        assert not clock.printed
        assert "2026-03-17 00:00" == local(clock.late_from)

    def test_where_the_printed_instant_counts_it_counts_on_the_same_date_too(self) -> None:
        clock = promise(
            {**ACCEPTED, "promise_due": "2026-03-16 12:00"}, params={"OT_PROMISE_OVERDUE.cutoff": "instant"}
        )

        assert isinstance(clock, Clock)
        assert "2026-03-16 12:00" == local(clock.late_from)

    def test_without_any_limit_the_slip_alone_is_the_deadline(self) -> None:
        assert "2026-03-20" == due_on(promise({**ACCEPTED, "promise_due": "2026-03-20"}, matter={"code": None}))

    def test_a_pause_moves_the_date_on_the_slip(self) -> None:
        clock = promise(
            {**ACCEPTED, "promise_due": "2026-03-11"},
            event("pause.started", "2026-03-04 09:00", kind="testing"),
            event("pause.ended", "2026-03-06 09:00", kind="testing"),
        )

        assert "2026-03-13" == due_on(clock)

    def test_of_a_case_accepted_by_silence_an_earlier_date_binds_and_a_later_is_noted(self) -> None:
        submitted = event("case.submitted", "2026-03-02 09:00")
        early = promise(submitted, event("case.accepted", "2026-03-11 09:00", promise_due="2026-03-12"))
        later = promise(submitted, event("case.accepted", "2026-03-11 09:00", promise_due="2026-03-25"))

        assert "2026-03-12" == due_on(early)
        assert "2026-03-16" == due_on(later)

    def test_an_hourly_promise_gives_way_to_an_earlier_date(self) -> None:
        clock = promise({**ACCEPTED, "promise_due": "2026-03-04"}, matter={"promise": {"n": 120, "unit": "hour"}})

        assert "2026-03-04" == due_on(clock)


class TestCutoff:
    def test_the_close_of_business_is_an_option_of_the_profile(self) -> None:
        clock = promise(ACCEPTED, params={"OT_PROMISE_OVERDUE.cutoff": "close_of_business"}, calendars=[OFFICE])

        assert isinstance(clock, Clock)
        assert "2026-03-16 17:30" == local(clock.late_from)

    def test_done_at_the_very_close_is_in_time(self) -> None:
        clock = promise(
            ACCEPTED,
            event("case.closed", "2026-03-16 17:30", result="GRANTED"),
            params={"OT_PROMISE_OVERDUE.cutoff": "close_of_business"},
            calendars=[OFFICE],
        )

        assert isinstance(clock, Clock)
        assert clock.stop is not None
        assert clock.stop.at < clock.late_from

    def test_without_office_hours_it_is_undecided(self) -> None:
        assert isinstance(promise(ACCEPTED, params={"OT_PROMISE_OVERDUE.cutoff": "close_of_business"}), Undecided)

    def test_days_off_after_the_due_date_may_count_as_in_time(self) -> None:
        friday = event("case.accepted", "2026-03-06 09:00")

        clock = promise(friday, params={"OT_PROMISE_OVERDUE.cutoff": "next_working_day"})

        assert isinstance(clock, Clock)
        assert "2026-03-20" == due_on(clock)
        assert "2026-03-23 00:00" == local(clock.late_from)

    def test_where_it_is_not_known_which_days_are_off_it_is_provisional(self) -> None:
        clock = promise(
            event("case.accepted", "2026-12-11 09:00"), params={"OT_PROMISE_OVERDUE.cutoff": "next_working_day"}
        )

        assert isinstance(clock, Clock)
        assert "2026-12-25" == due_on(clock)
        assert not clock.due.certain

    def test_hours_know_no_days_off(self) -> None:
        clock = promise(
            event("case.accepted", "2026-03-06 09:00"),
            matter={"promise": {"n": 24, "unit": "hour"}},
            params={"OT_PROMISE_OVERDUE.cutoff": "next_working_day"},
        )

        assert isinstance(clock, Clock)
        assert "2026-03-07 09:00" == local(clock.late_from)


class TestStop:
    def test_the_promise_stops_at_the_close_not_at_the_decision(self) -> None:
        decided, closed = event("decision.made", "2026-03-10 09:00"), event("case.closed", "2026-03-12 09:00")

        assert stopped_by(promise(ACCEPTED, decided)) is None
        assert "e3" == stopped_by(promise(ACCEPTED, decided, closed))

    def test_the_statutory_clock_stops_at_the_decision(self) -> None:
        decided, closed = event("decision.made", "2026-03-10 09:00"), event("case.closed", "2026-03-12 09:00")

        assert "e2" == stopped_by(statutory(ACCEPTED, decided, closed))

    def test_without_a_decision_the_statutory_clock_stops_at_the_close(self) -> None:
        assert "e2" == stopped_by(statutory(ACCEPTED, event("case.closed", "2026-03-12 09:00")))

    def test_a_profile_may_let_it_run_to_the_close(self) -> None:
        decided, closed = event("decision.made", "2026-03-10 09:00"), event("case.closed", "2026-03-12 09:00")

        assert "e3" == stopped_by(statutory(ACCEPTED, decided, closed, params={"OT_STATUTORY_OVER.stops_at": "close"}))

    def test_a_decision_after_the_close_stops_it_all_the_same(self) -> None:
        closed, decided = event("case.closed", "2026-03-10 09:00"), event("decision.made", "2026-03-12 09:00")

        assert "e3" == stopped_by(statutory(ACCEPTED, closed, decided))

    def test_a_decision_on_what_was_withdrawn_is_none(self) -> None:
        withdrawn, decided = event("case.withdrawn", "2026-03-10 09:00"), event("decision.made", "2026-03-12 09:00")

        assert "e2" == stopped_by(statutory(ACCEPTED, withdrawn, decided))

    def test_a_withdrawal_stops_both(self) -> None:
        withdrawn = event("case.withdrawn", "2026-03-10 09:00")

        assert "e2" == stopped_by(promise(ACCEPTED, withdrawn)) == stopped_by(statutory(ACCEPTED, withdrawn))

    def test_a_case_taken_up_again_runs_on(self) -> None:
        closed, reopened = event("case.closed", "2026-03-10 09:00"), event("case.reopened", "2026-03-11 09:00")

        assert stopped_by(promise(ACCEPTED, closed, reopened)) is None


class TestMoves:
    def test_a_lawful_pause_moves_promise_and_statutory_alike(self) -> None:
        pause = (
            event("pause.started", "2026-03-10 09:00", kind="expert_review"),
            event("pause.ended", "2026-03-20 09:00", kind="expert_review"),
        )

        assert "2026-03-26" == due_on(promise(ACCEPTED, *pause))
        assert "2026-04-10" == due_on(statutory(ACCEPTED, *pause))

    def test_an_unlawful_pause_moves_neither(self) -> None:
        pause = event("pause.started", "2026-03-10 09:00", kind="payment")

        assert "2026-03-16" == due_on(promise(ACCEPTED, pause))

    def test_a_valid_extension_moves_both(self) -> None:
        assert "2026-03-30" == due_on(promise(ACCEPTED, EXTENDED))
        assert "2026-04-14" == due_on(statutory(ACCEPTED, EXTENDED))

    @pytest.mark.parametrize(
        "fault",
        [
            {"days": 11},
            {"days": None},
            {"days": 0},
            {"days": -5},
            {"days": 1, "unit": "month"},
            {"approver": None},
            {"applicant_told": False},
        ],
    )
    def test_an_extension_invalid_in_any_respect_adds_no_day(self, fault: dict[str, Any]) -> None:
        assert "2026-03-30" == due_on(statutory(ACCEPTED, {**EXTENDED, **fault}))

    def test_a_second_extension_adds_no_day(self) -> None:
        second = {**EXTENDED, "at": "2026-03-12 09:00"}

        assert "2026-04-14" == due_on(statutory(ACCEPTED, EXTENDED, second))

    def test_handled_together_fifteen_days_may_be_added(self) -> None:
        joint = {"statutory": None, "handling": "joint"}

        assert "2026-05-28" == due_on(statutory(ACCEPTED, {**EXTENDED, "days": 15}, matter=joint))

    def test_requested_by_the_due_date_but_granted_after_it_counts(self) -> None:
        granted = {**EXTENDED, "at": "2026-04-01 09:00", "requested_at": "2026-03-30 09:00"}

        assert "2026-04-14" == due_on(statutory(ACCEPTED, granted))

    def test_requested_after_the_promised_date_it_still_moves_the_statutory(self) -> None:
        asked = {**EXTENDED, "at": "2026-03-20 09:00"}

        assert "2026-03-16" == due_on(promise(ACCEPTED, asked))
        assert "2026-04-14" == due_on(statutory(ACCEPTED, asked))

    def test_gross_time_is_an_option_of_the_profile(self) -> None:
        pause = (
            event("pause.started", "2026-03-10 09:00", kind="expert_review"),
            event("pause.ended", "2026-03-20 09:00", kind="expert_review"),
        )

        assert "2026-03-30" == due_on(statutory(ACCEPTED, *pause, params={"OT_STATUTORY_OVER.net": False}))


class TestCalendar:
    def test_a_missing_calendar_leaves_a_provisional_date(self) -> None:
        clock = statutory(event("case.accepted", "2026-12-18 09:00"))

        assert isinstance(clock, Clock)
        assert clock.due.assumption is not None

    def test_a_slip_that_is_earlier_than_an_uncertain_date_is_as_uncertain_if_it_lies_beyond_the_known(self) -> None:
        accepted = event("case.accepted", "2026-12-18 09:00")
        known = promise({**accepted, "promise_due": "2026-12-24"})
        beyond = promise({**accepted, "promise_due": "2026-12-31"})

        assert isinstance(known, Clock)
        assert isinstance(beyond, Clock)
        assert known.due.assumption is None
        assert beyond.due.assumption is not None

    def test_an_event_from_2099_is_undecided_not_a_crash(self) -> None:
        found = statutory(event("case.accepted", "2099-01-05 09:00"))

        assert isinstance(found, Undecided)
        assert found.calendar

    def test_a_pause_of_a_thousand_years_is_undecided_not_a_crash(self) -> None:
        found = statutory(ACCEPTED, event("pause.started", "2026-03-10 09:00", kind="testing", limit=250_000))

        assert isinstance(found, Undecided)
