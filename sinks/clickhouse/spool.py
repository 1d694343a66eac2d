"""Rows on their way into the store: gathered, and written in pieces as Arrow files, in whichever process makes them."""

from collections.abc import Callable
from pathlib import Path

from pyarrow import ipc

from sinks.clickhouse.tables import Row, Table

FULL = 100_000
"""Rows of a piece: a part of the table costs the same whatever its size, and this many events take some 60 MB."""

Written = Callable[[Table, Path], None]
"""Told of a piece that is complete on disk."""


class Spool:
    """Rows of one table. ``name`` tells its files from those of others in the directory."""

    def __init__(self, table: Table, directory: Path, name: str, written: Written, full: int = FULL) -> None:
        self._table = table
        self._stem = directory / f"{table.name}-{name}"
        self._written = written
        self._full = full
        self._rows: list[Row] = []
        self._pieces = 0

    def add(self, row: Row) -> None:
        """Add a row; a full piece is written."""
        self._rows.append(row)
        if len(self._rows) >= self._full:
            self.flush()

    def flush(self) -> None:
        """Write what has been gathered."""
        if not self._rows:
            return
        self._pieces += 1
        path = self._stem.with_name(f"{self._stem.name}-{self._pieces}.arrow")
        batch = self._table.batch(self._rows)
        self._rows = []
        with ipc.new_file(str(path), batch.schema) as file:
            file.write_batch(batch)
        self._written(self._table, path)
