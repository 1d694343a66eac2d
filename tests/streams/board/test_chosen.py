import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.model.query import Query
from dashboards.screens import BY_KEY, SCREENS
from rules.events.instants import instant_of
from sinks.clickhouse.engine import Connection
from streams.board.chosen import LONGEST, MOST_VALUES, Chosen, NotChosen, chosen, day_of, used
from tests.streams.board.site import Site

CARDS = BY_KEY["cards"]
NOW = instant_of("2026-03-10T15:24:07+08:00") // 1000
DAY = 86_400_000
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


def test_several_values_of_a_variable_are_chosen_once_each() -> None:
    looked = chosen(CARDS, [("org", "B"), ("org", "A"), ("org", "B"), ("level", "red"), ("nonsense", "x")], NOW)

    assert {"org": ("B", "A"), "level": ("red",)} == looked.values


def test_at_first_the_range_ends_with_the_minute_of_the_store_and_reaches_back_as_the_screen_says() -> None:
    looked = chosen(CARDS, [], NOW)

    assert instant_of("2026-03-10T15:25:00+08:00") // 1000 == looked.end
    assert 30 * DAY == looked.end - looked.start


def test_the_last_day_chosen_is_looked_at_whole() -> None:
    looked = chosen(CARDS, [("from", "2026-03-01"), ("to", "2026-03-02")], NOW)

    assert (
        "2026-03-01 00:00:00.000"
        == looked.parameters(Query(sql="SELECT {from:DateTime64(3, 'Asia/Shanghai')}"))["from"]
    )
    assert "2026-03-03 00:00:00.000" == looked.parameters(Query(sql="SELECT {to:DateTime64(3, 'Asia/Shanghai')}"))["to"]
    assert ("2026-03-01", "2026-03-02") == (day_of(looked.start), day_of(looked.end - 1))


def test_a_link_may_give_milliseconds() -> None:
    assert (1772323200000, 1772409600000) == (
        (looked := chosen(CARDS, [("from", "1772323200000"), ("to", "1772409600000")], NOW)).start,
        looked.end,
    )


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ([("from", "昨天")], "时间「从」读不出"),
        ([("to", "2026-02-30")], "时间「到」读不出"),
        ([("to", "99999999999999999")], "时间「到」读不出"),
        ([("from", "2026-03-02"), ("to", "2026-03-01")], "须早于"),
        ([("org", "x" * (LONGEST + 1))], "部门：最多"),
        ([("org", str(n)) for n in range(MOST_VALUES + 1)], "部门：最多"),
    ],
)
def test_what_cannot_be_chosen_is_said(pairs: list[tuple[str, str]], says: str) -> None:
    with pytest.raises(NotChosen, match=says):
        chosen(CARDS, pairs, NOW)


@pytest.mark.parametrize(("days", "step"), [(1, 600), (30, 21_600), (180, 86_400), (3000, 604_800)])
def test_a_range_is_cut_into_round_steps(days: int, step: int) -> None:
    assert step == Chosen({}, 0, days * DAY).step


def test_every_query_of_every_screen_gets_every_parameter_it_asks_for() -> None:
    for screen in SCREENS:
        looked = chosen(screen, [], NOW)
        for _, query in screen.queries():
            assert set(query.parameters()) == set(looked.parameters(query))


def test_only_what_some_panel_asks_for_is_used() -> None:
    assert "case" in used(BY_KEY["case"])
    assert "case" not in used(CARDS)


@pytest.mark.slow
class TestTheDatabaseReads:
    @given(st.lists(TEXTS.filter(bool), max_size=4, unique=True), TEXTS)
    def test_values_as_they_were_chosen(self, site: Site, many: list[str], one: str) -> None:
        query = Query(sql="SELECT {org:Array(String)} AS many, {case:String} AS one")
        looked = Chosen({"org": tuple(many), "case": (one,)}, 0, DAY)
        assert isinstance(site.database, Connection)

        said = site.database.answer(query.sql, "JSONEachRow", looked.parameters(query))

        assert {"many": many, "one": one} == json.loads(said)
