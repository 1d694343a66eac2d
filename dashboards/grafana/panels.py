"""Panels as Grafana draws them."""

from typing import Any, assert_never

from dashboards.grafana.fields import field_config
from dashboards.grafana.sql import plugin_sql
from dashboards.grafana.wire import GridPos, PanelJson, Target
from dashboards.model.looks import spoken
from dashboards.model.panel import Kind, Panel
from dashboards.model.query import Query

TYPES = {
    Kind.STAT: "stat",
    Kind.SERIES: "timeseries",
    Kind.TABLE: "table",
    Kind.RANKING: "table",
    Kind.BARS: "barchart",
    Kind.TIMELINE: "state-timeline",
}
_LEGEND = {"displayMode": "list", "placement": "bottom", "showLegend": True}


def panel_json(panel: Panel, number: int) -> PanelJson:
    """Return a panel; ``number`` is its id within the dashboard, from 1."""
    grid = panel.grid
    return PanelJson(
        id=number,
        type=TYPES[panel.kind],
        title=panel.title,
        description=described(panel),
        grid_pos=GridPos(h=grid.h, w=grid.w, x=grid.x, y=grid.y),
        field_config=field_config(panel),
        options=options(panel),
        targets=[target(panel.query, series=panel.kind is Kind.SERIES)],
        interval="1d" if panel.day else None,
    )


def described(panel: Panel) -> str:
    """Return what a panel shows, its thresholds in words after it."""
    said = [panel.description, spoken(panel.steps, panel.unit)]
    said += [f"{one.title}：{words}" for one in panel.columns if (words := spoken(one.steps, one.unit))]
    return "\n\n".join(part for part in said if part)


def target(query: Query, *, series: bool, name: str = "A") -> Target:
    """Return a query as the plugin's target, as a time series or as a table."""
    return Target(
        ref_id=name,
        query_type="timeseries" if series else "table",
        format=0 if series else 1,
        raw_sql=plugin_sql(query),
    )


def options(panel: Panel) -> dict[str, Any]:
    """Return the options of a panel of its kind."""
    match panel.kind:
        case Kind.STAT:
            return {
                "colorMode": "background" if panel.steps else "value",
                "graphMode": "none",
                "justifyMode": "center",
                "orientation": "auto",
                "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
                "showPercentChange": False,
                "textMode": "auto",
                "wideLayout": True,
            }
        case Kind.SERIES:
            return {"legend": _LEGEND | {"calcs": []}, "tooltip": {"mode": "multi", "sort": "desc"}}
        case Kind.TABLE | Kind.RANKING:
            return {"cellHeight": "sm", "footer": {"show": False, "reducer": ["sum"]}, "showHeader": True}
        case Kind.BARS:
            return {
                "barWidth": 0.9,
                "groupWidth": 0.8,
                "legend": _LEGEND | {"calcs": []},
                "orientation": "auto",
                "showValue": "auto",
                "stacking": "normal",
                "tooltip": {"mode": "multi", "sort": "desc"},
                "xField": panel.columns[0].name,
                "xTickLabelRotation": -45,
                "xTickLabelSpacing": 50,
            }
        case Kind.TIMELINE:
            return {
                "alignValue": "left",
                "legend": _LEGEND,
                "mergeValues": True,
                "rowHeight": 0.85,
                "showValue": "auto",
                "tooltip": {"mode": "single", "sort": "none"},
            }
        case _:
            assert_never(panel.kind)
