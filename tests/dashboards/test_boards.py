"""What holds for every dashboard Grafana gets: rules that are broken silently, and seen on the screen only."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import pytest

from dashboards.grafana.board import GENERATED, TAG
from dashboards.grafana.wire import PLUGIN
from dashboards.model.query import Query
from dashboards.screens import SCREENS, WALL
from tests.dashboards.asked import BOARDS

UIDS = {
    "jiancha-overview",
    "jiancha-cards",
    "jiancha-agency",
    "jiancha-item",
    "jiancha-case",
    "jiancha-charges",
    "jiancha-performance",
    "jiancha-quality",
    "jiancha-pipeline",
}
"""Addresses people keep: a uid that changes breaks them."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMON = {"datasource", "board", "region", "org", "task", "rule", "level"}

every_board = pytest.mark.parametrize("key", list(BOARDS))


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every object within a JSON value."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


def links(board: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield every data link with the panel it is on."""
    for panel in board["panels"]:
        for one in objects(panel["fieldConfig"]):
            for link in one.get("links") or ():
                yield panel, link["url"]
            if one.get("id") == "links":
                for link in one["value"]:
                    yield panel, link["url"]


def answered(panel: Mapping[str, Any]) -> set[str]:
    """Return the columns a panel describes."""
    return {one["matcher"]["options"] for one in panel["fieldConfig"]["overrides"]}


def test_addresses_stay() -> None:
    assert {board["uid"] for board in BOARDS.values()} == UIDS


def test_the_wall_shows_dashboards_that_need_nothing_typed() -> None:
    typed = {one.key for one in SCREENS if any(each.kind == "typed" for each in one.variables)}

    assert not typed & {one.key for one in WALL}


@every_board
class TestBoard:
    def test_its_head_is_as_grafana_11_5_wants_it(self, key: str) -> None:
        board = BOARDS[key]

        assert re.fullmatch(r"[a-z0-9-]{3,40}", board["uid"])
        assert "id" not in board
        assert (40, "Asia/Shanghai", False) == (board["schemaVersion"], board["timezone"], board["editable"])
        assert [TAG, GENERATED] == board["tags"]
        assert CHINESE.search(board["title"])
        assert CHINESE.search(board["description"])

    def test_panels_have_ids_of_their_own_and_do_not_overlap(self, key: str) -> None:
        panels = BOARDS[key]["panels"]
        places = [panel["gridPos"] for panel in panels]

        assert list(range(1, len(panels) + 1)) == [panel["id"] for panel in panels]
        assert len(panels) <= 12
        assert all(0 <= one["x"] and one["x"] + one["w"] <= 24 and one["w"] > 0 and one["h"] > 0 for one in places)
        for one, other in combinations(places, 2):
            apart = (
                one["x"] + one["w"] <= other["x"]
                or other["x"] + other["w"] <= one["x"]
                or one["y"] + one["h"] <= other["y"]
                or other["y"] + other["h"] <= one["y"]
            )
            assert apart

    def test_rows_of_panels_leave_no_hole(self, key: str) -> None:
        cells = sum(panel["gridPos"]["w"] * panel["gridPos"]["h"] for panel in BOARDS[key]["panels"])
        height = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in BOARDS[key]["panels"])

        assert 24 * height == cells

    def test_the_most_urgent_stands_top_left_and_says_when_it_is_urgent(self, key: str) -> None:
        first = next(
            panel for panel in BOARDS[key]["panels"] if (panel["gridPos"]["x"], panel["gridPos"]["y"]) == (0, 0)
        )

        assert "stat" == first["type"]
        coloured = len(first["fieldConfig"]["defaults"]["thresholds"]["steps"]) > 1
        assert coloured or first["fieldConfig"]["defaults"]["mappings"]

    def test_the_data_source_is_only_ever_the_variable(self, key: str) -> None:
        sources = [one["datasource"] for one in objects(BOARDS[key]) if "datasource" in one]

        assert sources
        assert all({"type": PLUGIN, "uid": "${datasource}"} == one for one in sources)

    def test_targets_have_the_shape_of_the_plugin(self, key: str) -> None:
        for panel in BOARDS[key]["panels"]:
            (target,) = panel["targets"]

            assert ("sql", "Asia/Shanghai") == (target["editorType"], target["meta"]["timezone"])
            assert {0: "timeseries", 1: "table"}[target["format"]] == target["queryType"]
            assert (panel["type"] == "timeseries") == (target["format"] == 0)

    def test_panels_say_by_which_version_they_are_written(self, key: str) -> None:
        """Grafana migrates those that do not, from versions long gone."""
        assert {"11.5.0"} == {panel["pluginVersion"] for panel in BOARDS[key]["panels"]}

    def test_everything_is_told_in_chinese(self, key: str) -> None:
        for panel in BOARDS[key]["panels"]:
            defaults = panel["fieldConfig"]["defaults"]

            assert CHINESE.search(panel["title"])
            assert CHINESE.search(panel["description"])
            assert CHINESE.search(defaults["noValue"])
            for override in panel["fieldConfig"]["overrides"]:
                wanted = {one["id"]: one["value"] for one in override["properties"]}
                assert CHINESE.search(wanted["displayName"]) or wanted.get("custom.hidden")
        for variable in BOARDS[key]["templating"]["list"]:
            assert CHINESE.search(variable["label"])

    def test_numbers_have_a_unit(self, key: str) -> None:
        for panel in BOARDS[key]["panels"]:
            if panel["type"] in {"stat", "timeseries", "barchart"}:
                assert panel["fieldConfig"]["defaults"]["unit"]

    def test_no_colour_speaks_alone(self, key: str) -> None:
        """Thresholds are written out in the description; a mapped colour comes with a word."""
        for panel in BOARDS[key]["panels"]:
            parts = objects(panel["fieldConfig"])
            stepped = [one for one in parts if one.get("mode") == "absolute" and len(one["steps"]) > 1]
            assert not stepped or "颜色：" in panel["description"]
            for one in objects(panel["fieldConfig"]):
                if "color" in one and "index" in one:
                    assert one["text"].strip()

    def test_the_first_step_of_thresholds_has_no_value(self, key: str) -> None:
        """Grafana takes the base step by its null; one that is left out is taken for zero."""
        for one in objects(BOARDS[key]["panels"]):
            if one.get("mode") == "absolute":
                values = [step["value"] for step in one["steps"]]
                assert values[0] is None
                assert values[1:] == sorted(values[1:])

    def test_it_has_the_common_variables_and_they_cascade(self, key: str) -> None:
        variables = {one["name"]: one for one in BOARDS[key]["templating"]["list"]}

        assert set(variables) - {"case"} == COMMON
        assert "${region:sqlstring}" in variables["org"]["query"]
        assert "${org:sqlstring}" in variables["task"]["query"]
        names = list(variables)
        assert names.index("region") < names.index("org") < names.index("task")

    def test_links_lead_somewhere_and_carry_what_they_promise(self, key: str) -> None:
        found = list(links(BOARDS[key]))
        for panel, url in found:
            cells = set(re.findall(r"\$\{__data\.fields\.(\w+):percentencode\}", url))
            assert cells <= answered(panel)
            if url.startswith("/d/"):
                uid = url.removeprefix("/d/").partition("?")[0]
                target = next(one for one in BOARDS.values() if one["uid"] == uid)
                names = {one["name"] for one in target["templating"]["list"]}
                assert set(re.findall(r"var-(\w+)=", url)) <= names
                assert set(re.findall(r"\$\{(\w+):queryparam\}", url)) <= names
            else:
                assert "${board:raw}/card/${__data.fields.card_id:percentencode}" == url

    def test_every_big_number_leads_to_what_stands_behind_it(self, key: str) -> None:
        for panel in BOARDS[key]["panels"]:
            if panel["type"] == "stat":
                assert panel["fieldConfig"]["defaults"]["links"], panel["title"]

    def test_every_card_in_a_table_leads_to_its_explanation(self, key: str) -> None:
        for panel in BOARDS[key]["panels"]:
            if "card_id" in answered(panel):
                assert any("/card/" in url for where, url in links(BOARDS[key]) if where is panel)

    def test_it_is_plain_json(self, key: str) -> None:
        assert json.loads(json.dumps(BOARDS[key], allow_nan=False)) == BOARDS[key]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.key)
def test_screens_read_views_and_name_every_column(screen: Any) -> None:
    for name, query in screen.queries():
        assert query.sources(), name
        assert not re.search(r"(?:SELECT|,|\.)\s*\*", query.sql), f"{name} takes columns it does not name"


@pytest.mark.parametrize(
    "sql",
    ["SELECT $__fromTime", "SELECT 1; DROP TABLE card", "DELETE FROM v_card", "SELECT 1 -- why", "SELECT [[1]]", ""],
)
def test_a_query_is_one_plain_select(sql: str) -> None:
    with pytest.raises(ValueError, match=r"SELECT|means something else"):
        Query(sql=sql)
