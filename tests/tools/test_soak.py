"""The count at the end of a soak finds what it is there to find."""

import pytest

from tools.soak.campaign import Chronicle, Plan
from tools.soak.report import Found, report
from tools.soak.tally import Counted, counted

SAID = {"A#1": b"a", "A#2": b"b", "B#1": b"c"}


def found(in_topic: Counted, in_store: Counted, *differences: str) -> Found:
    return Found(in_topic, in_store, differences, expected=3, again=2, seconds=90.0)


def test_what_is_as_it_should_be_holds() -> None:
    assert counted(SAID, dict(SAID)).holds


@pytest.mark.parametrize(
    ("there", "duplicated", "what"),
    [
        ({"A#1": b"a", "B#1": b"c"}, (), "lost"),
        ({**SAID, "C#1": b"d"}, (), "false"),
        ({**SAID, "A#2": b"x"}, (), "otherwise"),
        (SAID, ("A#1",), "duplicated"),
    ],
)
def test_what_is_lost_twice_too_much_or_otherwise_is_found(
    there: dict[str, bytes], duplicated: tuple[str, ...], what: str
) -> None:
    tally = counted(SAID, there, duplicated)

    assert not tally.holds
    assert [what] == [name for name in ("lost", "false", "otherwise", "duplicated") if getattr(tally, name)]


def test_the_table_says_what_happened_and_what_was_lost() -> None:
    good, bad = counted(SAID, SAID), counted(SAID, {"A#1": b"a"})
    chronicle = Chronicle(restarts=2, away=20.0, ended=["sink 错误：不通"], feeds=1)
    chronicle.kills["sink"] = 3

    lines = list(report(chronicle, found(good, bad)))

    assert "杀掉进程 3 次（sink 3 次），重启 Kafka 2 次" in lines
    assert "  sink 错误：不通" in lines
    assert ["信号主题", "3", "0", "0", "0", "0"] == lines[-2].split()
    assert ["ClickHouse", "1", "2", "0", "0", "0"] == lines[-1].split()
    assert not found(good, bad).holds
    assert found(good, good).holds
    assert not found(good, good, "数量 x").holds


def test_the_store_may_be_away_for_longer_than_all_else_takes() -> None:
    assert 600 == Plan(kills=5, restarts=1, away=600, pause=6).seconds
    assert 720 == Plan(kills=100, restarts=20, away=600, pause=6).seconds
