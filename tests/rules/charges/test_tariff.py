from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalog.models.fees import FeeItem, Standard
from rules.charges.tariff import allowed, in_fen, standards_on

STEPS = {"form": "tiers", "tiers": [{"upto": 10, "amount": 100}, {"amount": 8, "per_unit": True}]}
PER_UNIT = {"form": "per_unit", "amount": "2.5", "min": 20, "max": 1000}


def standard(tariff: dict[str, Any], **fields: Any) -> Standard:
    return Standard.model_validate({"id": "S", "basis": "示例", "tariff": tariff, **fields})


@pytest.mark.parametrize(
    ("tariff", "quantity", "most"),
    [
        ({"form": "fixed", "amount": 80}, None, "80"),
        ({"form": "fixed", "amount": 80}, "3", "80"),
        ({"form": "range", "min": 50, "max": 120}, None, "120"),
        ({"form": "per_unit", "amount": "2.5"}, "0", "0"),
        ({"form": "per_unit", "amount": "2.5"}, "100", "250"),
        (PER_UNIT, "1", "20"),
        (PER_UNIT, "8", "20"),
        (PER_UNIT, "8.004", "20.01"),
        (PER_UNIT, "5000", "1000"),
        (STEPS, "10", "100"),
        (STEPS, "10.5", "84"),
    ],
)
def test_a_standard_allows_so_much(tariff: dict[str, Any], quantity: str | None, most: str) -> None:
    assert Decimal(most) == allowed(standard(tariff), None if quantity is None else Decimal(quantity))


@pytest.mark.parametrize("tariff", [PER_UNIT, STEPS])
def test_without_its_quantity_nothing_is_said(tariff: dict[str, Any]) -> None:
    assert allowed(standard(tariff), None) is None


def test_beyond_the_last_step_nothing_is_said() -> None:
    steps = {"form": "tiers", "tiers": [{"upto": 10, "amount": 100}]}

    assert allowed(standard(steps), Decimal("10.01")) is None


class TestStandardsOn:
    def test_change_on_the_day_the_old_one_ends(self) -> None:
        fixed = {"form": "fixed", "amount": 1}
        old = {"id": "old", "basis": "示例", "tariff": fixed, "until": "2026-02-01"}
        new = {"id": "new", "basis": "示例", "tariff": fixed, "from": "2026-02-01"}
        item = FeeItem.model_validate({"code": "F", "name": "费", "basis": "示例", "standards": [old, new]})
        changes = standard(fixed, **{"from": "2026-02-01"}).from_.toordinal()

        assert ["old"] == [one.id for one in standards_on(item, changes - 1)]
        assert ["new"] == [one.id for one in standards_on(item, changes)]

    def test_of_an_item_without_any_are_none(self) -> None:
        item = FeeItem.model_validate({"code": "F", "name": "费", "basis": "示例"})

        assert () == standards_on(item, 739_000)


@given(
    st.decimals(min_value=0, max_value=10_000, places=3),
    st.decimals(min_value=0, max_value=10_000, places=3),
)
def test_more_of_it_never_costs_less_by_the_unit(one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    found = allowed(standard(PER_UNIT), less), allowed(standard(PER_UNIT), more)

    assert found[0] is not None
    assert found[1] is not None
    assert found[0] <= found[1]


@given(st.decimals(min_value=0, max_value=10_000, places=6))
def test_a_fraction_of_a_fen_is_allowed_whole(amount: Decimal) -> None:
    assert amount <= in_fen(amount) < amount + Decimal("0.01")
