"""A query in the plugin's form: each parameter becomes a variable or a macro.

Grafana's variables are text put into the query before the plugin sees it. ``sqlstring`` doubles the quotes of each
value and sets commas between them; "all" is told to be nothing at all (`ALL_VALUE`), so that the array is empty, which
every query of ours reads as "no restriction". So no macro of the browser's half of the plugin is needed, and alert
rules, which have only the server's half, could use the same text.
"""

from dashboards.model.query import BUCKET, FROM, MANY, PARAMETER, TO, Query

ALL_VALUE = "/* 全部 */"
"""What stands for a variable of which all is chosen: a comment, nothing to the database."""

_MACROS = {
    FROM: "toTimeZone($__fromTime_ms, 'Asia/Shanghai')",
    TO: "toTimeZone($__toTime_ms, 'Asia/Shanghai')",
    BUCKET: "$__interval_s",
}


def plugin_sql(query: Query) -> str:
    """Return the text of a query for the ClickHouse plugin."""
    text = query.sql
    for parameter, macro in _MACROS.items():
        text = text.replace(parameter, macro)
    return PARAMETER.sub(lambda found: _variable(found[1], found[2].strip()), text)


def _variable(name: str, kind: str) -> str:
    one = f"${{{name}:sqlstring}}"
    return f"CAST([{one}], 'Array(String)')" if kind == MANY else one
