from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.engine.cards import Ground, finding_digest
from rules.events.words import Level, PauseKind
from rules.verdicts import NEVER, Breach, Rung
from sinks.clickhouse.findings import finding_of, finding_text, grounds_of, grounds_text

instants = st.integers(-(10**16), 10**16)
levels = st.sampled_from(Level)
atoms = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.text(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.dates(),
)
figures = st.recursive(atoms, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)
findings = st.builds(
    Breach,
    rungs=st.lists(st.builds(Rung, instants, levels, instants), max_size=3).map(tuple),
    events=st.lists(st.text(), max_size=4).map(tuple),
    figures=st.lists(figures, max_size=8).map(tuple),
    ended=st.one_of(st.just(NEVER), instants),
    missing=st.text(),
    org=st.one_of(st.none(), st.text()),
)


@given(findings)
def test_a_finding_comes_back_as_it_was(finding: Breach) -> None:
    again = finding_of(finding_text(finding))

    assert finding == again
    assert finding_digest(finding) == finding_digest(again)


@given(st.lists(st.builds(Ground, st.text(), levels, instants, st.text()), max_size=4).map(tuple))
def test_grounds_come_back_as_they_were(grounds: tuple[Ground, ...]) -> None:
    assert grounds == grounds_of(grounds_text(grounds))


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (Decimal("12.00"), '{"decimal":"12.00"}'),
        (date(2026, 3, 2), '{"date":"2026-03-02"}'),
        ((1, None), '{"list":[1,null]}'),
        (1 << 60, '{"integer":"1152921504606846976"}'),
        (1_772_409_600_000_000, "1772409600000000"),
        (PauseKind.HEARING, '"hearing"'),
        (True, "true"),
    ],
)
def test_the_kind_of_a_figure_is_written_beside_it(figure: Any, written: str) -> None:
    text = finding_text(Breach(rungs=(), figures=(figure,)))

    assert f'"figures":[{written}]' in text


def test_an_amount_keeps_its_last_nought() -> None:
    (figure,) = finding_of(finding_text(Breach(rungs=(), figures=(Decimal("12.00"),)))).figures

    assert "12.00" == str(figure)


def test_a_figure_without_a_written_form_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        finding_text(Breach(rungs=(), figures=(1j,)))
