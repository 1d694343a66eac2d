"""Screens in neutral form: what a definition may not say, and what a link and a query come to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dashboards.model.binding import bound
from dashboards.model.links import Followed, ToCard, ToScreen, followed
from dashboards.model.looks import Colour, Step, Unit, alarming, spoken
from dashboards.model.panel import Column, Grid, Kind, Panel, flow
from dashboards.model.query import Query, chosen, within
from dashboards.model.screen import Listed, Screen

NOON = datetime(2026, 3, 2, 4, 0, 0, 123_456, tzinfo=UTC)


def a_panel(panel_id: str = "cards", w: int = 6, h: int = 4, **more: Any) -> Panel:
    given_: dict[str, Any] = {
        "id": panel_id,
        "kind": Kind.STAT,
        "title": "张数",
        "description": "张数。",
        "query": Query(sql="SELECT count() AS n FROM v_card"),
        "columns": (Column(name="n", title="张数"),),
        "grid": Grid(w=w, h=h),
    }
    return Panel(**(given_ | more))


def a_screen(*panels: Panel, **more: Any) -> Screen:
    given_: dict[str, Any] = {"key": "test", "title": "试", "description": "试。", "variables": (), "panels": panels}
    return Screen(**(given_ | more))


class TestFlow:
    def test_panels_follow_each_other_and_wrap(self) -> None:
        placed = flow(a_panel("one", w=16), a_panel("two", w=8, h=6), a_panel("three", w=4))

        assert [(0, 0), (16, 0), (0, 6)] == [(one.grid.x, one.grid.y) for one in placed]

    @given(st.lists(st.tuples(st.integers(1, 24), st.integers(1, 12)), min_size=1, max_size=12))
    def test_panels_never_overlap_nor_leave_the_grid(self, sizes: list[tuple[int, int]]) -> None:
        placed = flow(*(a_panel(f"p-{at}", w=w, h=h) for at, (w, h) in enumerate(sizes)))

        screen = a_screen(*placed)
        assert all(one.grid.x + one.grid.w <= 24 for one in screen.panels)


class TestScreen:
    def test_two_panels_in_one_place_are_refused(self) -> None:
        with pytest.raises(ValidationError, match="overlap"):
            a_screen(a_panel("one"), a_panel("two"))

    def test_two_panels_of_one_id_are_refused(self) -> None:
        with pytest.raises(ValidationError, match="one id"):
            a_screen(*flow(a_panel("one"), a_panel("one")))

    def test_thirteen_panels_are_too_many(self) -> None:
        with pytest.raises(ValidationError, match="at most 12"):
            a_screen(*flow(*(a_panel(f"p-{at}") for at in range(13))))

    def test_a_parameter_that_is_no_variable_is_refused(self) -> None:
        query = Query(sql=f"SELECT count() AS n FROM v_card WHERE {chosen('org_code', 'org')}")

        with pytest.raises(ValidationError, match="org:Array"):
            a_screen(a_panel(query=query))
        a_screen(a_panel(query=query), variables=(Listed(name="org", title="部门", options=()),))

    @pytest.mark.parametrize("source", ["card", "card FINAL", "jiancha.card", "v_card JOIN event USING case_id"])
    def test_a_table_is_not_read(self, source: str) -> None:
        with pytest.raises(ValidationError, match="views only"):
            a_screen(a_panel(query=Query(sql=f"SELECT count() AS n FROM {source}")))

    @pytest.mark.parametrize(("x", "w"), [(20, 6), (0, 25), (-1, 4), (0, 0)])
    def test_a_panel_beyond_the_grid_is_refused(self, x: int, w: int) -> None:
        with pytest.raises(ValidationError, match="24 columns"):
            a_panel(grid=Grid(x=x, w=w, h=4))

    def test_a_column_described_twice_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="twice"):
            a_panel(columns=(Column(name="n", title="甲"), Column(name="n", title="乙")))


class TestSpoken:
    def test_thresholds_are_told_in_words(self) -> None:
        assert "颜色：绿（正常），1张起黄（注意），5张起红（紧急）。" == spoken(alarming(1, 5), Unit.CARDS)

    def test_shares_are_told_in_percent(self) -> None:
        assert "5%起红（紧急）" in spoken(alarming(0.01, 0.05), Unit.SHARE)

    def test_one_colour_needs_no_words(self) -> None:
        assert "" == spoken((Step(at=float("-inf"), colour=Colour.CALM),), Unit.CARDS)


class TestBound:
    QUERY = Query(
        sql=f"SELECT count() AS n FROM v_card WHERE {chosen('org_code', 'org')} AND {within('known_at')}"
        " AND case_id = {case:String}"
    )

    def test_only_what_is_asked_for_is_bound(self) -> None:
        found = bound(self.QUERY, {"org": ["A", "B"], "case": "C", "rule": "R"}, NOON, NOON + timedelta(days=1))

        assert {
            "org": ("A", "B"),
            "case": "C",
            "from": "2026-03-02 12:00:00.123",
            "to": "2026-03-03 12:00:00.123",
        } == found

    @pytest.mark.parametrize("none", [{}, {"org": []}, {"org": ""}, {"org": ()}])
    def test_nothing_chosen_is_all(self, none: dict[str, Any]) -> None:
        found = bound(self.QUERY, none, NOON, NOON)

        assert ((), "") == (found["org"], found["case"])

    def test_a_range_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="zone"):
            bound(self.QUERY, {}, NOON.replace(tzinfo=None), NOON)


ROW = {"org_code": "A", "card_id": "XYZ", "a_ms": 1, "b_ms": 2}


class TestFollowed:
    def test_a_link_to_a_screen_carries_cells_and_fixed_values(self) -> None:
        link = ToScreen(
            title="看", screen="cards", cells={"org": "org_code"}, fixed={"level": "red"}, span=("a_ms", "b_ms")
        )

        assert Followed(screen="cards", variables={"level": "red", "org": "A"}, span=(1, 2)) == followed(link, ROW)

    def test_a_link_to_a_card_carries_its_id(self) -> None:
        assert Followed(card_id="XYZ") == followed(ToCard(), ROW)
