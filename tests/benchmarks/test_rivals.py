from collections.abc import Sequence

import pytest

from benchmarks.agreement import Agreement, agreement
from benchmarks.contender import Contender, Core, Finding
from benchmarks.engine_peer import EnginePeer
from benchmarks.figures import Figure
from benchmarks.plain import Plain
from benchmarks.rivals import IDS, rivals
from benchmarks.terms import RULES
from tests.benchmarks.small import calm_city, disordered, law, ordered

pytestmark = pytest.mark.slow


def core() -> Contender:
    return Core(law(), RULES, calm_city().until)


def plain() -> Contender:
    return Plain(law(), calm_city().until)


def engine() -> Contender:
    return EnginePeer(law(), calm_city().until)


def found_by(contender: Contender, lines: Sequence[bytes]) -> frozenset[Finding]:
    contender.take(lines[:100])
    contender.take(lines[100:])
    contender.finish()
    return contender.found()


def right(contender: Contender, lines: Sequence[bytes]) -> Agreement:
    return agreement(found_by(contender, lines), calm_city().key, IDS)


class TestContenders:
    def test_the_key_lists_each_of_the_three_rules(self) -> None:
        listed = {one[0] for one in calm_city().key}

        assert IDS <= listed

    @pytest.mark.parametrize("make", [core, plain, engine])
    def test_each_is_right_on_a_feed_in_order(self, make: "type[Contender]") -> None:
        agreed = right(make(), ordered())

        assert (agreed.surplus, agreed.lacking) == (0, 0)
        assert agreed.right > 0

    def test_the_core_is_right_out_of_order_too(self) -> None:
        agreed = right(core(), disordered())

        assert (agreed.surplus, agreed.lacking) == (0, 0)

    @pytest.mark.parametrize("make", [plain, engine])
    def test_a_judgement_nothing_takes_back_is_wrong_out_of_order(self, make: "type[Contender]") -> None:
        """Else the feed is not out of order, and the comparison says nothing."""
        agreed = right(make(), disordered())

        assert agreed.surplus > 0

    def test_the_peers_agree_with_each_other_in_order(self) -> None:
        assert found_by(plain(), ordered()) == found_by(engine(), ordered())


def test_the_report_holds_cost_precision_and_recall_of_each_in_both_orders() -> None:
    figures = rivals(law(), calm_city(), 1)

    by_name: dict[str, Figure] = {figure.what: figure for figure in figures}
    assert by_name["core, out of order: precision"].value == 1
    assert by_name["plain fold, in order: recall"].value == 1
    assert by_name["plain fold, out of order: precision"].value < 1
    assert by_name["rule-engine over core, in order"].value > 0
    assert len(figures) == len(by_name) == 2 * (3 * 3 + 3)
