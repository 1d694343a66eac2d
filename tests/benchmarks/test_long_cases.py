import pytest

from benchmarks.contender import Core
from benchmarks.long_cases import AROUND, Middle, cases_of, charges, stages
from rules.registry import CASE_RULES
from streams.sources.item import case_of
from tests.benchmarks.small import law

KINDS = pytest.mark.parametrize("middle", [stages, charges])


@KINDS
@pytest.mark.parametrize("length", [AROUND, 10, 47])
def test_every_case_has_as_many_events_as_asked(middle: Middle, length: int) -> None:
    lines = cases_of(law(), length, 5, middle)

    cases = [case_of(line) for line in lines]
    assert {cases.count(case) for case in cases} == {length}
    assert len(set(cases)) == 5


@KINDS
def test_the_core_folds_all_of_it_and_finds_nothing(middle: Middle) -> None:
    core = Core(law(), CASE_RULES, 0)

    core.take(cases_of(law(), 60, 3, middle))

    assert core.engine.counts == {"folded": 180}
    assert core.found() == frozenset()


def test_stages_and_charges_are_what_the_cases_are_made_of() -> None:
    core = Core(law(), CASE_RULES, 0)

    core.take(cases_of(law(), 64, 1, stages))
    core.take(
        [
            line.replace(b'"case_id":"', b'"case_id":"C').replace(b'"L0-', b'"C0-')
            for line in cases_of(law(), 64, 1, charges)
        ]
    )

    by_stages, by_charges = (docket.facts for docket in core.engine.dockets.values())
    assert (len(by_stages.stages), len(by_stages.charges)) == (30, 0)
    assert (len(by_charges.stages), len(by_charges.charges)) == (0, 20)
