"""Queries put to the store for who looks: read only, bounded, and one for many who look at the same."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

from dashboards.model.query import Query
from sinks.clickhouse.engine import Connection
from sinks.clickhouse.guard import question
from sinks.clickhouse.reading import Limits, Reader

LIMITS = Limits(seconds=10, rows=20_000, result_bytes=1 << 24, memory=1 << 30, at_once=3, waiting=200)
FRESH = 1.0
"""Seconds an answer serves whoever asks the same."""
UNCHANGED = 10.0
"""Seconds it serves while nothing new was stored."""
REST = 3
"""How many times as long as it took an answer serves at least: no query keeps the store busy all the time."""
KEPT = 300
"""Answers kept."""
FORM = "JSONCompact"
_SHAPE = {"output_format_json_quote_decimals": "1", "output_format_json_quote_64bit_integers": "0"}

Version = Callable[[], int]
"""How much was stored so far: a number that changes whenever the store does."""


@dataclass(slots=True)
class _Kept:
    answer: asyncio.Future[bytes]
    version: int
    at: float
    took: float = 0.0


class Asking:
    """Answers queries over a store; ``close`` it before the store."""

    def __init__(self, engine: Connection, version: Version, clock: Callable[[], float] = monotonic) -> None:
        self._reader = Reader(engine, LIMITS)
        self._version = version
        self._clock = clock
        self._kept: OrderedDict[tuple[str, tuple[tuple[str, str], ...]], _Kept] = OrderedDict()

    async def answer(self, query: Query, parameters: Mapping[str, str], *, fresh: float = FRESH) -> bytes:
        """Return the answer as JSON: ``meta`` names and types the columns, ``data`` holds the rows.

        One that is younger than ``fresh`` seconds, or as old as the store, is not asked for again.
        StoreFailed and StoreAway where the store refuses; Busy where too many ask.
        """
        key = query.sql, tuple(sorted(parameters.items()))
        held = self._kept.get(key)
        if held is None or not self._holds(held, fresh):
            held = _Kept(asyncio.ensure_future(self._ask(query, parameters)), self._version(), self._clock())
            self._kept[key] = held
            held.answer.add_done_callback(lambda done: self._ended(key, done))
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return await asyncio.shield(held.answer)

    def close(self) -> None:
        """End what runs."""
        self._reader.close()

    def _holds(self, held: _Kept, fresh: float) -> bool:
        if not held.answer.done():
            return True
        age = self._clock() - held.at
        return age < max(fresh, REST * held.took) or (age < UNCHANGED and held.version == self._version())

    async def _ask(self, query: Query, parameters: Mapping[str, str]) -> bytes:
        return await self._reader.answer(question(query.sql), FORM, params=parameters, settings=_SHAPE)

    def _ended(self, key: tuple[str, tuple[tuple[str, str], ...]], done: asyncio.Future[bytes]) -> None:
        """Note how long an answer took; forget one that failed."""
        held = self._kept.get(key)
        if held is None or held.answer is not done:
            return
        held.took = self._clock() - held.at
        if done.cancelled() or done.exception() is not None:
            del self._kept[key]
