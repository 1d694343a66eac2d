"""The schema of a cluster, rendered statement by statement from the one of a single server.

A table becomes two: ``NAME_local``, replicated, with the rows of its shard, and ``NAME``, distributed, which is what
everybody reads and writes. All rows of a case, or of a card, lie in one shard, so that the later row of a key is found
(``FINAL`` works within a shard). Small tables, names and law, lie whole on every server under their own name. Servers
need the macros ``shard`` and ``replica``. No cluster was at hand to run this on: the tests compare it as text.
"""

import re

LOCAL = "_local"
_NAME = r"(?P<name>\w+)"
_CREATE = re.compile(rf"CREATE TABLE (?P<unless>IF NOT EXISTS )?{_NAME}(?: AS (?P<like>\w+))?(?P<body>.*)", re.DOTALL)
_ENGINE = re.compile(r"ENGINE = (?P<engine>\w*MergeTree)(?:\((?P<arguments>[^)]*)\))?")
_ORDER = re.compile(r"ORDER BY (?:\((?P<many>[^)]*)\)|(?P<one>\w+))")
_ALTER = re.compile(rf"ALTER TABLE {_NAME}(?P<change>\s.*)", re.DOTALL)
_OF_ROWS = re.compile(r"MODIFY SETTING|ADD INDEX")
"""Changes of how rows are kept: nothing a table that holds none could be told."""
_DROP = re.compile(rf"DROP TABLE (?P<perhaps>IF EXISTS )?{_NAME}(?P<rest>.*)", re.DOTALL)
_EXCHANGE = re.compile(r"EXCHANGE TABLES (?P<one>\w+) AND (?P<other>\w+)")
_ROWS = re.compile(r"INSERT INTO \w+.*", re.DOTALL)
_WHOLE = re.compile(r"dim_\w+|run|schema_\w+")
_COMMENTS = re.compile(r"\A(?:\s*--[^\n]*\n)*\s*")


class NotRendered(ValueError):
    """A statement of a migration has no form for a cluster: a fault of whoever wrote it."""


def on_cluster(statement: str, cluster: str) -> tuple[str, ...]:
    """Return the statements that do on a cluster what one statement does on a server, in order."""
    text = _COMMENTS.sub("", statement)
    on = f"ON CLUSTER {_identifier(cluster)}"
    if found := _CREATE.fullmatch(text):
        return _created(found, on, cluster)
    if found := _ALTER.fullmatch(text):
        name, change = found["name"], found["change"]
        both = () if _OF_ROWS.search(change) or is_whole(name) else (f"ALTER TABLE {name} {on}{change}",)
        return (f"ALTER TABLE {local(name)} {on}{change}", *both)
    if found := _DROP.fullmatch(text):
        perhaps, name, rest = found["perhaps"] or "", found["name"], found["rest"]
        both = () if is_whole(name) else (f"DROP TABLE {perhaps}{name} {on}{rest}",)
        return (*both, f"DROP TABLE {perhaps}{local(name)} {on}{rest} SYNC")
    if found := _EXCHANGE.fullmatch(text):
        return (f"EXCHANGE TABLES {local(found['one'])} AND {local(found['other'])} {on}",)
    if _ROWS.fullmatch(text):
        return (text,)
    raise NotRendered(f"no form for a cluster: {text[:60]}")


def is_whole(table: str) -> bool:
    """Return whether a table lies whole on every server."""
    return _WHOLE.fullmatch(table) is not None


def local(table: str) -> str:
    """Return the name of the table that holds the rows of a server."""
    return table if is_whole(table) else f"{table}{LOCAL}"


def _created(found: re.Match[str], on: str, cluster: str) -> tuple[str, ...]:
    name, like = found["name"], f" AS {local(found['like'])}" if found["like"] else ""
    engine, order = _ENGINE.search(found["body"]), _ORDER.search(found["body"])
    if engine is None or order is None:
        raise NotRendered(f"table {name} has no engine of the MergeTree family, or no order")
    given = [engine["arguments"]] if engine["arguments"] else []
    where = [f"'/clickhouse/tables/{{database}}/{name}'", "'{shard}-{replica}'"] if is_whole(name) else []
    replicated = f"ENGINE = Replicated{engine['engine']}({', '.join([*where, *given])})"
    body = found["body"][: engine.start()] + replicated + found["body"][engine.end() :]
    unless = found["unless"] or ""
    held = f"CREATE TABLE {unless}{local(name)} {on}{like}{body}"
    if is_whole(name):
        return (held,)
    spread = f"Distributed({_identifier(cluster)}, currentDatabase(), {local(name)}, {_shard(order)})"
    return held, f"CREATE TABLE {unless}{name} {on} AS {local(name)} ENGINE = {spread}"


def _shard(order: re.Match[str]) -> str:
    columns = [one.strip() for one in (order["many"] or order["one"]).split(",")]
    key = next((one for one in ("case_id", "card_id") if one in columns), None)
    return f"cityHash64({key or ', '.join(columns)})"


def _identifier(name: str) -> str:
    if re.fullmatch(r"[A-Za-z_][\w-]*", name, re.ASCII) is None:
        raise NotRendered(f"no name of a cluster: {name!r}")
    return f"`{name}`"
