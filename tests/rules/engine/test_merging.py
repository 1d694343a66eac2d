"""One wrong, one card: who carries it, what becomes of the others, and what time alone does."""

import pytest

from rules.cases.filed import Filed
from rules.engine.cards import Move, State, card_id
from rules.events.envelope import Event
from rules.events.words import Level
from rules.examples.written import instant
from rules.verdicts import NEVER
from tests.rules.engine.course import CASE, Course
from tests.rules.engine.law import INSTANT

PROMISE = "OT_PROMISE_OVERDUE"
STATUTORY = "OT_STATUTORY_OVER"
SOON = "OT_PROMISE_SOON"
DEADLINES = (SOON, PROMISE, STATUTORY)
CHARGES = ("FE_CANCELLED", "FE_OFF_CATALOG", "FE_FREE_ITEM", "FE_OVER_STANDARD")


def standing_of(course: Course, until: str) -> set[str]:
    """Rules whose card stands at an instant."""
    return {name.split()[0] for name, state in course.judged(until).cards().items() if not state.startswith("CLOSED")}


class TestDeadlines:
    @pytest.mark.parametrize(
        ("until", "carrier"),
        [
            ("2026-03-10 00:29", set()),
            ("2026-03-10 00:30", {SOON}),
            ("2026-03-12 00:29", set()),
            ("2026-03-12 00:30", {PROMISE}),
            ("2026-03-31 00:30", {STATUTORY}),
        ],
    )
    def test_pass_one_after_the_other_on_one_card_each(self, until: str, carrier: set[str]) -> None:
        assert carrier == standing_of(Course(*DEADLINES).accepted(), until)

    def test_the_lesser_card_is_merged_and_is_a_ground_of_the_graver(self) -> None:
        outcome = Course(*DEADLINES).accepted().judged("2026-04-01 00:00")

        promise, statutory = outcome.card(PROMISE), outcome.card(STATUTORY)
        assert Move.MERGED is outcome.moves(PROMISE)[-1]
        assert (State.CLOSED, card_id(STATUTORY, CASE, "")) == (promise.state, promise.merged_into)
        assert [(PROMISE, Level.RED, instant("2026-03-17 00:00"))] == [
            (ground.rule_id, ground.level, ground.since) for ground in statutory.grounds
        ]

    def test_learnt_late_all_at_once_only_the_graver_is_said(self) -> None:
        course = Course(PROMISE, STATUTORY).tell("case.accepted", "2026-03-02 09:00", reported="2026-04-02 09:00")

        outcome = course.judged("2026-04-02 10:00")

        assert [STATUTORY] == [one.card.rule_id for one in outcome.said]
        assert [PROMISE] == [ground.rule_id for ground in outcome.card(STATUTORY).grounds]

    def test_a_notice_whose_time_was_past_when_it_was_learnt_is_no_card_beside_an_overdue_one(self) -> None:
        course = Course(*DEADLINES).tell("case.accepted", "2026-03-02 09:00", reported="2026-03-16 09:00")

        assert {PROMISE: "OPEN yellow"} == course.judged("2026-03-16 10:00").cards()

    def test_the_lesser_card_is_reinstated_when_the_graver_is_withdrawn(self) -> None:
        course = Course(PROMISE, STATUTORY).accepted().closed("2026-03-30 15:00", reported="2026-04-02 09:00")

        outcome = course.judged()

        assert [Move.RAISED, Move.ESCALATED, Move.MERGED, Move.REINSTATED] == outcome.moves(PROMISE)
        assert [Move.RAISED, Move.WITHDRAWN] == outcome.moves(STATUTORY)
        assert (State.OPEN, "") == (outcome.card(PROMISE).state, outcome.card(PROMISE).merged_into)

    def test_a_withdrawn_card_that_comes_back_merged_is_not_reinstated(self) -> None:
        course = Course(PROMISE, STATUTORY).accepted().closed("2026-03-11 15:00", reported="2026-03-13 09:00")
        course.tell("case.reopened", "2026-04-02 09:00")

        outcome = course.judged()

        assert [Move.RAISED, Move.WITHDRAWN, Move.MERGED] == outcome.moves(PROMISE)
        assert (State.CLOSED, card_id(STATUTORY, CASE, "")) == (
            outcome.card(PROMISE).state,
            outcome.card(PROMISE).merged_into,
        )

    def test_a_merged_card_never_scores(self) -> None:
        course = Course(PROMISE, STATUTORY).accepted().alert("delivered", "2026-03-12 09:00", PROMISE)
        course.alert("decided", "2026-03-13 09:00", PROMISE, outcome="verified")

        assert course.judged("2026-03-30 12:00").card(PROMISE).verified
        assert not course.judged("2026-03-31 12:00").card(PROMISE).verified


