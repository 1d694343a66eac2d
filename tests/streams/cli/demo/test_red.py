import io

from rich.console import Console

from rules.engine.cards import State
from rules.events.words import Level
from streams.cli.demo.red import one_of_each, show_red
from tests.streams.cli.demo.made import card, stored, view


def test_every_rule_comes_once_before_any_comes_twice() -> None:
    cards = stored(
        card("FE_CANCELLED", {}, case="C1"),
        card("FE_CANCELLED", {}, case="C2"),
        card("SK_STEP_JUMP", {}, case="C3"),
        card("FE_CANCELLED", {}, case="C4"),
    )

    assert ["C1", "C3", "C2", "C4"] == [one.card.scope for one in one_of_each(list(cards))]


def test_what_is_red_is_shown_with_its_reason_and_the_rest_is_counted() -> None:
    file = io.StringIO()
    of = view(
        card("SK_DECIDE_NOACCEPT", {"结果": "DENIED"}),
        card("SK_STEP_MISSING", {}, level=Level.YELLOW, case="C2"),
        card("FE_CANCELLED", {}, case="C3", state=State.WITHDRAWN),
    )

    show_red(Console(file=file, width=110, soft_wrap=True), of)

    lines = file.getvalue().splitlines()
    assert "一、什么是红的，为什么  ● 红牌 1 张  ◆ 黄牌 1 张  ○ 预警 0 张" in lines
    assert any(line.startswith("● 红牌  未受理即决定") and line.endswith("C1") for line in lines)
    assert "        结果 不予" in lines
    assert not any("C2" in line or "C3" in line for line in lines)
