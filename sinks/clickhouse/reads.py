"""Which tables and views a question reads, as the database itself resolves it."""

import re
from collections.abc import Collection

from sinks.clickhouse.database import Database
from sinks.clickhouse.guard import NotAllowed, question

_RESOLVED = re.compile(r"\btable_name: ([^\s,]+)")
_WRITTEN = re.compile(r"\bidentifier: ([^\s,]+)")
_FUNCTION = re.compile(r"\btable_function_name: (\w+)")
_HARMLESS = frozenset({"system.one", "numbers", "zeros", "values", "view", "generateSeries"})
_NO_SECRET = frozenset({"run"})
"""Tables whose name is a column of views too, and which hold nothing that is masked."""


def checked(database: Database, query: str, allowed: Collection[str]) -> str:
    """Return a query that reads nothing but what is allowed; NotAllowed names what else it would read.

    Twice looked at: as it is written, since what is constant is reckoned away before tables are resolved, and as it is
    resolved, since views and aliases have names of their own.
    """
    asked = question(query)
    if asked.form is not None:
        raise NotAllowed(62, "查询里不要写 FORMAT：用 --format")
    strange = (_names(database, asked.text) | _tables(database, asked.text)) - set(allowed) - _HARMLESS
    if strange:
        raise NotAllowed(497, f"不允许读 {'、'.join(sorted(strange))}")
    return asked.text


def _tables(database: Database, query: str) -> set[str]:
    """Return what a query reads, resolved."""
    tree = _tree(database, f"EXPLAIN QUERY TREE {query}")
    return {_short(name) for name in _RESOLVED.findall(tree)} | set(_FUNCTION.findall(tree))


def _names(database: Database, query: str) -> set[str]:
    """Return the tables a query names anywhere, and its table functions."""
    tree = _tree(database, f"EXPLAIN QUERY TREE run_passes = 0 {query}")
    known = {row["name"] for row in database.table("SHOW TABLES").to_pylist()} - _NO_SECRET
    return ({_short(name) for name in _WRITTEN.findall(tree)} & known) | set(_FUNCTION.findall(tree))


def _short(name: str) -> str:
    """Return a name without the database the store keeps its tables in."""
    base, _, table = name.replace("`", "").rpartition(".")
    return name.replace("`", "") if base == "system" else table


def _tree(database: Database, query: str) -> str:
    return "\n".join(str(row["explain"]) for row in database.table(query).to_pylist())
