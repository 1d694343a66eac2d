"""Late performance changes the verdict at once; late exculpation is for a person to decide."""

from itertools import permutations

import pytest

from rules.engine.cards import Move, State
from rules.engine.stored import encode, restore
from rules.events.words import Level
from rules.examples.written import instant
from tests.rules.engine.course import CASE, Course

PROMISE = "OT_PROMISE_OVERDUE"
SOON = "OT_PROMISE_SOON"
OVER = "FE_OVER_STANDARD"


def suspended_late() -> Course:
    """Overdue since 03-12; on that noon a suspension of 03-09 to 03-11 is reported."""
    return Course(PROMISE).accepted().suspended("2026-03-09 09:00", "2026-03-11 09:00", reported="2026-03-12 12:00")


class TestPerformance:
    def test_in_time_but_reported_late_withdraws(self) -> None:
        course = Course(PROMISE).accepted().closed("2026-03-11 17:00", reported="2026-03-13 09:00")

        outcome = course.judged()

        assert [Move.RAISED, Move.WITHDRAWN] == outcome.moves(PROMISE)
        assert "closed" == outcome.said[-1].cause
        assert State.WITHDRAWN is outcome.card(PROMISE).state

    def test_late_but_before_the_card_turned_red_lowers(self) -> None:
        course = Course(PROMISE).accepted().closed("2026-03-12 17:00", reported="2026-03-18 09:00")

        outcome = course.judged()

        assert [Move.RAISED, Move.ESCALATED, Move.LOWERED] == outcome.moves(PROMISE)
        assert (Level.YELLOW, Level.RED) == (outcome.card(PROMISE).level, outcome.card(PROMISE).peak)
        assert instant("2026-03-12 00:00") == outcome.card(PROMISE).condition_at

    def test_that_ends_the_wrong_closes(self) -> None:
        course = (
            Course(OVER)
            .accepted()
            .tell("fee.paid", "2026-03-02 10:00", pay_no="P1", fee_item_code="F1", amount="200.00")
            .tell("fee.refunded", "2026-03-04 10:00", "refund", pay_no="P1", amount="80.00")
        )

        outcome = course.judged()

        assert [Move.RAISED, Move.CLOSED] == outcome.moves(OVER)
        assert instant("2026-03-04 10:00") == outcome.card(OVER, "P1").ended

    def test_struck_out_in_turn_reinstates(self) -> None:
        course = (
            Course(PROMISE)
            .accepted()
            .closed("2026-03-11 17:00", reported="2026-03-13 09:00")
            .tell("case.reopened", "2026-03-16 09:00", "reopened")
        )

        outcome = course.judged("2026-03-16 10:00")

        assert [Move.RAISED, Move.WITHDRAWN, Move.REINSTATED] == outcome.moves(PROMISE)
        assert "reopened" == outcome.said[-1].cause

    def test_that_ended_the_wrong_and_is_voided_reinstates(self) -> None:
        course = (
            Course(OVER)
            .accepted()
            .tell("fee.paid", "2026-03-02 10:00", pay_no="P1", fee_item_code="F1", amount="200.00")
            .tell("fee.refunded", "2026-03-04 10:00", "refund", pay_no="P1", amount="80.00")
            .voided("refund", "2026-03-05 10:00")
        )

        assert [Move.RAISED, Move.CLOSED, Move.REINSTATED] == course.judged().moves(OVER)


