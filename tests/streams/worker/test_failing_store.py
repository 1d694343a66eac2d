"""A store that answers slowly, or with errors in the middle of a batch: what it holds in the end is what it should."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sinks.clickhouse.database import Database
from sinks.clickhouse.errors import StoreAway, StoreFailed
from sinks.clickhouse.store import Store, open_store
from sinks.clickhouse.tables import CARD, CARD_TRANSITION, CASE_STATE, EVENT, Row, Table
from streams.clock import Clock
from streams.log import Batch
from streams.worker.sink import Sink
from tests.streams.live.world import World
from tests.streams.replay.village import ordinary

pytestmark = pytest.mark.slow

TABLES = (EVENT, CARD, CARD_TRANSITION, CASE_STATE)


class Moody:
    """A database that now and then is away, before the rows of an insert are kept or after."""

    def __init__(self, database: Database, random: Random, chance: float) -> None:
        self._database = database
        self._random = random
        self._chance = chance

    def insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        if self._random.random() < self._chance:
            raise StoreAway("Code: 210. DB::NetException: Connection refused")
        self._database.insert(table, rows, token)
        if self._random.random() < self._chance:
            raise StoreAway("Code: 209. DB::NetException: Timeout exceeded while reading")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


class MoodyStore:
    """A store whose connections are moody."""

    def __init__(self, store: Store, random: Random, chance: float) -> None:
        self._store = store
        self._random = random
        self._chance = chance

    def another(self) -> Any:
        return Moody(self._store.another(), self._random, self._chance)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


async def _lived(folder: Path) -> World:
    """Return a world in which a month has been judged."""
    world = World(folder, "2026-03-01T12:00:00")
    await world.start()
    for one in sorted(ordinary(20), key=lambda record: str(record["reported_at"])):
        await world.put([one])
    await world.settle()
    world.to("2026-04-01T00:00:00")
    await world.settle()
    return world


async def _stored(world: World, store: Store, chance: float) -> int:
    """Store all a world has said, in small batches side by side; return how often the store was away."""
    moody: Any = MoodyStore(store, Random(3), chance)
    sink = Sink(world.settings, world.catalog, moody, Clock(read=world.machine.read), world.of)
    await sink.start()
    batches = []
    for topic in sink.read_topics:
        for number in range(await world.local.partitions(topic)):
            records = await world.local.read(topic, number, 0, 10**6)
            batches += [Batch(topic, number, records[at : at + 25]) for at in range(0, len(records), 25)]
    await asyncio.gather(*(sink.take(batch) for batch in batches))
    assert not sink.away
    await sink.stop()
    return sink.retries


def _rows(store: Store) -> dict[str, list[str]]:
    database = store.another()
    try:
        return {
            table.name: sorted(map(str, database.table(f"SELECT * FROM {table.name} FINAL").to_pylist()))
            for table in TABLES
        }
    finally:
        database.close()


async def _moody(folder: Path) -> None:
    world = await _lived(folder)
    with open_store(folder / "calm", create=True) as store:
        assert 0 == await _stored(world, store, 0.0)
        calm = _rows(store)
    with open_store(folder / "moody", create=True) as store:
        away = await _stored(world, store, 0.3)
        moody = _rows(store)
        again = await _stored(world, store, 0.0)
        assert 0 == again
        assert moody == _rows(store)

    assert away > 5
    assert all(len(rows) > 10 for rows in calm.values())
    assert calm == moody


def test_errors_in_the_middle_of_a_batch_leave_the_rows_that_should_be_there(tmp_path: Path) -> None:
    asyncio.run(_moody(tmp_path))


class Refusing(Moody):
    """A database that refuses the rows of one table for good."""

    def insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        if table is CARD:
            raise StoreFailed("Code: 53. DB::Exception: Type mismatch", 53)
        self._database.insert(table, rows, token)


class RefusingStore(MoodyStore):
    """A store whose connections refuse."""

    def another(self) -> Any:
        return Refusing(self._store.another(), self._random, 0.0)


async def _refused(folder: Path) -> None:
    world = await _lived(folder)
    with open_store(folder / "store", create=True) as store:
        refusing: Any = RefusingStore(store, Random(1), 0.0)
        sink = Sink(world.settings, world.catalog, refusing, Clock(read=world.machine.read), world.of)
        await sink.start()
        said = [await world.local.read(world.topics.cards, number, 0, 10) for number in range(world.of)]
        number, records = next((number, records) for number, records in enumerate(said) if records)
        with pytest.raises(StoreFailed, match="Type mismatch"):
            await sink.take(Batch(world.topics.cards, number, records))
        await sink.stop()


def test_what_the_store_refuses_for_good_is_raised_and_not_passed_over(tmp_path: Path) -> None:
    asyncio.run(_refused(tmp_path))
