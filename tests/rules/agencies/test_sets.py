"""Verdicts of the second tier are functions of the set of first-tier cards and reports, not of their arrival."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.cases.filed import Filed
from rules.engine.cards import STANDING
from rules.events.envelope import Event
from rules.events.words import Level
from rules.registry import BY_ID
from tests.rules.agencies.test_in_the_engine import AGENCIES, ORG, filed, read

UNTIL = "2026-04-10T00:00"
CARDS = st.tuples(
    st.sampled_from(["K1", "K2", "K3", "K4"]),
    st.integers(1, 3),
    st.sampled_from(["OPEN", "NOTIFIED", "VERIFIED", "VERIFIED", "VERIFIED", "REVOKED", "WITHDRAWN"]),
    st.sampled_from(["yellow", "yellow", "yellow", "red"]),
    st.sampled_from(["2026-03-02", "2026-03-10", "2026-03-20", "2026-04-01"]),
)
HISTORIES = st.dictionaries(st.tuples(st.sampled_from(["K1", "K2", "K3", "K4"]), st.integers(1, 3)), CARDS, min_size=3)
DAYS = st.sets(st.integers(2, 27), min_size=1, max_size=8)
SETTINGS = settings(max_examples=60, deadline=None)


def moves_of(history: dict[tuple[str, int], Any]) -> list[Filed[Event]]:
    """Moves of cards, each with its own card and number."""
    return [
        filed(
            "card.moved",
            "2026-04-02T10:00",
            f"{card}/{seq}",
            card_id=card,
            seq=seq,
            state=state,
            level=level,
            verified=state == "VERIFIED",
            condition_at=f"{condition}T00:00:00+08:00",
        )
        for (card, seq), (_, _, state, level, condition) in history.items()
    ]


def standing(records: list[Filed[Event]]) -> dict[str, Any]:
    """The cards of the agency that stand, by subject."""
    engine, _ = read(AGENCIES, ORG, records, UNTIL)
    cards = engine.dockets[ORG].cards.values()
    return {card.subject: (card.level, card.condition_at, card.finding) for card in cards if card.state in STANDING}


def expected(history: dict[tuple[str, int], Any]) -> dict[str, tuple[str, ...]]:
    """By month, the cards that last stood verified and yellow, where they are three or more."""
    last: dict[str, tuple[str, str, str]] = {}
    for (card, _), (_, _, state, level, condition) in sorted(history.items()):
        last[card] = (state, level, condition)
    months: dict[str, list[str]] = {}
    for card, (state, level, condition) in last.items():
        if state == "VERIFIED" and level == "yellow":
            months.setdefault(f"M1#{condition[:7].replace('-', '')}", []).append(card)
    return {month: tuple(sorted(cards)) for month, cards in months.items() if len(cards) >= 3}


@SETTINGS
@given(HISTORIES, st.randoms(use_true_random=False))
def test_yellow_cards_add_up_to_what_last_stood_of_each_in_whatever_order_it_comes(
    history: dict[tuple[str, int], Any], chance: Any
) -> None:
    records = moves_of(history)
    told = standing(records)
    shuffled = [*records, *chance.choices(records, k=2)]
    chance.shuffle(shuffled)

    assert told == standing(shuffled)
    assert expected(history) == {subject: tuple(sorted(found[2].events)) for subject, found in told.items()}
    assert all(found[0] is Level.RED for found in told.values())


@SETTINGS
@given(DAYS, st.randoms(use_true_random=False))
def test_a_silence_is_between_two_reports_in_whatever_order_they_come(days: set[int], chance: Any) -> None:
    records = [filed("org.reported", f"2026-03-{day:02}T09:00", f"r{day:02}") for day in sorted(days)]
    shuffled = list(records)
    chance.shuffle(shuffled)

    told = standing(records)

    assert told == standing(shuffled)
    assert [f"202603{max(days):02}"] == list(told)


def test_the_rules_of_these_sets_are_of_the_second_tier() -> None:
    assert {"ES_YELLOW_TO_RED", "DQ_SILENT_ORG"} == {rule.id for rule in AGENCIES.rules} <= set(BY_ID)
