"""Pieces on their way into the store, in a thread of their own: the engine works while the shards judge."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from sinks.clickhouse.store import Store
from sinks.clickhouse.tables import EVENT, TABLES


class Loader:
    """Loads events as their pieces come, and keeps the pieces that belong to the run until it is known to be whole."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="loader")
        self._loads: list[Future[None]] = []
        self._tables = {table.name: table for table in TABLES}
        self.pieces: dict[str, list[Path]] = {}

    def take(self, table: str, piece: Path) -> None:
        """Take a piece of a table."""
        if table == EVENT.name:
            self._loads.append(self._thread.submit(self._load, piece))
        else:
            self.pieces.setdefault(table, []).append(piece)

    def wait(self) -> None:
        """Return when all events are there; raises what went wrong with any of them."""
        for load in self._loads:
            load.result()

    def _load(self, piece: Path) -> None:
        self._store.load(EVENT, [piece])
        piece.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)
