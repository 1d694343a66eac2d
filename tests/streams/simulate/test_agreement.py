"""What was planted is found, and nothing else: recall and precision are one for every rule."""

from datetime import date
from pathlib import Path

import pytest

from rules.registry import RULES
from streams.simulate import CALM, SimOptions
from tests.streams.simulate.shili import Judged, judged

SMALL = SimOptions(seed=3, cases=150, rounds=1)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return judged(tmp_path_factory.mktemp("city"), SMALL)


class TestTheExampleCity:
    def test_every_planted_card_is_found(self, city: Judged) -> None:
        found = city.found()

        assert [card for card in city.planted() if card not in found] == []

    def test_nothing_is_found_that_was_not_planted(self, city: Judged) -> None:
        planted = city.planted()

        assert [card for card in city.found() if card not in planted] == []

    def test_cards_have_the_levels_of_the_key(self, city: Judged) -> None:
        found = city.found()

        assert {} == {card: level for card, level in city.planted().items() if found.get(card) != level}

    def test_near_misses_stay_quiet(self, city: Judged) -> None:
        found = city.found()
        noisy = [
            row
            for row in city.key("quiet")
            for rule, case, subject in found
            if (rule, case) == (row["rule_id"], row["case_id"]) and row["subject"] in {"", subject}
        ]

        assert noisy == []

    def test_every_rule_has_violations_and_near_misses(self, city: Judged) -> None:
        rules = {rule.id for rule in RULES}

        assert {row["rule_id"] for row in city.key("found")} == rules
        assert {row["rule_id"] for row in city.key("quiet")} == rules

    def test_every_plant_found_a_place(self, city: Judged) -> None:
        assert () == city.city.unplaced

    def test_every_line_is_accounted_for(self, city: Judged) -> None:
        counts = city.replayed.summary.counts

        assert counts.read == city.city.lines
        assert counts.filtered == 0
        assert counts.duplicate > 0
        assert counts.quarantined > 0


def test_ordinary_cases_bear_nothing_but_warnings_and_missing_calendars(tmp_path: Path) -> None:
    lawful = judged(tmp_path, SimOptions(seed=5, cases=400, rounds=0, disorder=CALM))

    found = lawful.found()

    assert found == lawful.planted()
    assert {rule for rule, _, _ in found} == {"OT_PROMISE_SOON", "CAL_MISSING"}
    assert 0 == lawful.replayed.summary.counts.quarantined


@pytest.mark.slow
@pytest.mark.parametrize(
    "options",
    [
        SimOptions(seed=8, cases=900, rounds=3),
        SimOptions(seed=9, cases=200, rounds=1, months=1),
        SimOptions(seed=10, cases=200, rounds=1, start=date(2025, 5, 6), months=4),
        SimOptions(seed=11, cases=200, rounds=1, start=date(2026, 6, 1), months=6),
    ],
)
def test_planted_and_found_agree_for_other_seeds_and_spans(options: SimOptions, tmp_path: Path) -> None:
    city = judged(tmp_path, options)

    assert city.found() == city.planted()


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["default", "one_day", "percent", "two_colour"])
def test_planted_and_found_agree_under_every_profile(profile: str, tmp_path: Path) -> None:
    city = judged(tmp_path, SimOptions(seed=6, cases=150, rounds=1), profile)

    assert city.found() == city.planted()
