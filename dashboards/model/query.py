"""A query: ClickHouse SQL over views, with the database's own typed parameters.

``{org:Array(String)}`` is what was chosen of a variable, empty for all of it; ``{case:String}`` is one value; the time
range is ``{from:…}`` to ``{to:…}``, and ``{bucket:UInt32}`` the width of a time step in seconds. So the text runs as it
stands wherever parameters are bound (the board, ``clickhouse-client --param_org``); Grafana's form is derived from it.
"""

import re

from pydantic import field_validator

from dashboards.model.base import Model

MANY = "Array(String)"
ONE = "String"
INSTANT = "DateTime64(3, 'Asia/Shanghai')"
SECONDS = "UInt32"
FROM, TO, BUCKET = f"{{from:{INSTANT}}}", f"{{to:{INSTANT}}}", f"{{bucket:{SECONDS}}}"
TIMES = {"from": INSTANT, "to": INSTANT, "bucket": SECONDS}
"""The parameters every query may use, with their types; all others are variables of the screen."""

PARAMETER = re.compile(r"\{(\w+):([^{}]+)\}")
_READ = re.compile(r"\b(?:FROM|(?<!ARRAY )JOIN)\s+([\w.]+)", re.IGNORECASE)


class Query(Model):
    """One SELECT over views."""

    sql: str

    @field_validator("sql")
    @classmethod
    def _plain(cls, sql: str) -> str:
        """Return the text without indentation; ValueError where it holds what Grafana would read as its own."""
        lines = [line.strip() for line in sql.strip().splitlines()]
        text = "\n".join(line for line in lines if line)
        for mark in ("$", "[[", ";", "--"):
            if mark in text:
                raise ValueError(f"{mark!r} means something else to Grafana or ends the statement: {text[:80]}")
        if not re.match(r"(?i)(SELECT|WITH)\b", text):
            raise ValueError(f"a query begins with SELECT or WITH: {text[:80]}")
        return text

    def parameters(self) -> dict[str, str]:
        """Return the parameters used, with their types."""
        return {name: kind.strip() for name, kind in PARAMETER.findall(self.sql)}

    def sources(self) -> frozenset[str]:
        """Return the names the query reads from: views, and what it names itself in WITH."""
        return frozenset(_READ.findall(self.sql))


def chosen(column: str, variable: str) -> str:
    """Return the condition that a column holds one of the values chosen, any where none is."""
    many = f"{{{variable}:{MANY}}}"
    return f"(empty({many}) OR {column} IN {many})"


def within(column: str) -> str:
    """Return the condition that an instant lies in the time range, the end excluded."""
    return f"({column} >= {FROM} AND {column} < {TO})"
