"""The store: open it, load a run, ask its archive."""

from pathlib import Path
from types import TracebackType
from typing import Self

from sinks.clickhouse.archive import Archive
from sinks.clickhouse.stored import Run


class Store:
    """The store in a directory. One process owns it; close it, or use it as a context."""

    def runs(self) -> tuple[Run, ...]:
        """Return the runs recorded, the last first."""
        raise NotImplementedError

    def archive(self, run: str | None = None) -> Archive:
        """Return the archive of a run, of the last recorded where none is named; StoreMissing where there is none."""
        raise NotImplementedError

    def close(self) -> None:
        """Give the directory up."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_store(directory: Path, *, create: bool = False) -> Store:
    """Return the store of a directory, its schema brought up to date; a StoreError says why it cannot be used.

    Without ``create`` a directory that holds no store is refused (StoreMissing).
    """
    raise NotImplementedError
