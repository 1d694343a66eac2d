"""The verification of the current run of a store, whichever way it came about."""

from collections.abc import Callable
from pathlib import Path

from sinks.clickhouse.store import open_store
from streams.live.rows import LIVE
from streams.replay.workers import collecting_less, load_catalog
from streams.verify.differences import Verification, editions
from streams.verify.live import lived
from streams.verify.replayed import verified


def verify(
    store: Path | str, *, catalog: str | Path | None = None, report: Callable[[float], None] | None = None
) -> Verification:
    """Return the verification of the current run of a store; StoreError where it cannot be opened.

    ``catalog`` is where the catalogue is now, where it is not at the place the run names. A catalogue or rules of
    another edition than the run's are a difference, and nothing further is compared. ``report`` is told the fraction
    done.
    """
    with open_store(store) as opened, collecting_less():
        archive = opened.archive()
        run = archive.run
        law = load_catalog(catalog or run.catalog, run.profile or None)
        if found := tuple(editions(run, law)):
            return Verification(run.run, run.edition, 0, 0, 0, found)
        judge = lived if run.run == LIVE else verified
        return judge(archive, law, report or _quietly)


def _quietly(_fraction: float) -> None:
    """Nobody asked."""
