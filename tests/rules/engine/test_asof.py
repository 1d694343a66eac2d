"""A case as of an instant is what it was live at that instant, whatever was learnt since."""

import random

import pytest

from rules.engine.asof import AsOf
from rules.engine.cards import State
from rules.engine.tiers import case_tier
from rules.events.words import Level
from rules.examples.written import instant
from rules.registry import BY_ID, CASE_RULES
from rules.verdicts import Breach, Clear
from tests.rules.engine.course import CASE, Course

PROMISE = "OT_PROMISE_OVERDUE"
TIER = case_tier(CASE_RULES)
WHEN = (
    "2026-03-01 12:00",
    "2026-03-02 09:00",
    "2026-03-10 00:30",
    "2026-03-12 00:29",
    "2026-03-12 00:30",
    "2026-03-12 13:00",
    "2026-03-16 09:00",
    "2026-03-19 09:00",
    "2026-04-30 00:00",
)


def course() -> Course:
    """A case with a late suspension, a charge, an answer and a correction."""
    return (
        Course()
        .accepted()
        .tell("stage.entered", "2026-03-02 10:00", stage_code="S1")
        .tell("fee.paid", "2026-03-03 10:00", pay_no="P1", fee_item_code="F1", amount="200.00")
        .tell("pause.started", "2026-03-09 09:00", "pause", reported="2026-03-12 12:00", kind="expert_review")
        .tell("pause.ended", "2026-03-11 09:00", "resume", reported="2026-03-12 12:01", kind="expert_review")
        .alert("delivered", "2026-03-12 11:00", PROMISE)
        .corrected("accepted", "2026-03-16 09:00", occurred_at="2026-03-03T09:00:00+08:00")
        .tell("fee.refunded", "2026-03-17 10:00", pay_no="P1", amount="200.00")
        .closed("2026-03-18 15:00")
    )


@pytest.mark.parametrize("at", WHEN)
def test_as_of_an_instant_the_same_was_said_as_live(at: str) -> None:
    told = course()
    live = told.judged(at, log=sorted(told.log, key=lambda filed: filed.reported))
    random.Random(1).shuffle(told.log)

    found = AsOf(TIER, told.catalog, CASE, told.log, instant(at))

    assert live.said == found.transitions
    assert live.engine.dockets.keys() == found.engine.dockets.keys()
    if found.docket is not None:
        assert live.engine.dockets[CASE].cards == found.docket.cards
        assert live.engine.dockets[CASE].next_review == found.docket.next_review


def test_as_of_an_instant_before_anything_was_known_nothing_is_answered() -> None:
    found = AsOf(TIER, course().catalog, CASE, course().log, instant(WHEN[0]))

    assert (None, None, ()) == (found.docket, found.law, found.answers())


def test_as_of_two_instants_a_rule_answers_by_what_was_known_then() -> None:
    told = Course(PROMISE).accepted().closed("2026-03-11 16:00", reported="2026-03-13 09:00")
    rules = (BY_ID[PROMISE],)

    before = AsOf(TIER, told.catalog, CASE, told.log, instant("2026-03-12 09:00")).answers(rules)
    after = AsOf(TIER, told.catalog, CASE, told.log, instant("2026-03-13 09:00")).answers(rules)

    assert [Breach, Clear] == [type(answer.verdict) for answer in (*before, *after)]


def test_as_of_any_instant_the_level_is_the_one_time_had_brought() -> None:
    told = Course(PROMISE).accepted()

    levels = [
        AsOf(case_tier(told.rules), told.catalog, CASE, told.log, instant(at)).engine.dockets[CASE].cards
        for at in ("2026-03-12 00:30", "2026-03-17 00:29", "2026-03-17 00:30")
    ]

    assert [Level.YELLOW, Level.YELLOW, Level.RED] == [card.level for cards in levels for card in cards.values()]


def test_as_of_with_a_record_in_quarantine_leaves_out_what_rests_on_silence() -> None:
    told = Course(PROMISE).accepted()

    found = AsOf(case_tier(told.rules), told.catalog, CASE, told.log, instant("2026-03-13 00:00"), broken=True)

    assert found.docket is not None
    assert {State.WITHDRAWN} >= {card.state for card in found.docket.cards.values()}
