from decimal import Decimal

import pytest

from rules.events.decode import of_mapping
from rules.events.money import FeePaid


def paid(**fields: object) -> FeePaid:
    event = of_mapping(
        {"event_type": "fee.paid", "event_id": "e1", "case_id": "C1", "occurred_at": "2026-03-02T10:00:00+08:00"}
        | {name: str(value) for name, value in fields.items()}
    )
    assert isinstance(event, FeePaid)
    return event


@pytest.mark.parametrize("amount", ["0.005", "-1", "1,200元", "1e40", "NaN"])
def test_an_amount_that_is_none_is_a_defect(amount: str) -> None:
    event = paid(amount=amount)

    assert event.amount is None
    assert [defect.partition(":")[0] for defect in event.defects] == ["amount"]


def test_a_quantity_may_be_finer_than_a_fen() -> None:
    event = paid(quantity="33.333")

    assert Decimal("33.333") == event.quantity
    assert () == event.defects


def test_a_quantity_below_zero_is_a_defect() -> None:
    event = paid(quantity="-2")

    assert event.quantity is None
    assert ["quantity: negative: -2"] == list(event.defects)
