"""Every query of every dashboard, expanded as Grafana and the plugin do, run on the engine over a simulated city."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.dashboards.asked import ASKED, BOARDS, Asked, faults
from tests.dashboards.expand import ALL, Chosen, Value, expanded
from tests.sinks.clickhouse.city import City

pytestmark = pytest.mark.slow

NASTY = ("D0'02", 'a"b', "办件", "%_{}", "')) OR (('1'='1")
DAY = 86_400_000


@dataclass
class Desk:
    """Where queries are answered; what types an answer has is asked once for each query."""

    city: City
    types: dict[str, dict[str, str]] = field(default_factory=dict)

    def answer(self, one: Asked, looking: Chosen) -> tuple[dict[str, str], list[dict[str, Any]]]:
        """Return the types and the rows of an answer."""
        sql = expanded(one.sql, BOARDS[one.board], looking)
        assert "$" not in sql, "something neither Grafana nor the plugin knows is left over"
        if one.sql not in self.types:
            described = self.city.ask(f"DESCRIBE ({sql})")
            self.types[one.sql] = {row["name"]: row["type"] for row in described}
        rows = self.city.ask(sql)
        if rows:
            assert list(self.types[one.sql]) == list(rows[0])
        return self.types[one.sql], rows

    def looking(self, board: str, value: Value, typed: str) -> Chosen:
        """Return the whole time of the city, with one value for every variable."""
        end = self.city.archive.run.now // 1000
        variables = BOARDS[board]["templating"]["list"]
        values = {one["name"]: typed if one["type"] == "textbox" else value for one in variables}
        return Chosen(values, end - 120 * DAY, end, 60)


@pytest.fixture(scope="module")
def desk(city: City) -> Desk:
    """A desk of the city."""
    return Desk(city)


@pytest.fixture(scope="module")
def cases(city: City) -> dict[str, str]:
    """Cases of which the panels of one case have something to say: one with a pause and a card, one with a charge."""
    (paused,) = city.ask(
        """
        SELECT min(case_id) AS id FROM v_case
        WHERE cards > 0 AND case_id IN (SELECT case_id FROM v_case_clock WHERE kind = 'excluded')
        """
    )
    (paying,) = city.ask("SELECT min(case_id) AS id FROM v_charge")
    return {"": str(paused["id"]), "收费": str(paying["id"])}


ONLY_LIVE = {"记录的去向", "各分区"}
"""A replay has no partitions."""


@pytest.mark.parametrize("one", ASKED, ids=str)
class TestEveryQuery:
    def test_with_all_it_answers_what_its_panel_needs(self, one: Asked, desk: Desk, cases: dict[str, str]) -> None:
        case = cases.get(one.name, cases[""])

        types, rows = desk.answer(one, desk.looking(one.board, ALL, case))

        assert [] == faults(one, types, rows)
        assert rows or one.name in ONLY_LIVE

    def test_with_nothing_chosen_it_answers_the_same_kind(self, one: Asked, desk: Desk) -> None:
        types, rows = desk.answer(one, desk.looking(one.board, (), ""))

        assert [] == faults(one, types, rows)

    def test_with_nasty_values_it_answers_the_same_kind_and_nothing_else(self, one: Asked, desk: Desk) -> None:
        types, rows = desk.answer(one, desk.looking(one.board, NASTY, NASTY[-1]))

        assert [] == faults(one, types, rows)
        if one.what == "panel" and "{org" in one.sql and one.panel is not None and one.panel["type"] == "table":
            assert [] == rows


@pytest.mark.parametrize("name", ["region", "org", "task", "rule"])
def test_the_values_offered_can_be_chosen_again(name: str, desk: Desk) -> None:
    one = next(each for each in ASKED if each.what == "variable" and each.name == name)
    _, rows = desk.answer(one, desk.looking(one.board, ALL, ""))
    offered = [row["value"] for row in rows]

    assert len(offered) == len(set(offered)) > 1
    assert all(row["text"] for row in rows)


def test_agencies_follow_the_region_and_matters_the_agency(desk: Desk) -> None:
    def offered(name: str, **values: Value) -> set[str]:
        one = next(each for each in ASKED if each.what == "variable" and each.name == name)
        looking = desk.looking(one.board, ALL, "")
        _, rows = desk.answer(one, Chosen({**looking.values, **values}, looking.start, looking.end))
        return {row["value"] for row in rows}

    regions = offered("region")
    parts = [offered("org", region=[region]) for region in sorted(regions)]
    agency = min(offered("org"))

    assert offered("org") == set.union(*parts)
    assert sum(map(len, parts)) == len(offered("org"))
    found = desk.city.ask("SELECT task_code FROM v_matter WHERE org_code = {org:String}", org=agency)
    assert {row["task_code"] for row in found} == offered("task", org=[agency])
