"""The simulator reckons tariffs by itself; the rules must come to the same amounts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalog.models.fees import FeeItem
from rules.charges.tariff import allowed
from streams.simulate.moments import moment
from streams.simulate.money import bill_for, most, standard_on
from tests.streams.simulate.shili import shili

STANDARDS = [standard for item in shili().fees.values() for standard in item.standards]


@given(st.sampled_from(STANDARDS), st.integers(1, 5000))
def test_every_standard_of_the_city_allows_the_same(standard: object, quantity: int) -> None:
    found = next(one for one in STANDARDS if one is standard)

    assert allowed(found, Decimal(quantity)) == most(found, Decimal(quantity))


ITEM = FeeItem.model_validate(
    {
        "code": "F",
        "name": "占道费",
        "basis": "示",
        "standards": [
            {
                "id": "old",
                "basis": "示",
                "until": "2026-02-01",
                "tariff": {"form": "per_unit", "amount": "0.50", "min": "20"},
            },
            {"id": "new", "basis": "示", "from": "2026-02-01", "tariff": {"form": "per_unit", "amount": "0.34"}},
        ],
    }
)


@pytest.mark.parametrize(
    ("day", "quantity", "due"),
    [("2026-01-31", 10, "20.00"), ("2026-01-31", 60, "30.00"), ("2026-02-01", 10, "3.40")],
)
def test_a_bill_follows_the_standard_of_its_day(day: str, quantity: int, due: str) -> None:
    bill = bill_for(ITEM, Decimal(quantity), moment(date.fromisoformat(day).toordinal(), 10))

    assert bill is not None
    assert Decimal(due) == bill.due


def test_there_is_no_bill_without_a_standard() -> None:
    bare = FeeItem.model_validate({"code": "F", "name": "无标准", "basis": "示"})

    assert standard_on(bare, 740_000) is None
    assert bill_for(bare, Decimal(1), moment(740_000)) is None
