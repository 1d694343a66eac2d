import pytest

from benchmarks.contender import Core
from benchmarks.figures import Figure
from benchmarks.size import differing_cards, differing_verdicts, size
from rules.engine.stored import encode, restore
from rules.registry import CASE_RULES
from tests.benchmarks.small import calm_city, law

pytestmark = pytest.mark.slow


def pair() -> tuple[Core, Core]:
    """A core that read half of the city, and one rebuilt from what it stored."""
    live, again = Core(law(), CASE_RULES, 0), Core(law(), CASE_RULES, 0)
    live.take(calm_city().lines[: len(calm_city().lines) // 2])
    again.engine.now = live.engine.now
    for key, docket in live.engine.dockets.items():
        restore(again.engine, key, encode(docket))
    return live, again


def test_a_rebuilt_case_gives_the_same_verdicts() -> None:
    figures = {figure.what: figure for figure in size(law(), calm_city())}

    assert figures["verdicts that differ when rebuilt"].value == 0
    assert figures["cards that differ in the end"].value == 0
    assert figures["an open case, mean"].value > 0


def test_a_changed_case_shows_as_differing() -> None:
    live, again = pair()
    keys = [key for key, docket in live.engine.dockets.items() if docket.facts.accepted is not None]
    again.engine.dockets[keys[0]].facts.accepted = None
    again.engine.dockets[keys[0]].facts.clocks.clear()

    dockets = [(live.engine.dockets[key], again.engine.dockets[key]) for key in keys]
    asked, differing = differing_verdicts(live.engine, again.engine, iter(dockets))

    assert asked > len(keys)
    assert differing > 0


def test_a_missing_card_shows_as_differing() -> None:
    live, again = pair()
    carded = next(docket for docket in again.engine.dockets.values() if docket.cards)
    before = differing_cards(live.engine, again.engine)
    carded.cards.popitem()

    assert (before, differing_cards(live.engine, again.engine)) == (0, 1)


def test_the_sizes_are_of_open_cases_first() -> None:
    figures: list[Figure] = size(law(), calm_city())

    assert [figure.what for figure in figures[:2]] == ["an open case, mean", "an open case, 99th percentile"]
    assert figures[0].value <= figures[1].value
