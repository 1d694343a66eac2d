"""Every query of every dashboard, taken from the JSON Grafana gets, and what its answer must look like."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.grafana.board import Place, dashboard
from dashboards.screens import SCREENS

CONVERTIBLE = re.compile(
    r"^(?:LowCardinality\()?(?:Nullable\()?"
    r"(U?Int(?:8|16|32|64)|Float(?:32|64)|Decimal\(.*\)|String|FixedString\(\d+\)|Bool|Date|Date32"
    r"|DateTime(?:\('[^']+'\))?|DateTime64\(\d(?:, '[^']+')?\)|Enum(?:8|16)\(.*\))\)*$"
)
"""Types the plugin has a converter for."""
ZONED = re.compile(r"^(?:Nullable\()?DateTime(?:64\(\d, 'Asia/Shanghai'\)|\('Asia/Shanghai'\))\)?$")
NUMBER = re.compile(r"^(?:LowCardinality\()?(?:Nullable\()?(?:U?Int|Float|Decimal)")
WORD = re.compile(r"^(?:LowCardinality\()?(?:Nullable\()?(?:String|Enum|FixedString)")

BOARDS: Mapping[str, Mapping[str, Any]] = {one.key: dashboard(one, Place()).json_value() for one in SCREENS}


@dataclass(frozen=True)
class Asked:
    """A query: of which dashboard, whose, as it stands in the JSON."""

    board: str
    what: str
    name: str
    sql: str
    panel: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.board}-{self.what}-{self.name}"


def asked() -> Iterator[Asked]:
    """Yield every query of every dashboard."""
    for key, board in BOARDS.items():
        for panel in board["panels"]:
            for target in panel["targets"]:
                yield Asked(key, "panel", panel["title"], target["rawSql"], panel)
        for variable in board["templating"]["list"]:
            if variable["type"] == "query":
                yield Asked(key, "variable", variable["name"], variable["query"])
        for annotation in board["annotations"]["list"]:
            yield Asked(key, "annotation", annotation["name"], annotation["target"]["rawSql"])


ASKED: Sequence[Asked] = tuple({(one.sql, one.what, one.name): one for one in asked()}.values())
"""Variables and annotations that many dashboards share stand once."""

Types = Mapping[str, str]
Rows = Sequence[Mapping[str, Any]]


def faults(one: Asked, types: Types, rows: Rows) -> list[str]:
    """Return what is wrong with an answer for whoever asked; empty where nothing is."""
    found = [f"{name}: no converter for {kind}" for name, kind in types.items() if not CONVERTIBLE.match(kind)]
    found += [f"{name}: an instant without a zone, {kind}" for name, kind in types.items() if _zoneless(kind)]
    if one.panel is not None:
        found += _of_panel(one.panel, types, rows)
    elif one.what == "variable":
        found += _of_variable(types)
    else:
        found += [f"no column {name}" for name in ("time", "title", "text", "tags") if name not in types]
        found += _time_first(types, rows)
    return found


def _zoneless(kind: str) -> bool:
    return "DateTime" in kind and not ZONED.match(kind)


def _of_panel(panel: Mapping[str, Any], types: Types, rows: Rows) -> list[str]:
    names = list(types)
    described = [one["matcher"]["options"] for one in panel["fieldConfig"]["overrides"]]
    found = [f"{name}: described, but not answered" for name in described if name not in types]
    found += [f"{name}: answered, but not described" for name in names if name not in described]
    match panel["type"]:
        case "stat":
            found += [] if len(rows) == 1 else [f"{len(rows)} rows"]
            found += [f"{name}: no number, {kind}" for name, kind in types.items() if not NUMBER.match(kind)]
        case "timeseries":
            found += _time_first(types, rows)
            found += [f"{name}: no number" for name in names[1:] if not NUMBER.match(types[name])]
            found += [] if len(names) > 1 else ["no numbers"]
        case "state-timeline":
            found += _time_first(types, rows)
            found += [f"{name}: no word" for name in names[1:] if not WORD.match(types[name])]
        case "barchart":
            found += [] if names[0] == panel["options"]["xField"] and WORD.match(types[names[0]]) else ["no label"]
            found += [f"{name}: no number" for name in names[1:] if not NUMBER.match(types[name])]
        case "table":
            found += [f"{name}: a bar of no number" for name in _bars(panel) if not NUMBER.match(types[name])]
        case other:
            found.append(f"a panel of a kind unknown here: {other}")
    return found


def _bars(panel: Mapping[str, Any]) -> list[str]:
    return [
        one["matcher"]["options"]
        for one in panel["fieldConfig"]["overrides"]
        if {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}
        in [each["value"] for each in one["properties"]]
    ]


def _time_first(types: Types, rows: Rows) -> list[str]:
    """Grafana refuses series whose time is not the first column, and not ascending."""
    first = next(iter(types), "")
    if first != "time" or not ZONED.match(types[first]):
        return [f"time is not first, or has no zone: {dict(types)}"]
    times = [row["time"] for row in rows]
    return [] if times == sorted(times) else ["times are not ascending"]


def _of_variable(types: Types) -> list[str]:
    """The plugin takes the first column for the value and the second for the text."""
    return [] if list(types) == ["value", "text"] and all(map(WORD.match, types.values())) else [f"{dict(types)}"]
