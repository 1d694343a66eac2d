"""Whom a card is about follows the case; whom it no longer accuses carries no other card."""

from itertools import permutations

from rules.engine.cards import State
from tests.rules.engine.course import Course

PROMISE, STATUTORY = "OT_PROMISE_OVERDUE", "OT_STATUTORY_OVER"
OTHER = "11999900MB0000002Y"


class TestTransfer:
    def test_the_card_of_a_case_that_moved_is_about_the_receiving_agency(self) -> None:
        course = Course(PROMISE).accepted().tell("case.transferred", "2026-03-13 09:00", to_org=OTHER)

        card = course.judged("2026-03-14 00:00").card(PROMISE)

        assert OTHER == card.org_code

    def test_that_is_so_in_whatever_order_the_events_arrive(self) -> None:
        course = Course(PROMISE).accepted().tell("case.transferred", "2026-03-13 09:00", to_org=OTHER)

        found = {course.judged(log=list(log)).card(PROMISE).org_code for log in permutations(course.log)}

        assert {OTHER} == found


class TestRevoked:
    def test_a_revoked_card_does_not_carry_the_wrong_that_still_stands(self) -> None:
        course = Course(PROMISE, STATUTORY).accepted()
        course.alert("delivered", "2026-04-01 09:00", STATUTORY)
        course.alert("decided", "2026-04-02 09:00", STATUTORY, outcome="revoked")

        outcome = course.judged("2026-04-03 00:00")

        assert (State.REVOKED, State.OPEN) == (outcome.card(STATUTORY).state, outcome.card(PROMISE).state)


class TestCorrections:
    def test_a_corrected_correction_applies_as_corrected(self) -> None:
        course = Course(PROMISE).accepted()
        target = course.log[0].event.event_id
        course.corrected(target, "2026-03-03 09:00", "first", occurred_at="2026-03-09T09:00:00+08:00")
        said = {"occurred_at": "2026-03-04T09:00:00+08:00"}
        course.corrected("first", "2026-03-03 10:00", "second", fields=said)

        found = {
            course.judged("2026-03-10 00:00", log=list(log)).engine.dockets["C1"].facts.accepted.event.occurred_at
            for log in permutations(course.log)
        }

        assert {"2026-03-04T09:00:00+08:00"} == found
