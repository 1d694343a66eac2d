"""What screens and analysts read: one view a file, ``v_NAME.sql``. Tables are for the program alone.

A file begins with four comments (title, 粒度 grain, 时效 freshness, 示例 an example), then the statement; every column
has its type and its comment. Views run with the rights of who made them, so a reader needs no right to any table.
Made anew after the migrations wherever their text changed, in an order in which each finds those it reads.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from importlib.resources import files

import msgspec

from sinks.clickhouse.database import Database, quoted

INTERNAL = "_internal"
"""Ends the names of views that say who did something: for a role of their own."""

_HEADER = re.compile(r"-- (?P<title>.+)\n-- 粒度：(?P<grain>.+)\n-- 时效：(?P<fresh>.+)\n-- 示例：(?P<example>.+)\n")
_COLUMN = re.compile(r"^ {4}(?P<name>\w+) +(?P<type>\S.*?) +COMMENT '(?P<comment>[^']+)',?$", re.MULTILINE)
_NAMES = re.compile(r"\bv_\w+")
_MADE = """
CREATE TABLE IF NOT EXISTS schema_view
(
    name      String                         COMMENT '视图名',
    checksum  String                         COMMENT '定义的 SHA-256，十六进制',
    made_at   DateTime64(6, 'Asia/Shanghai') DEFAULT now64(6) COMMENT '建立时间'
)
ENGINE = ReplacingMergeTree(made_at)
ORDER BY name
COMMENT '已建立的视图'
"""


class ViewColumn(msgspec.Struct, frozen=True):
    """A column of a view: its type in the database, its Chinese name with unit and meaning."""

    name: str
    type: str
    comment: str


class View(msgspec.Struct, frozen=True, dict=True):
    """A view (视图) as its file has it."""

    name: str
    text: str

    @property
    def title(self) -> str:
        """Return the Chinese title."""
        return self._header["title"]

    @property
    def grain(self) -> str:
        """Return what one row is."""
        return self._header["grain"]

    @property
    def freshness(self) -> str:
        """Return how old what it says may be."""
        return self._header["fresh"]

    @property
    def example(self) -> str:
        """Return a query over it."""
        return self._header["example"]

    @property
    def internal(self) -> bool:
        """Return whether it is for a role of its own."""
        return self.name.endswith(INTERNAL)

    @cached_property
    def columns(self) -> tuple[ViewColumn, ...]:
        """Return the columns, in order."""
        declared = self.text.partition("\n)\nAS\n")[0]
        return tuple(ViewColumn(one["name"], one["type"], one["comment"]) for one in _COLUMN.finditer(declared))

    @cached_property
    def reads(self) -> frozenset[str]:
        """Return the names of the views it reads."""
        return frozenset(_NAMES.findall(self.text.partition("\n)\nAS\n")[2])) - {self.name}

    @property
    def checksum(self) -> str:
        """Return the SHA-256 of what is run, hexadecimal."""
        return sha256(self.statement().encode()).hexdigest()

    def statement(self, cluster: str | None = None) -> str:
        """Return the statement that makes the view, on every server of a cluster where one is named."""
        on = f" ON CLUSTER {cluster}" if cluster else ""
        declared, _, query = self.text[self._header.end() :].partition("\n)\nAS\n")
        head = declared.replace(f"VIEW {self.name}", f"VIEW {self.name}{on}", 1)
        comment = quoted(f"{self.title}。粒度：{self.grain}")
        return f"{head}\n)\nDEFINER = CURRENT_USER SQL SECURITY DEFINER\nAS\n{query.rstrip()}\nCOMMENT {comment}"

    @cached_property
    def _header(self) -> re.Match[str]:
        found = _HEADER.match(self.text)
        if found is None:
            raise ValueError(f"{self.name}.sql does not begin with its four comments")
        return found


def shipped_views() -> tuple[View, ...]:
    """Return the views that come with the program, each after those it reads."""
    found = [
        View(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8"))
        for entry in files("sinks.clickhouse.views").iterdir()
        if entry.name.endswith(".sql")
    ]
    return in_order({view.name: view for view in sorted(found, key=lambda one: one.name)})


def in_order(views: Mapping[str, View]) -> tuple[View, ...]:
    """Return views so that each comes after those it reads; a ring among them is a ValueError."""
    placed: dict[str, View] = {}
    while len(placed) < len(views):
        ready = [one for one in views.values() if one.name not in placed and one.reads & views.keys() <= placed.keys()]
        if not ready:
            raise ValueError(f"views read each other in a ring: {sorted(views.keys() - placed.keys())}")
        placed.update((one.name, one) for one in ready)
    return tuple(placed.values())


def make_views(database: Database, views: Sequence[View], cluster: str | None = None) -> tuple[str, ...]:
    """Make the views that are not there as they should be, drop those there no longer are; return what was made."""
    database.run(_MADE)
    made = {row["name"]: row["checksum"] for row in database.table("SELECT * FROM schema_view FINAL").to_pylist()}
    todo = [one for one in views if made.get(one.name) != one.checksum]
    for one in todo:
        database.run(one.statement(cluster))
        _note(database, one.name, one.checksum)
    for name in _gone(made, views):
        database.run(f"DROP VIEW IF EXISTS {name}" + (f" ON CLUSTER {cluster}" if cluster else ""))
        _note(database, name, "")
    return tuple(one.name for one in todo)


def _gone(made: Mapping[str, str], views: Iterable[View]) -> list[str]:
    known = {one.name for one in views}
    return [name for name, checksum in made.items() if checksum and name not in known]


def _note(database: Database, name: str, checksum: str) -> None:
    database.run(
        "INSERT INTO schema_view (name, checksum) SELECT {name:String}, {checksum:String}",
        {"name": name, "checksum": checksum},
    )
