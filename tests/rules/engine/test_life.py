"""What deliveries, answers, appeals and decisions make of a card."""

from itertools import permutations

import pytest

from rules.engine.cards import Move, State
from rules.events.words import Level
from rules.examples.written import instant
from tests.rules.engine.course import Course

PROMISE = "OT_PROMISE_OVERDUE"
REPLY = "OT_REPLY_OVERDUE"


def late() -> Course:
    """A case closed a day late: one yellow card, which time alone does not change."""
    return Course(PROMISE, REPLY).accepted().closed("2026-03-12 10:00")


class TestAlong:
    @pytest.mark.parametrize(
        ("steps", "state"),
        [
            ((), State.OPEN),
            (("delivered",), State.NOTIFIED),
            (("delivered", "acknowledged"), State.ACKNOWLEDGED),
            (("delivered", "acknowledged", "replied"), State.REPLIED),
            (("delivered", "replied", "acknowledged"), State.REPLIED),
            (("delivered", "acknowledged", "replied", "appealed"), State.APPEALED),
        ],
    )
    def test_a_card_goes_as_far_as_was_heard_of_it(self, steps: tuple[str, ...], state: State) -> None:
        course = late()
        for hour, what in enumerate(steps, 11):
            course.alert(what, f"2026-03-12 {hour}:00", PROMISE)

        assert state is course.judged("2026-03-13 00:00").card(PROMISE).state

    @pytest.mark.parametrize(("outcome", "state"), [("verified", State.VERIFIED), ("revoked", State.REVOKED)])
    def test_a_supervisor_decides(self, outcome: str, state: State) -> None:
        course = late().alert("delivered", "2026-03-12 11:00", PROMISE)
        course.alert("decided", "2026-03-13 11:00", PROMISE, outcome=outcome)

        found = course.judged("2026-03-14 00:00")

        assert (state, outcome == "verified") == (found.card(PROMISE).state, found.card(PROMISE).verified)
        assert [Move.LIFE, Move.LIFE] == found.moves(PROMISE)[-2:]

    def test_the_order_in_which_answers_arrive_does_not_matter(self) -> None:
        course = late()
        for hour, what in enumerate(("delivered", "acknowledged", "replied"), 11):
            course.alert(what, f"2026-03-12 {hour}:00", PROMISE, reported="2026-03-13 09:00")

        orders = {str(course.judged(log=log).cards()) for log in permutations(course.log)}

        assert {str({PROMISE: f"{State.REPLIED} yellow"})} == orders

    def test_a_card_of_another_subject_is_not_meant(self) -> None:
        course = late().alert("delivered", "2026-03-12 11:00", PROMISE, "other")

        assert State.OPEN is course.judged("2026-03-13 00:00").card(PROMISE).state


class TestAppeal:
    @pytest.mark.parametrize(("at", "state"), [("2026-03-26", State.APPEALED), ("2026-03-27", State.NOTIFIED)])
    def test_is_heard_through_the_tenth_working_day_after_delivery(self, at: str, state: State) -> None:
        course = late().alert("delivered", "2026-03-12 11:00", PROMISE).alert("appealed", f"{at} 17:00", PROMISE)

        assert state is course.judged(f"{at} 18:00").card(PROMISE).state

    def test_suspends_what_was_decided_until_it_is_decided_again(self) -> None:
        course = late().alert("delivered", "2026-03-12 11:00", PROMISE)
        course.alert("decided", "2026-03-13 11:00", PROMISE, outcome="verified")
        course.alert("appealed", "2026-03-16 11:00", PROMISE)
        course.alert("decided", "2026-03-18 11:00", PROMISE, outcome="revoked")

        seen = [
            course.judged(until).card(PROMISE) for until in ("2026-03-14 00:00", "2026-03-17 00:00", "2026-03-19 00:00")
        ]

        assert [State.VERIFIED, State.APPEALED, State.REVOKED] == [card.state for card in seen]
        assert [True, False, False] == [card.verified for card in seen]


class TestUnanswered:
    def test_rises_after_five_working_days_and_makes_no_second_card(self) -> None:
        course = late().alert("delivered", "2026-03-12 11:00", PROMISE)

        outcome = course.judged("2026-03-20 00:30")

        assert {PROMISE: f"{State.NOTIFIED} red"} == outcome.cards()
        assert instant("2026-03-20 00:00") == outcome.card(PROMISE).condition_at
        assert {PROMISE: f"{State.NOTIFIED} yellow"} == course.judged("2026-03-20 00:29").cards()

    def test_is_lowered_again_by_a_reply_in_time_reported_late(self) -> None:
        course = late().alert("delivered", "2026-03-12 11:00", PROMISE)
        course.alert("replied", "2026-03-19 17:00", PROMISE, reported="2026-03-23 09:00")

        outcome = course.judged()

        assert [Move.LIFE, Move.ESCALATED, Move.LOWERED] == outcome.moves(PROMISE)[-3:]
        assert (Level.YELLOW, State.REPLIED) == (outcome.card(PROMISE).level, outcome.card(PROMISE).state)
        assert () == outcome.card(PROMISE).grounds

    def test_stays_red_when_the_reply_came_too_late(self) -> None:
        course = late().alert("delivered", "2026-03-12 11:00", PROMISE).alert("replied", "2026-03-20 09:00", PROMISE)

        outcome = course.judged()

        assert {PROMISE: f"{State.REPLIED} red"} == outcome.cards()
        assert [REPLY] == [ground.rule_id for ground in outcome.card(PROMISE).grounds]

    def test_needs_no_answer_if_it_was_withdrawn(self) -> None:
        course = Course(PROMISE, REPLY).accepted().alert("delivered", "2026-03-12 11:00", PROMISE)
        course.closed("2026-03-11 10:00", reported="2026-03-13 09:00")

        assert {PROMISE: f"{State.WITHDRAWN} yellow"} == course.judged().cards()
