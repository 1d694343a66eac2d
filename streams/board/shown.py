"""A screen as the browser needs it: titles, columns, units, thresholds, links; no query."""

from collections.abc import Sequence
from typing import Any

from dashboards.grafana.panels import described
from dashboards.model.links import CARD_PATH, Link, ToCard
from dashboards.model.looks import Colour, Mapping, Step, Unit
from dashboards.model.panel import Column, Panel
from dashboards.model.screen import Choice, Listed, Screen, Typed, Variable
from streams.board.chosen import used

Json = dict[str, Any]
HOME = "overview"
"""The screen at the root."""
OF_CASE = "case"
"""The screen of one case, whose variable ``case`` stands in the path."""
LONGEST_REFRESH = 60


def screen_data(screen: Screen) -> Json:
    """Return what the scripts need of a screen."""
    return {
        "key": screen.key,
        "refresh": seconds(screen.refresh),
        "panels": [_panel(one) for one in screen.panels],
        "annotations": bool(screen.annotations),
    }


def offered(screen: Screen) -> tuple[Variable, ...]:
    """Return the variables worth a form control: those some panel asks for; never the case, which has an address."""
    asked = used(screen)
    return tuple(one for one in screen.variables if one.name in asked and not isinstance(one, Typed))


def screen_path(key: str) -> str:
    """Return the address of a screen."""
    return "/" if key == HOME else f"/screen/{key}"


def short_title(screen: Screen) -> str:
    """Return the title without what all titles begin with."""
    return screen.title.rpartition(" · ")[2]


def variable_data(variable: Variable) -> Json:
    """Return what the scripts need of a form control: the values of a fixed list, else what it follows."""
    match variable:
        case Listed():
            return {"options": [[one.value, one.text] for one in variable.options]}
        case Choice():
            return {"follows": list(variable.query.parameters())}
        case _:
            return {}


def seconds(written: str) -> int:
    """Return how often to ask again, in seconds."""
    unit = {"s": 1, "m": 60, "h": 3600}[written[-1]]
    return min(int(written[:-1]) * unit, LONGEST_REFRESH)


def described_as(panel: Panel) -> str:
    """Return what a panel shows, its thresholds in words after it."""
    return described(panel)


def colour_name(colour: Colour) -> str:
    """Return the name a colour has in the style sheet."""
    return colour.name.lower()


def _panel(panel: Panel) -> Json:
    return {
        "id": panel.id,
        "kind": panel.kind.value,
        "title": panel.title,
        "empty": panel.empty,
        "day": panel.day,
        "columns": [_column(one, panel) for one in panel.columns],
        "links": [_link(one) for one in panel.links],
    }


def _column(column: Column, panel: Panel) -> Json:
    """Return a column; what it does not say itself, its panel says."""
    given = {
        "name": column.name,
        "title": column.title,
        "unit": (column.unit if column.unit is not Unit.NONE else panel.unit).value,
        "decimals": column.decimals if column.decimals is not None else panel.decimals,
        "hidden": column.hidden,
        "width": column.width,
        "bar": column.bar,
        "colour": colour_name(column.colour) if column.colour else None,
        "steps": _steps(column.steps or panel.steps),
        "mappings": [_mapping(one) for one in column.mappings or panel.mappings],
        "links": [_link(one) for one in column.links],
    }
    return {name: value for name, value in given.items() if value not in (None, False, "", [])}


def _steps(steps: Sequence[Step]) -> list[list[Any]]:
    return [[None if one.at == float("-inf") else one.at, colour_name(one.colour)] for one in steps]


def _mapping(mapping: Mapping) -> Json:
    said: Json = {"value": mapping.value, "text": mapping.text}
    return said | ({"colour": colour_name(mapping.colour)} if mapping.colour else {})


def _link(link: Link) -> Json:
    """Return where a link leads: a path with a cell at its end, or an address whose variables are cells."""
    if isinstance(link, ToCard):
        return {"title": link.title, "path": CARD_PATH, "cell": link.column}
    if link.screen == OF_CASE and "case" in link.cells:
        return {"title": link.title, "path": "/case/", "cell": link.cells["case"]}
    return {
        "title": link.title,
        "path": screen_path(link.screen),
        "cells": dict(link.cells),
        "fixed": dict(link.fixed),
        "span": list(link.span) if link.span else None,
    }
