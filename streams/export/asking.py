"""A view, or a file with a query, asked of the store in pieces, as a role may see it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from sinks.clickhouse.database import Database
from sinks.clickhouse.guard import NotAllowed
from sinks.clickhouse.reads import checked
from sinks.clickhouse.roles import CUSTODY
from sinks.clickhouse.views import View, shipped_views
from streams.export.roles import ROLE_NAMES, Role, readable

_QUESTION = re.compile(r"-- 问：(?P<question>.+)")
_TITLE_ENDS = re.compile("[，：；]")


class Refused(ValueError):
    """What was asked for cannot be exported; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: its name, the Chinese one, what it means."""

    name: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its title, columns, Arrow schema, and rows that are asked for while they are taken."""

    title: str
    columns: tuple[Column, ...]
    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


def ask(database: Database, what: str, role: Role) -> Answer:
    """Return the answer to a view's name or a file with one query; Refused where there is none or the role forbids it.

    Until all rows are taken, the connection answers nothing else.
    """
    views = {view.name: view for view in shipped_views()}
    title, query = _query_of(what, views)
    try:
        query = checked(database, query, readable(role, tuple(views.values())))
    except NotAllowed as error:
        raise Refused(f"{what}：{error}。当前角色：{ROLE_NAMES[role]}；--role 可换") from None
    schema = database.table(f"SELECT * FROM ({query}\n) LIMIT 0").schema  # noqa: S608 - checked above
    named = {column.name: column.comment for view in _used(query, views) for column in view.columns}
    columns = tuple(_column(name, named) for name in schema.names)
    return Answer(title, columns, schema, database.batches(query))


def _query_of(what: str, views: Mapping[str, View]) -> tuple[str, str]:
    """Return title and text of the query."""
    if what in views or what in CUSTODY:
        return views[what].title if what in views else what, f"SELECT * FROM {what}"  # noqa: S608 - one of ours
    path = Path(what)
    if not path.is_file():
        raise Refused(f"没有视图或查询文件「{what}」；视图见 docs/data-dictionary.md")
    text = path.read_text(encoding="utf-8")
    found = _QUESTION.search(text)
    return (found["question"].strip() if found is not None else path.stem), text


def _used(query: str, views: Mapping[str, View]) -> Sequence[View]:
    return [views[name] for name in re.findall(r"\bv_\w+", query) if name in views]


def _column(name: str, comments: Mapping[str, str]) -> Column:
    meaning = comments.get(name, "")
    return Column(name, _TITLE_ENDS.split(meaning, maxsplit=1)[0] or name, meaning)


def rows_of(answer: Answer) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of an answer as Python values."""
    for batch in answer.batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
