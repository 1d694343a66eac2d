"""Rows of a live run on their way into the store, as the log is read: kept trying until they are there, and there once.

Who reads a range of a log's partition inserts its rows under the token of that range, and commits the range when the
insert has returned. After a crash the range is read and inserted again: under the same token nothing happens, within
other borders rows of equal keys replace each other (``migrations/0005_versions.sql`` says which holds).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Event
from typing import TypeVar

from sinks.clickhouse.database import Database
from sinks.clickhouse.errors import StoreAway
from sinks.clickhouse.rows import run_row
from sinks.clickhouse.stored import Run
from sinks.clickhouse.tables import RUN, Row, Table

T = TypeVar("T")

MOST_ROWS = 50_000
"""Rows of one insert: what is more goes in several, each under a token of its own, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait before trying again (seconds): at most ``first``, then twice as long, never above ``most``."""

    first: float = 0.1
    most: float = 10.0
    random: Random = field(default_factory=Random)

    def wait(self, attempt: int) -> float:
        """Return how long to wait after a failed attempt, counted from 1: half of the longest wait at least."""
        longest = min(self.most, self.first * 2.0 ** min(attempt - 1, 32))
        return longest * (0.5 + self.random.random() / 2)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An insert that could not be made: into which table, the how manyth attempt it was, why, the wait (seconds)."""

    table: str
    attempt: int
    reason: str
    seconds: float


def range_token(topic: str, partition: int, first: int, last: int, table: Table) -> str:
    """Return the token of what a range of offsets (``last`` included) puts into a table.

    A token seen before drops whatever comes under it: what is inserted must follow from the range alone.
    """
    return f"{topic}-{partition}-{first}-{last}-{table.name}"


class LiveWriter:
    """Inserts rows and tries until the store takes them; one thread at a time. ``told`` hears of every wait.

    The caller is kept waiting while the store is away, so what is not stored yet stays in the log and not in memory.
    """

    def __init__(
        self, database: Database, patience: Patience | None = None, told: Callable[[Waiting], None] | None = None
    ) -> None:
        self._database = database
        self._patience = patience or Patience()
        self._told = told
        self._stopped = Event()

    def insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        """Return when the rows are kept and can be queried; a second time under a token (``range_token``) is a no-op.

        A row the database refuses is StoreFailed and none of its block is there. StoreAway after ``stop``.
        """
        for at in range(0, len(rows), MOST_ROWS):
            self._insert(table, rows[at : at + MOST_ROWS], f"{token}-{at // MOST_ROWS}" if at else token)

    def record(self, run: Run) -> None:
        """Say how far the live run is; the greatest ``recorded_at`` of a run holds."""
        self._insert(RUN, [run_row(run)], f"{run.run}-{run.recorded_at}-{RUN.name}")

    def stop(self) -> None:
        """Let an insert that waits give up with StoreAway, and later ones at their first failure; from any thread."""
        self._stopped.set()

    def close(self) -> None:
        """Give the connection up; nothing is held back in it."""
        self.stop()
        self._database.close()

    def _insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        self._until_there(table.name, lambda database: database.insert(table, rows, token))

    def asked(self, question: Callable[[Database], T]) -> T:
        """Return the answer to a question; StoreAway after ``stop``."""
        return self._until_there("", question)

    def _until_there(self, table: str, do: Callable[[Database], T]) -> T:
        attempt = 0
        while True:
            try:
                return do(self._database)
            except StoreAway as away:
                attempt += 1
                seconds = self._patience.wait(attempt)
                if self._told is not None:
                    self._told(Waiting(table, attempt, str(away), seconds))
                if self._stopped.wait(seconds):
                    raise
