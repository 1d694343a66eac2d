import io
from decimal import Decimal

from rich.console import Console

from rules.engine.cards import State
from streams.cli.demo.money import SORTS, amount_of, show_money
from streams.cli.demo.view import View
from tests.streams.cli.demo.made import card, view


def shown(of: View) -> str:
    file = io.StringIO()
    show_money(Console(file=file, width=120, soft_wrap=True), of)
    return file.getvalue()


def test_what_was_refunded_or_paid_in_is_taken_off() -> None:
    cancelled = card("FE_CANCELLED", {"实收": Decimal("60.10"), "已退": Decimal("20.05")})
    cash = card("FE_OFF_TREASURY", {"实收": Decimal("100.00"), "已缴存": Decimal("99.99")})

    assert [Decimal("40.05"), Decimal("0.01")] == [amount_of(cancelled), amount_of(cash)]


def test_every_rule_about_charges_says_what_sort_of_money_it_is() -> None:
    for rule_id, (_, plus, minus) in SORTS.items():
        card(rule_id, {name: Decimal(1) for name in (plus, minus) if name})


def test_sorts_are_added_up_apart_and_exact_to_the_fen() -> None:
    out = shown(
        view(
            card("FE_OVER_STANDARD", {"超收": Decimal("0.10"), "收费项目": "占道费"}),
            card("FE_OVER_STANDARD", {"超收": Decimal("0.20"), "收费项目": "占道费"}, case="C2"),
            card("FE_WAIVER_NOAUTH", {"少收": Decimal("1234.56")}),
        )
    )

    assert "合计：不该收的 0.30 元；该收未收的 1,234.56 元" in out


def test_a_card_that_no_longer_stands_is_not_counted() -> None:
    assert "没有。" in shown(view(card("FE_OVER_STANDARD", {"超收": Decimal(5)}, state=State.WITHDRAWN)))
