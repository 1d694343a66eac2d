"""A query expanded as Grafana 11.5 and the ClickHouse plugin 4.14 do before it reaches the database.

First the browser: variables (``$name``, ``${name:format}``, ``[[name]]``), then the plugin's ``$__conditionalAll``.
Then the server: the plugin's macros. What neither knows stays as it is, and the caller finds a ``$`` left over.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

ALL = "$__all"
Value = str | Sequence[str]

_VARIABLE = re.compile(r"\$\{(\w+)(?::(\w+))?\}|\[\[(\w+)(?::(\w+))?\]\]|\$(\w+)")
_CONDITIONAL = "$__conditionalAll("


@dataclass(frozen=True)
class Chosen:
    """What somebody looks at: values of variables by name (ALL for all), time range in milliseconds, seconds a step."""

    values: Mapping[str, Value]
    start: int
    end: int
    step: int = 60


def expanded(text: str, dashboard: Mapping[str, Any], chosen: Chosen) -> str:
    """Return a query of a dashboard as it reaches the database."""
    variables = {one["name"]: one for one in dashboard["templating"]["list"]}
    return served(browsed(text, variables, chosen), chosen)


def browsed(text: str, variables: Mapping[str, Any], chosen: Chosen) -> str:
    """Return a text as the browser sends it to the server."""

    def put(found: re.Match[str]) -> str:
        name, form = (found[1] or found[3] or found[5]), (found[2] or found[4] or "")
        if name not in variables:
            return found[0]
        return _formatted(variables[name], chosen.values.get(name, ""), form)

    return _VARIABLE.sub(put, _conditions(text, chosen))


def _formatted(variable: Mapping[str, Any], value: Value, form: str) -> str:
    if value == ALL or (not isinstance(value, str) and list(value) == [ALL]):
        if variable.get("allValue") and form != "queryparam":
            return str(variable["allValue"])  # as it stands, without any format
        if form == "queryparam":
            return f"var-{variable['name']}=All"
        value = [one["value"] for one in variable.get("options") or ()]
    many = [value] if isinstance(value, str) else list(value)
    match form:
        case "sqlstring":
            return ",".join("'" + one.replace("'", "''") + "'" for one in many)
        case "singlequote":
            return ",".join("'" + one.replace("'", "\\'") + "'" for one in many)
        case "queryparam":
            return "&".join(f"var-{variable['name']}={quote(one, safe='')}" for one in many)
        case "percentencode":
            return quote(many[0] if len(many) == 1 else "{" + ",".join(many) + "}", safe="")
        case "json":
            return json.dumps(many)
        case "raw" | "csv":
            return ",".join(many)
        case "":
            return value if isinstance(value, str) else "'" + "','".join(many) + "'"  # the plugin's own
        case _:
            raise AssertionError(f"a format this project does not use: {form}")


def _conditions(text: str, chosen: Chosen) -> str:
    while (at := text.rfind(_CONDITIONAL)) != -1:
        end, depth, comma = at + len(_CONDITIONAL), 1, -1
        while depth:
            mark = text[end]
            depth += {"(": 1, ")": -1}.get(mark, 0)
            comma = end if mark == "," and depth == 1 else comma
            end += 1
        name = text[comma + 1 : end - 1].strip().strip("${}")
        value = chosen.values.get(name, "")
        phrase = "1=1" if value in ("", ALL) else text[at + len(_CONDITIONAL) : comma]
        text = text[:at] + phrase + text[end:]
    return text


def served(text: str, chosen: Chosen) -> str:
    """Return a text as the server sends it to the database; alert rules pass only through here."""
    for name, macro in _macros(chosen).items():
        text = _replaced(text, name, macro)
    return text


def _replaced(text: str, name: str, macro: Callable[[str], str]) -> str:
    return re.sub(rf"\$__{name}\b(?:\((.*?)\))?", lambda found: macro(found[1] or ""), text)


def _macros(chosen: Chosen) -> Mapping[str, Callable[[str], str]]:
    start, end = f"toDateTime({chosen.start // 1000})", f"toDateTime({chosen.end // 1000})"
    start_ms, end_ms = f"fromUnixTimestamp64Milli({chosen.start})", f"fromUnixTimestamp64Milli({chosen.end})"
    first, last = (datetime.fromtimestamp(at / 1000, tz=UTC).date() for at in (chosen.start, chosen.end))
    return {
        "fromTime": lambda _: start,
        "toTime": lambda _: end,
        "fromTime_ms": lambda _: start_ms,
        "toTime_ms": lambda _: end_ms,
        "timeFilter": lambda one: f"{one} >= {start} AND {one} <= {end}",
        "timeFilter_ms": lambda one: f"{one} >= {start_ms} AND {one} <= {end_ms}",
        "dateFilter": lambda one: f"{one} >= toDate('{first}') AND {one} <= toDate('{last}')",
        "timeInterval": lambda one: f"toStartOfInterval(toDateTime({one}), INTERVAL {chosen.step} second)",
        "interval_s": lambda _: str(chosen.step),
    }