class TestExculpation:
    def test_reported_in_time_moves_the_deadline(self) -> None:
        course = Course(PROMISE).accepted().suspended("2026-03-09 09:00", "2026-03-11 09:00")

        assert {} == course.judged("2026-03-14 00:29").cards()
        assert instant("2026-03-14 00:00") == course.judged("2026-03-14 00:30").card(PROMISE).condition_at

    def test_reported_after_due_and_grace_is_reviewed_with_both_verdicts(self) -> None:
        outcome = suspended_late().judged("2026-03-12 13:00")

        card = outcome.card(PROMISE)
        assert (State.REVIEW, Level.YELLOW) == (card.state, card.level)
        assert 0 == card.finding.figures[3]
        assert card.contested is not None
        assert instant("2026-03-14 00:00") == card.contested.rungs[0].since

    def test_reported_in_the_instant_the_card_is_due_is_in_time(self) -> None:
        course = Course(PROMISE).accepted()
        course.tell("pause.started", "2026-03-09 09:00", reported="2026-03-12 00:30", kind="expert_review")

        orders = [course.judged(log=log).cards() for log in permutations(course.log)]

        assert [{}, {}] == orders

    @pytest.mark.parametrize(
        "excuse",
        [
            suspended_late(),
            Course(PROMISE).accepted().extended("2026-03-11 09:00", 5, reported="2026-03-12 12:00"),
            Course(PROMISE)
            .accepted()
            .corrected("accepted", "2026-03-12 12:00", occurred_at="2026-03-06T09:00:00+08:00"),
            Course(PROMISE).accepted().voided("accepted", "2026-03-12 12:00"),
            Course(PROMISE)
            .accepted()
            .tell("case.accepted", "2026-03-06 09:00", "accepted", reported="2026-03-12 12:00", data_version=1),
        ],
        ids=["suspension", "extension", "correction", "void", "version"],
    )
    def test_of_every_kind_is_reviewed(self, excuse: Course) -> None:
        outcome = excuse.judged("2026-03-13 00:00")

        assert [Move.RAISED, Move.REVIEW] == outcome.moves(PROMISE)[:2]
        assert f"{State.REVIEW} yellow" == outcome.cards()[PROMISE]

    @pytest.mark.parametrize(("outcome", "state"), [("verified", State.VERIFIED), ("revoked", State.REVOKED)])
    def test_is_decided_by_a_person(self, outcome: str, state: State) -> None:
        course = suspended_late().alert("decided", "2026-03-13 09:00", PROMISE, outcome=outcome)

        found = course.judged("2026-03-13 10:00")

        assert [Move.RAISED, Move.REVIEW, Move.LIFE] == [m for m in found.moves(PROMISE) if m is not Move.UPHELD]
        assert (state, state is State.VERIFIED) == (found.card(PROMISE).state, found.card(PROMISE).verified)

    def test_is_not_scored_while_undecided(self) -> None:
        assert not suspended_late().judged("2026-03-12 13:00").card(PROMISE).verified

    def test_that_does_not_excuse_upholds_with_the_new_arithmetic(self) -> None:
        course = Course(PROMISE).accepted().extended("2026-03-11 09:00", 1, reported="2026-03-16 12:00")

        outcome = course.judged("2026-03-16 13:00")

        assert [Move.RAISED, Move.UPHELD] == outcome.moves(PROMISE)
        assert (State.OPEN, 1) == (outcome.card(PROMISE).state, outcome.card(PROMISE).finding.figures[4])
        assert instant("2026-03-13 00:00") == outcome.card(PROMISE).condition_at

    def test_that_excuses_only_the_higher_level_is_reviewed_at_it(self) -> None:
        course = Course(PROMISE).accepted().extended("2026-03-11 09:00", 1, reported="2026-03-17 12:00")

        outcome = course.judged("2026-03-17 13:00")

        assert f"{State.REVIEW} red" == outcome.cards()[PROMISE]
        assert State.OPEN is course.judged("2026-03-18 01:00").card(PROMISE).state

    def test_is_overtaken_by_performance_learnt_later(self) -> None:
        course = suspended_late().closed("2026-03-11 16:00", reported="2026-03-13 09:00")

        outcome = course.judged()

        assert State.WITHDRAWN is outcome.card(PROMISE).state

    def test_counts_again_when_that_performance_falls_away(self) -> None:
        course = suspended_late()
        course.closed("2026-03-11 16:00", reported="2026-03-12 13:00").tell("case.reopened", "2026-03-12 14:00")

        orders = {str(course.judged("2026-03-12 20:00", log=log).cards()) for log in permutations(course.log)}

        assert {str({PROMISE: f"{State.REVIEW} yellow"})} == orders

    def test_without_bearing_on_a_charge_does_not_keep_it_from_closing(self) -> None:
        course = (
            Course(OVER)
            .accepted()
            .tell("fee.paid", "2026-03-02 10:00", pay_no="P1", fee_item_code="F1", amount="200.00")
            .tell("pause.started", "2026-03-03 10:00", kind="leader")
            .tell("fee.refunded", "2026-03-04 10:00", pay_no="P1", amount="200.00")
        )

        outcome = course.judged()

        assert [Move.RAISED, Move.CLOSED] == outcome.moves(OVER)

    def test_puts_no_notice_under_review(self) -> None:
        course = Course(SOON).accepted().tell("pause.started", "2026-03-10 10:00", "pause", kind="expert_review")

        outcome = course.judged()

        assert {f"{SOON} 20260311": f"{State.CLOSED} notice"} == outcome.cards()
        assert ("pause", "到期日已变") == (outcome.said[-1].cause, outcome.said[-1].reason)

    def test_is_found_again_in_a_stored_case(self) -> None:
        before = suspended_late().judged("2026-03-12 13:00")
        after = Course(PROMISE).judged("2026-03-12 13:00", log=())

        docket = restore(after.engine, CASE, encode(before.engine.dockets[CASE]))

        assert before.engine.dockets[CASE].excused == docket.excused != {}

    def test_is_forgotten_when_a_record_of_the_case_is_in_quarantine(self) -> None:
        outcome = suspended_late().judged("2026-03-12 13:00")

        outcome.engine.mark_broken(CASE)

        assert State.WITHDRAWN is outcome.card(PROMISE).state


class TestSoon:
    def test_closes_when_its_deadline_moves_and_speaks_of_the_new_one(self) -> None:
        course = Course(SOON).accepted().extended("2026-03-10 10:00", 2)

        outcome = course.judged("2026-03-12 12:00")

        assert {f"{SOON} 20260311": f"{State.CLOSED} notice", f"{SOON} 20260313": f"{State.OPEN} notice"} == (
            outcome.cards()
        )

    def test_closes_with_the_case(self) -> None:
        outcome = Course(SOON).accepted().closed("2026-03-11 10:00").judged()

        assert [Move.RAISED, Move.CLOSED] == outcome.moves(SOON)

    def test_learnt_when_its_time_is_past_is_born_closed(self) -> None:
        course = Course(SOON).tell("case.accepted", "2026-03-02 09:00", reported="2026-03-16 09:00")

        outcome = course.judged()

        assert [(Move.RAISED, State.CLOSED)] == [(one.move, one.card.state) for one in outcome.said]
        assert not outcome.said[0].card.merged_into
