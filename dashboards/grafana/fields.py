"""Fields as Grafana shows them: units, thresholds, mappings, links."""

from collections.abc import Sequence
from typing import Any

from dashboards.grafana.wire import FieldConfig, Override
from dashboards.model.links import CARD_PATH, Link, ToCard
from dashboards.model.looks import Colour, Mapping, Step, Unit
from dashboards.model.panel import Column, Kind, Panel

UID = "jiancha-{}"
"""Uid of the dashboard of a screen, by its key."""
BOARD = "board"
"""The hidden variable that holds the address of the board."""
KEPT = ("region", "org", "task", "rule", "level")
"""Variables that go along with a link unless it sets them itself."""

_UNITS = {
    Unit.SHARE: "percentunit",
    Unit.INSTANT: "time:YYYY-MM-DD HH:mm",
    Unit.DAY: "time:YYYY-MM-DD",
    Unit.NONE: "none",
}
Json = dict[str, Any]


def unit_id(unit: Unit) -> str:
    """Return Grafana's name of a unit."""
    return _UNITS.get(unit) or f"suffix: {unit.value}"


def thresholds(steps: Sequence[Step]) -> Json:
    """Return thresholds; without any, one calm colour."""
    given = steps or (Step(at=float("-inf"), colour=Colour.CALM),)
    return {
        "mode": "absolute",
        "steps": [
            {"color": step.colour.value, "value": None if step.at == float("-inf") else step.at} for step in given
        ],
    }


def mappings(pairs: Sequence[Mapping]) -> list[Json]:
    """Return value mappings; empty where there are none."""
    if not pairs:
        return []
    options = {
        pair.value: {"text": pair.text, "index": index} | ({"color": pair.colour.value} if pair.colour else {})
        for index, pair in enumerate(pairs)
    }
    return [{"type": "value", "options": options}]


def link_url(link: Link) -> str:
    """Return the address of a link, with Grafana's variables in it."""
    if isinstance(link, ToCard):
        return f"${{{BOARD}:raw}}{CARD_PATH}{_cell(link.column)}"
    query = [f"var-{name}={_cell(column)}" for name, column in link.cells.items()]
    query += [f"var-{name}={value}" for name, value in link.fixed.items()]
    query += [f"${{{name}:queryparam}}" for name in KEPT if name not in link.cells and name not in link.fixed]
    range_ = "${__url_time_range}"
    if link.span is not None:
        range_ = f"from={_cell(link.span[0])}&to={_cell(link.span[1])}"
    return f"/d/{UID.format(link.screen)}?{'&'.join(['${datasource:queryparam}', *query, range_])}"


def _cell(column: str) -> str:
    return f"${{__data.fields.{column}:percentencode}}"


def links(given: Sequence[Link]) -> list[Json]:
    """Return data links; the explanation of a card opens beside."""
    return [{"title": one.title, "url": link_url(one), "targetBlank": isinstance(one, ToCard)} for one in given]


def field_config(panel: Panel) -> FieldConfig:
    """Return the field configuration of a panel."""
    defaults: Json = {
        "noValue": panel.empty,
        "color": {"mode": "thresholds" if panel.kind is Kind.STAT or panel.steps else "palette-classic"},
        "thresholds": thresholds(panel.steps),
        "mappings": mappings(panel.mappings),
        "links": links(panel.links),
        "custom": _custom(panel),
    }
    if panel.kind in (Kind.STAT, Kind.SERIES, Kind.BARS):
        defaults["unit"] = unit_id(panel.unit)
        if panel.decimals is not None:
            defaults["decimals"] = panel.decimals
    return FieldConfig(defaults=defaults, overrides=[_override(panel, column) for column in panel.columns])


def _custom(panel: Panel) -> Json:
    match panel.kind:
        case Kind.SERIES if panel.day:
            return {
                "drawStyle": "bars",
                "fillOpacity": 80,
                "lineWidth": 1,
                "stacking": {"mode": "normal", "group": "A"},
                "barAlignment": 1,
            }
        case Kind.SERIES:
            return {"drawStyle": "line", "fillOpacity": 10, "lineWidth": 2, "spanNulls": True, "showPoints": "auto"}
        case Kind.BARS:
            return {"fillOpacity": 80, "lineWidth": 1}
        case Kind.TIMELINE:
            return {"fillOpacity": 75, "lineWidth": 1, "spanNulls": False}
        case Kind.TABLE | Kind.RANKING:
            return {"align": "auto", "cellOptions": {"type": "auto"}, "filterable": False, "inspect": False}
        case _:
            return {}


def _override(panel: Panel, column: Column) -> Override:
    wanted: Json = {"displayName": column.title}
    if column.unit is not Unit.NONE:
        wanted["unit"] = unit_id(column.unit)
    if column.decimals is not None:
        wanted["decimals"] = column.decimals
    if column.steps:
        wanted["thresholds"] = thresholds(column.steps)
        wanted["color"] = {"mode": "thresholds"}
    if column.colour is not None:
        wanted["color"] = {"mode": "fixed", "fixedColor": column.colour.value}
    if column.mappings:
        wanted["mappings"] = mappings(column.mappings)
    if column.links:
        wanted["links"] = links(column.links)
    if panel.kind in (Kind.TABLE, Kind.RANKING):
        wanted |= _in_table(column)
    elif column.hidden:
        wanted["custom.hideFrom"] = {"legend": True, "tooltip": True, "viz": True}
    return Override(
        matcher={"id": "byName", "options": column.name},
        properties=[{"id": name, "value": value} for name, value in wanted.items()],
    )


def _in_table(column: Column) -> Json:
    wanted: Json = {}
    if column.hidden:
        wanted["custom.hidden"] = True
    if column.width is not None:
        wanted["custom.width"] = column.width
    if column.bar:
        wanted["custom.cellOptions"] = {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}
        wanted["min"] = 0
    elif column.steps or any(pair.colour for pair in column.mappings):
        wanted["custom.cellOptions"] = {"type": "color-text"}
    return wanted
