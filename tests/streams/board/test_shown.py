import json
from typing import Any

import pytest

from dashboards.model.looks import Colour
from dashboards.screens import BY_KEY, SCREENS
from streams.board.files import luminance, shipped
from streams.board.shown import offered, screen_data, screen_path, seconds

CONTRAST = 4.5
"""What WCAG 2 asks between letters and ground (AA)."""


def column(data: dict[str, Any], panel: str, name: str) -> dict[str, Any]:
    panels = {one["id"]: one for one in data["panels"]}
    found: dict[str, Any] = next(one for one in panels[panel]["columns"] if one["name"] == name)
    return found


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.key)
def test_no_query_reaches_the_browser(screen: Any) -> None:
    written = json.dumps(screen_data(screen), ensure_ascii=False)

    assert "SELECT" not in written
    assert "v_card" not in written
    assert [one.id for one in screen.panels] == [one["id"] for one in json.loads(written)["panels"]]


def test_a_card_leads_to_its_explanation_and_a_case_to_its_page() -> None:
    data = screen_data(BY_KEY["overview"])

    (card,) = column(data, "first-to-answer", "card_id")["links"]
    (case,) = column(data, "first-to-answer", "case_id")["links"]
    assert ("/card/", "card_id") == (card["path"], card["cell"])
    assert ("/case/", "case_id") == (case["path"], case["cell"])


def test_a_row_leads_to_a_screen_with_its_variable_set() -> None:
    (link,) = column(screen_data(BY_KEY["overview"]), "agencies", "org")["links"]

    assert ("/screen/agency", {"org": "org_code"}) == (link["path"], link["cells"])


def test_thresholds_keep_their_order_and_the_lowest_has_no_bound() -> None:
    data = screen_data(BY_KEY["overview"])

    assert [[None, "good"], [1, "yellow"], [10, "red"]] == column(data, "overdue", "n")["steps"]


def test_a_screen_offers_what_its_panels_ask_for() -> None:
    assert ["region", "org", "task", "rule", "level"] == [one.name for one in offered(BY_KEY["cards"])]
    assert "case" not in [one.name for one in offered(BY_KEY["case"])]


@pytest.mark.parametrize(("written", "expected"), [("10s", 10), ("1m", 60), ("1h", 60)])
def test_a_screen_is_asked_again_at_least_every_minute(written: str, expected: int) -> None:
    assert expected == seconds(written)


def test_the_overview_is_at_the_root() -> None:
    assert ("/", "/screen/cards") == (screen_path("overview"), screen_path("cards"))


@pytest.mark.parametrize("colour", Colour)
def test_letters_can_be_read_on_every_colour(colour: Colour) -> None:
    on = 0.0 if f"--on-{colour.name.lower()}: #000" in shipped()["look.css"].content.decode() else 1.0

    dark, light = sorted((luminance(colour), on))
    assert CONTRAST <= (light + 0.05) / (dark + 0.05)


def test_every_width_and_height_of_a_panel_has_its_style() -> None:
    look = shipped()["look.css"].content.decode()

    for screen in SCREENS:
        for panel in screen.panels:
            assert f".w{panel.grid.w} " in look
            assert f".h{panel.grid.h} " in look


def test_scripts_and_styles_name_no_place_elsewhere() -> None:
    for name, file in shipped().items():
        text = file.content.decode().replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, name
        assert "eval(" not in text, name
        assert "innerHTML" not in text, name


def test_a_changed_file_has_another_tag() -> None:
    tags = [one.etag for one in shipped().values()]

    assert len(tags) == len(set(tags)) > 10