class TestCharges:
    def charged(self, *, item: str, amount: str, at: str = "2026-03-02 10:00") -> Course:
        return (
            Course(*CHARGES)
            .accepted("2026-01-05 09:00")
            .tell("fee.paid", at, pay_no="P1", fee_item_code=item, amount=amount)
        )

    @pytest.mark.parametrize(
        ("item", "amount", "carrier"),
        [("F1", "200.00", "FE_OVER_STANDARD"), ("F2", "200.00", "FE_CANCELLED"), ("F9", "200.00", "FE_OFF_CATALOG")],
    )
    def test_are_carried_by_one_card_each(self, item: str, amount: str, carrier: str) -> None:
        outcome = self.charged(item=item, amount=amount).judged()

        assert {f"{carrier} P1": "OPEN red"} == outcome.cards()

    def test_the_other_wrongs_of_a_charge_are_grounds_of_the_card_that_carries_it(self) -> None:
        course = Course(*CHARGES).tell("case.accepted", "2026-03-02 09:00", task_code=INSTANT)
        course.tell("fee.paid", "2026-03-02 10:00", pay_no="P1", fee_item_code="F1", amount="200.00", task_code=INSTANT)
        course.tell("fee.refunded", "2026-03-04 10:00", pay_no="P1", amount="80.00", task_code=INSTANT)

        before, after = course.judged("2026-03-03 00:00"), course.judged("2026-03-05 00:00")

        assert {"FE_FREE_ITEM P1": "OPEN red"} == before.cards() == after.cards()
        assert ["FE_OVER_STANDARD"] == [ground.rule_id for ground in before.card("FE_FREE_ITEM", "P1").grounds]
        assert () == after.card("FE_FREE_ITEM", "P1").grounds

    def test_refunded_in_full_before_they_were_known_are_one_card(self) -> None:
        course = Course(*CHARGES).tell("case.accepted", "2026-03-02 09:00", task_code=INSTANT)
        course.tell("fee.refunded", "2026-03-04 10:00", pay_no="P1", amount="200.00", task_code=INSTANT)
        course.tell("fee.paid", "2026-03-02 10:00", pay_no="P1", fee_item_code="F1", amount="200.00", task_code=INSTANT)

        assert {"FE_FREE_ITEM P1": "CLOSED red"} == course.judged().cards()

    def test_what_is_not_in_the_catalogue_comes_before_what_is_free(self) -> None:
        course = Course(*CHARGES).tell("case.accepted", "2026-03-02 09:00", task_code=INSTANT)
        course.tell("fee.paid", "2026-03-02 10:00", pay_no="P1", fee_item_code="F9", amount="200.00", task_code=INSTANT)

        card = course.judged().card("FE_OFF_CATALOG", "P1")

        assert [("FE_FREE_ITEM", "P1")] == [(ground.rule_id, ground.subject) for ground in card.grounds]

    def test_two_wrong_charges_are_two_cards(self) -> None:
        course = self.charged(item="F1", amount="200.00")
        course.tell("fee.paid", "2026-03-02 11:00", pay_no="P2", fee_item_code="F1", amount="300.00")

        assert {"FE_OVER_STANDARD P1", "FE_OVER_STANDARD P2"} == set(course.judged().cards())


class TestSaying:
    def course(self) -> Course:
        return (
            Course()
            .accepted()
            .tell("stage.entered", "2026-03-02 10:00", stage_code="S1")
            .tell("stage.completed", "2026-03-20 10:00", stage_code="S1", operator_id="甲")
            .suspended("2026-03-09 09:00", "2026-03-11 09:00", reported="2026-03-12 12:00")
            .alert("delivered", "2026-03-12 09:00", PROMISE)
            .closed("2026-04-10 15:00")
        )

    def log(self) -> list[Filed[Event]]:
        return sorted(self.course().log, key=lambda filed: filed.reported)

    def test_every_transition_numbers_its_card_says_why_and_goes_on_from_the_last(self) -> None:
        said = self.course().judged(log=self.log()).said

        last: dict[str, tuple[int, Level, State]] = {}
        for one in said:
            before = last.get(one.card.card_id)
            assert (one.card.seq, one.level_before, one.state_before) == (
                (1, None, None) if before is None else (before[0] + 1, before[1], before[2])
            )
            assert one.reason
            last[one.card.card_id] = (one.card.seq, one.card.level, one.card.state)
        assert len(said) > len(last) > 1

    def test_every_transition_is_caused_by_a_record_known_then_or_by_a_timer(self) -> None:
        reported = {filed.event.event_id: filed.reported for filed in self.log()}

        said = self.course().judged(log=self.log()).said

        assert [one.known_at for one in said if one.cause] == [reported[one.cause] for one in said if one.cause]
        assert any(not one.cause for one in said)

    def test_known_at_never_goes_back(self) -> None:
        known = [one.known_at for one in self.course().judged(log=self.log()).said]

        assert known == sorted(known)


class TestTimers:
    def test_the_next_review_is_the_next_instant_at_which_anything_changes(self) -> None:
        course = Course(*DEADLINES).accepted()
        reviews = []

        outcome = course.judged("2026-03-02 10:00")
        while (due := outcome.engine.timers.next_due()) < NEVER:
            reviews.append(due)
            outcome.engine.advance(due)

        assert [
            instant("2026-03-10 00:30"),
            instant("2026-03-12 00:00"),
            instant("2026-03-12 00:30"),
            instant("2026-03-17 00:30"),
            instant("2026-03-31 00:30"),
        ] == reviews

    def test_a_case_with_nothing_to_come_is_not_looked_at_again(self) -> None:
        outcome = Course(*DEADLINES).accepted().closed("2026-03-04 10:00").judged("2026-03-04 10:00")

        assert NEVER == outcome.engine.timers.next_due()

    def test_a_record_that_comes_days_later_finds_the_card_said_at_its_own_instant(self) -> None:
        course = Course(PROMISE).accepted().tell("stage.entered", "2026-03-13 09:00", stage_code="S1")

        outcome = course.judged("2026-03-13 09:00")

        assert (instant("2026-03-12 00:30"), "") == (outcome.said[0].known_at, outcome.said[0].cause)
