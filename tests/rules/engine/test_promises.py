"""P1 and its kin: order, copies, delay, batching, ticks and storage do not matter."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.cases import facts
from rules.cases.filed import Filed
from rules.engine.cards import STANDING, Transition
from rules.engine.docket import Docket
from rules.engine.engine import Engine
from rules.engine.stored import encode, restore
from rules.engine.tiers import case_tier
from rules.events.envelope import Event
from rules.events.instants import DAY, HOUR
from rules.registry import CASE_RULES
from rules.verdicts import Verdict
from tests.rules.engine.histories import CASE, History, histories
from tests.rules.engine.law import catalog

TIER = case_tier(CASE_RULES)
EXAMPLES = settings(max_examples=60)


def judged(history: list[Filed[Event]], until: int, *, tick: int | None = None) -> tuple[Engine[Any], list[Transition]]:
    """Read a history in the order given and let time pass until an instant."""
    said: list[Transition] = []
    engine = Engine(TIER, catalog(), said.append)
    for filed in history:
        if tick is not None and engine.now:
            for instant in range(engine.now, filed.reported, tick):
                engine.tick(instant)
        engine.read(CASE, filed)
    engine.advance(until)
    return engine, said


def standing(docket: Docket[Any]) -> dict[Any, Any]:
    """The cards that stand, with levels, grounds and findings."""
    return {
        key: (card.level, card.state, card.grounds, card.finding, card.condition_at, card.contested)
        for key, card in docket.cards.items()
        if card.state in STANDING
    }


def answers(engine: Engine[Any], docket: Docket[Any]) -> dict[tuple[str, str], Verdict]:
    """What every rule answers, asked afresh."""
    law = docket.law
    if law is None:
        return {}
    asked = [ask.rule for ask in engine.asking.asks(law, facts.FACTS)]
    return {(rule.id, subject): verdict for rule in asked for subject, verdict in rule.about(docket.facts, law)}


def end_of(history: History) -> int:
    """An instant after everything, with time for timers."""
    return max(filed.reported for filed in history) + 60 * DAY


def in_order(history: History) -> History:
    """As the log received it."""
    return sorted(history, key=lambda filed: filed.reported)


@EXAMPLES
@given(histories(), st.randoms(use_true_random=False))
def test_any_order_with_copies_ends_in_the_same_standing_cards(history: History, chance: random.Random) -> None:
    """Permutation and repetition change nothing that stands."""
    until = end_of(history)
    shuffled = [*history, *chance.choices(history, k=3)]
    chance.shuffle(shuffled)

    expected = standing(judged(in_order(history), until)[0].dockets[CASE])
    actual = standing(judged(shuffled, until)[0].dockets[CASE])

    assert actual == expected


@EXAMPLES
@given(histories(), st.sampled_from([HOUR, 6 * HOUR, 3 * DAY]))
def test_how_coarse_the_ticks_are_does_not_show_in_what_was_said(history: History, tick: int) -> None:
    """A timer fires at its own instant."""
    until = end_of(history)

    without = judged(in_order(history), until)[1]
    with_ticks = judged(in_order(history), until, tick=tick)[1]

    assert with_ticks == without


@EXAMPLES
@given(histories(), st.data())
def test_a_case_stored_and_restored_goes_on_as_if_nothing_happened(history: History, data: st.DataObject) -> None:
    """State round trip: the same cards, verdicts and later transitions."""
    log = in_order(history)
    cut = data.draw(st.integers(1, len(log)))
    until = end_of(history)
    whole, all_said = judged(log, until)
    before, said = judged(log[:cut], log[cut - 1].reported)
    later: list[Transition] = []
    engine = Engine(TIER, catalog(), later.append)
    engine.now = before.now

    docket = restore(engine, CASE, encode(before.dockets[CASE]))
    for filed in log[cut:]:
        engine.read(CASE, filed)
    engine.advance(until)

    assert [*said, *later] == all_said
    assert docket.cards == whole.dockets[CASE].cards


@EXAMPLES
@given(histories())
def test_asking_every_rule_at_every_event_adds_nothing(history: History) -> None:
    """Rules read only the facts they declare, and a glance is never late."""
    log = in_order(history)
    until = end_of(history)

    eager = Engine(TIER, catalog(), lambda _transition: None)
    for filed in log:
        eager.read(CASE, filed)
        docket = eager.dockets[CASE]
        eager.asking.ask(docket, facts.FACTS, eager.now, anew=True, fully=True)
        eager._settle(docket, eager.now, "")
    eager.advance(until)

    assert standing(eager.dockets[CASE]) == standing(judged(log, until)[0].dockets[CASE])


@EXAMPLES
@given(histories(), st.randoms(use_true_random=False))
def test_a_fold_on_top_equals_folding_the_sorted_log_again(history: History, chance: random.Random) -> None:
    """There is one fold; strands commute."""
    shuffled = list(history)
    chance.shuffle(shuffled)
    engine, _ = judged(shuffled, end_of(history))
    docket = engine.dockets[CASE]
    found = answers(engine, docket)

    engine._refold(docket)
    again = answers(engine, docket)

    assert again == found


@EXAMPLES
@given(histories())
def test_with_passing_time_alone_a_level_only_rises(history: History) -> None:
    """P7: lowering needs evidence."""
    _, said = judged(in_order(history), end_of(history))
    by_timer = [one for one in said if not one.cause and one.state_before in STANDING]

    fallen = [one for one in by_timer if one.level_before is not None and one.card.level < one.level_before]

    assert fallen == []


@EXAMPLES
@given(histories())
def test_no_rung_of_a_finding_lies_before_its_evidence_began(history: History) -> None:
    """A finding never accuses before anything happened."""
    engine, _ = judged(in_order(history), end_of(history))
    first = min(filed.at for filed in history)

    early = [b for b in engine.dockets[CASE].verdicts.values() if any(r.since < first - 40 * DAY for r in b.rungs)]

    assert early == []


def test_the_histories_raise_cards_of_many_rules() -> None:
    """The properties above are not about empty sets."""
    seen: set[str] = set()
    moves: set[str] = set()

    @settings(max_examples=100, database=None, derandomize=True)
    @given(histories())
    def collect(history: History) -> None:
        _, said = judged(in_order(history), end_of(history))
        seen.update(one.card.rule_id for one in said)
        moves.update(one.move.value for one in said)

    collect()

    assert len(seen) >= len(CASE_RULES) * 2 // 3
    assert moves >= {"raised", "escalated", "lowered", "upheld", "review", "withdrawn", "merged", "closed", "life"}
