"""The collector (汇集): batches of several partitions, gathered for a moment and inserted together.

A part of a table costs the same for one row as for a thousand. Whoever hands over a batch waits until its rows are
there; so no more is in memory than the batches that wait.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from time import monotonic

from streams.log import Batch

Store = Callable[[Sequence[Batch], str], None]
"""Writes the rows of batches under a token; blocking, run by a thread of its own."""


class Collector:
    """Gathers batches for ``wait`` seconds at most, or until they hold ``rows`` records, and has them stored.

    ``stored`` counts records, ``inserts`` how often something was written, ``took`` the seconds of the last time.
    """

    def __init__(self, name: str, store: Store, *, wait: float, rows: int) -> None:
        self._store = store
        self._wait = wait
        self._rows = rows
        self._thread = ThreadPoolExecutor(1, f"sink-{name}")
        self._waiting: list[tuple[Batch, asyncio.Future[None]]] = []
        self._draining: asyncio.Task[None] | None = None
        self._full = asyncio.Event()
        self.stored = 0
        self.inserts = 0
        self.took = 0.0

    async def put(self, batch: Batch) -> None:
        """Hand over a batch and return once its rows are there."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((batch, done))
        if sum(len(one.records) for one, _ in self._waiting) >= self._rows:
            self._full.set()
        if self._draining is None:
            self._draining = asyncio.create_task(self._drain())
        await done

    @property
    def waiting(self) -> int:
        """Return how many records wait."""
        return sum(len(one.records) for one, _ in self._waiting)

    async def stop(self) -> None:
        """Store what waits, and end."""
        if self._draining is not None:
            await self._draining
        self._thread.shutdown(wait=False)

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._full.wait(), self._wait)
            self._full.clear()
            taken, self._waiting = self._waiting, []
            batches = [batch for batch, _ in taken]
            start = monotonic()
            failed: Exception | None = None
            try:
                await loop.run_in_executor(self._thread, self._store, batches, token_of(batches))
            except Exception as err:  # noqa: BLE001 - whoever handed a batch over is told, whatever it was
                failed = err
            self.took = monotonic() - start
            self.inserts += 1
            for batch, done in taken:
                if done.done():
                    continue
                if failed is None:
                    self.stored += len(batch.records)
                    done.set_result(None)
                else:
                    done.set_exception(failed)
        self._draining = None


def token_of(batches: Sequence[Batch]) -> str:
    """Return the token of ranges: the same however often, and in whatever order, the same ranges come together."""
    ranges = sorted(f"{one.topic}-{one.partition}-{one.records[0].offset}-{one.records[-1].offset}" for one in batches)
    return ranges[0] if len(ranges) == 1 else sha256("|".join(ranges).encode()).hexdigest()
