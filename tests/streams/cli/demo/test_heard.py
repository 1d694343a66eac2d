import asyncio
from decimal import Decimal
from pathlib import Path

from rules.engine.cards import Move, State
from rules.events.words import Level
from streams.cli.demo.heard import Heard
from streams.cli.demo.scene import names_in
from streams.live.wire import transition_value
from streams.log import LocalLog, New
from tests.rules.calendar.national import day, instant
from tests.streams.cli.demo.made import card, city, heard, transition

LATE = {"起算日": day("2026-02-10"), "时限": "10个工作日", "到期日": day("2026-02-25"), "不计入日数": 0, "延长": 0}


def test_a_card_that_is_raised_is_told_with_its_arithmetic_as_of_that_day() -> None:
    said = heard(transition(card("OT_PROMISE_OVERDUE", LATE)))

    assert ["02-10 起 10个工作日，02-25 到期，至今未办结，超 3 个工作日"] == [one.why for one in said.latest]
    assert ["生成"] == [one.move for one in said.latest]


def test_a_card_that_is_withdrawn_is_told_with_what_happened_to_it() -> None:
    gone = card("SK_STEP_JUMP", {}, state=State.WITHDRAWN, seq=2)

    said = heard(transition(gone, Move.WITHDRAWN, "按现有证据，条件从未成立"))

    (one,) = said.latest
    assert ("撤回", False, "按现有证据，条件从未成立") == (one.move, one.accuses, one.why)


def test_what_agencies_do_is_told_by_the_state_it_led_to() -> None:
    said = heard(transition(card("OT_PROMISE_OVERDUE", LATE, state=State.REPLIED), Move.LIFE))

    assert "已反馈" == said.latest[0].move


def test_what_is_no_news_counts_and_is_not_told() -> None:
    said = heard(transition(card("SK_STEP_JUMP", {}), Move.UPHELD))

    assert not said.latest
    assert 1 == said.moves[Move.UPHELD]


def test_a_card_stands_as_it_was_said_last_whatever_the_order() -> None:
    first = card("FE_OVER_STANDARD", {"超收": Decimal(5)}, level=Level.YELLOW, org_code="A")
    then = card("FE_OVER_STANDARD", {"超收": Decimal(5)}, org_code="A", seq=2)

    said = heard(transition(then, Move.ESCALATED), transition(first))

    assert {(Level.RED, State.OPEN): 1} == said.by_level()
    assert {"A": {Level.RED: 1}} == said.by_org()


def test_agencies_come_in_the_order_of_their_worst_cards() -> None:
    said = heard(
        transition(card("SK_STEP_JUMP", {}, case="1", level=Level.YELLOW, org_code="A")),
        transition(card("SK_STEP_JUMP", {}, case="2", level=Level.RED, org_code="B")),
        transition(card("SK_STEP_JUMP", {}, case="3", level=Level.YELLOW, org_code="C")),
        transition(card("SK_STEP_JUMP", {}, case="4", level=Level.YELLOW, org_code="C")),
        transition(card("SK_STEP_JUMP", {}, case="5", org_code="D", state=State.WITHDRAWN)),
    )

    assert ["B", "C", "A"] == list(said.by_org())


def test_the_topic_is_read_on_from_where_it_was_left(tmp_path: Path) -> None:
    async def listened() -> tuple[int, int]:
        log = LocalLog(tmp_path)
        await log.start()
        await log.create_topic("cards", 2)
        listener = Heard(log, "cards", city(), names_in(city()))
        early, late = instant("2026-03-01 00:00"), instant("2026-03-02 00:00")
        values = [
            transition_value(transition(card("SK_STEP_JUMP", {}, case=str(case), known_at=at)))
            for case, at in enumerate((late, early, late))
        ]
        await log.append("cards", 0, [New(values[0]), New(values[1])])
        await listener.listen()
        before = len(listener.cards)
        assert [early, late] == [one.at for one in listener.latest]
        await log.append("cards", 1, [New(values[2])])
        await listener.listen()
        await log.stop()
        return before, sum(listener.moves.values())

    assert (2, 3) == asyncio.run(listened())
