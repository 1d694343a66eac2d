"""The database as the store sees it, whichever it is: the engine in this process, or a server somewhere.

A connection serves one thread at a time; who wants another takes ``another()``.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from sinks.clickhouse.tables import Row, Table

DATABASE = "jiancha"
"""The database the embedded engine keeps its tables in, and the one of a server where its address names none."""

Param = str | int | None | Sequence[str]
"""A parameter of a statement, written in it as ``{name:Type}``."""


class Database(Protocol):
    """A connection to the database. A refused statement is StoreFailed; StoreAway says that trying again may help."""

    def run(self, statement: str, params: Mapping[str, Param] | None = None) -> None:
        """Run a statement that answers nothing."""
        ...

    def table(self, query: str, params: Mapping[str, Param] | None = None) -> pa.Table:
        """Return the whole answer of a query."""
        ...

    def batches(self, query: str, params: Mapping[str, Param] | None = None) -> Iterator[pa.RecordBatch]:
        """Return the answer of a query in pieces; until all are taken, this connection answers nothing else."""
        ...

    def load(self, table: Table, file: Path) -> None:
        """Insert the rows of an Arrow file, whether or not the same were inserted before."""
        ...

    def insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        """Insert rows and return when they can be queried and are kept; a second time under a token does nothing.

        Not one of the rows is there where this fails, or all of them are (``StoreAway``: it is not known which).
        """
        ...

    def forget(self, table: Table, run: str) -> None:
        """Remove the rows of a run from a table."""
        ...

    def another(self) -> "Database":
        """Return a second connection, for another thread."""
        ...

    def close(self) -> None:
        """Give the connection up."""
        ...


def quoted(text: str) -> str:
    """Return a string literal of the database."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
