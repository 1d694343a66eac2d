"""When "never happened" may be said: broken cases, silent sources, declared outages."""

import pytest

from rules.engine.cards import Move, State
from rules.engine.stored import encode, restore
from rules.events.data import Heartbeat
from rules.examples.written import instant
from tests.rules.engine.course import CASE, Course, Outcome, stamp
from tests.rules.engine.law import BEATING, SOURCE

PROMISE = "OT_PROMISE_OVERDUE"
OVER = "FE_OVER_STANDARD"


def of_source(source: str, *rules: str) -> Course:
    """A case of a source, accepted, the promise of which ends on 03-11."""
    course = Course(*(rules or (PROMISE,)))
    course.source = source
    return course.accepted()


def down(course: Course, start: str, end: str, *, reported: str) -> Course:
    """The source announces an outage."""
    return course.tell("source.outage", reported, "outage", started_at=stamp(start), ended_at=stamp(end))


class TestBrokenCase:
    def broken(self, course: Course) -> Outcome:
        outcome = course.judged("2026-03-02 08:00")
        outcome.engine.mark_broken(CASE)
        for filed in course.log:
            outcome.engine.read(CASE, filed)
        outcome.engine.advance(instant("2026-04-01 00:00"))
        return outcome

    def test_is_not_said_to_be_open_past_its_deadline(self) -> None:
        assert {} == self.broken(Course(PROMISE).accepted()).cards()

    def test_is_said_to_have_been_closed_too_late(self) -> None:
        assert {PROMISE: "OPEN yellow"} == self.broken(Course(PROMISE).accepted().closed("2026-03-12 10:00")).cards()

    def test_is_said_to_have_paid_too_much(self) -> None:
        course = Course(PROMISE, OVER).accepted()
        course.tell("fee.paid", "2026-03-02 10:00", pay_no="P1", fee_item_code="F1", amount="200.00")

        assert {f"{OVER} P1": "OPEN red"} == self.broken(course).cards()

    def test_that_turns_out_so_later_has_its_negative_card_withdrawn(self) -> None:
        outcome = Course(PROMISE).accepted().judged("2026-03-13 00:00")

        outcome.engine.mark_broken(CASE)

        assert [Move.RAISED, Move.WITHDRAWN] == outcome.moves(PROMISE)


class TestSilentSource:
    def test_that_promised_heartbeats_holds_negative_findings_back(self) -> None:
        course = of_source(BEATING).beats("2026-03-11 20:00")

        assert {} == course.judged("2026-03-13 00:00").cards()

    def test_is_believed_again_with_its_next_heartbeat(self) -> None:
        course = of_source(BEATING).beats("2026-03-11 20:00", "2026-03-13 08:00")

        outcome = course.judged("2026-03-13 09:00")

        assert [("beat 2026-03-13 08:00", instant("2026-03-13 08:00"))] == [(s.cause, s.known_at) for s in outcome.said]
        assert instant("2026-03-12 00:00") == outcome.card(PROMISE).condition_at

    def test_is_not_waited_for_while_it_beats(self) -> None:
        course = of_source(BEATING).beats("2026-03-12 00:00")

        assert instant("2026-03-12 00:30") == course.judged("2026-03-12 00:30").card(PROMISE).known_at

    def test_does_not_hold_back_what_happened(self) -> None:
        course = of_source(BEATING).closed("2026-03-12 10:00")

        assert {PROMISE: "OPEN yellow"} == course.judged("2026-03-12 11:00").cards()

    def test_that_promised_no_heartbeats_is_taken_to_be_alive(self) -> None:
        assert {PROMISE: "OPEN yellow"} == of_source(SOURCE).judged("2026-03-12 00:30").cards()

    def test_is_still_waited_for_by_a_case_taken_out_of_the_store(self) -> None:
        course = of_source(BEATING).beats("2026-03-11 20:00")
        before = course.judged("2026-03-13 00:00")
        after = Course(PROMISE).judged("2026-03-13 00:00", log=())
        beat = Heartbeat(event_id="beat", occurred_at=stamp("2026-03-13 08:00"), data_source=BEATING)

        restore(after.engine, CASE, encode(before.engine.dockets[CASE]))
        after.engine.heartbeat(beat, instant("2026-03-13 08:00"))

        assert [Move.RAISED] == after.moves(PROMISE)


class TestOutage:
    @pytest.mark.parametrize("source", [SOURCE, BEATING])
    def test_announced_puts_negative_findings_off_to_its_end(self, source: str) -> None:
        course = down(of_source(source), "2026-03-11 18:00", "2026-03-12 12:00", reported="2026-03-11 10:00")
        course.beats("2026-03-12 00:00", "2026-03-12 11:45")

        outcome = course.judged("2026-03-12 13:00")

        assert [instant("2026-03-12 12:00")] == [one.known_at for one in outcome.said]
        assert instant("2026-03-12 00:00") == outcome.card(PROMISE).condition_at

    def test_announced_after_something_was_said_takes_nothing_back(self) -> None:
        course = down(of_source(SOURCE), "2026-03-11 18:00", "2026-03-12 12:00", reported="2026-03-12 10:00")
        course.tell("stage.entered", "2026-03-12 11:00", stage_code="S1")

        outcome = course.judged()

        assert [Move.RAISED, Move.ESCALATED] == outcome.moves(PROMISE)
        assert instant("2026-03-12 00:30") == outcome.said[0].known_at

    def test_that_is_over_before_the_finding_is_due_changes_nothing(self) -> None:
        course = down(of_source(SOURCE), "2026-03-11 08:00", "2026-03-12 00:00", reported="2026-03-11 07:00")

        assert [instant("2026-03-12 00:30")] == [one.known_at for one in course.judged("2026-03-13 00:00").said]

    def test_in_which_the_case_turns_out_to_be_closed_in_time_says_nothing(self) -> None:
        course = down(of_source(SOURCE), "2026-03-11 18:00", "2026-03-12 12:00", reported="2026-03-11 10:00")
        course.closed("2026-03-11 17:00", reported="2026-03-12 12:00")

        assert {} == course.judged().cards()

    def test_does_not_hold_back_what_happened(self) -> None:
        course = down(of_source(SOURCE), "2026-03-11 18:00", "2026-03-12 12:00", reported="2026-03-11 10:00")
        course.closed("2026-03-12 09:00")

        assert State.OPEN is course.judged("2026-03-12 10:00").card(PROMISE).state
