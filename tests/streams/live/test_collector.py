import asyncio
from collections.abc import Sequence
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.live.collector import Collector, token_of
from streams.log import Batch, Record


def batch(partition: int, first: int, count: int = 1, topic: str = "t") -> Batch:
    return Batch(topic, partition, [Record(first + at, 0, None, b"") for at in range(count)])


class Shelf:
    """Keeps what it is given to store; fails as often as told. It says when it is ``busy``, and waits at ``gate``."""

    def __init__(self, *failures: Exception, busy: Event | None = None, gate: Event | None = None) -> None:
        self.stored: list[tuple[list[Batch], str]] = []
        self._failures = list(failures)
        self._busy = busy
        self._gate = gate

    def store(self, batches: Sequence[Batch], token: str) -> None:
        if self._busy is not None and self._gate is not None:
            self._busy.set()
            self._gate.wait(30)
        if self._failures:
            raise self._failures.pop(0)
        self.stored.append((list(batches), token))


async def _together() -> None:
    busy, gate = Event(), Event()
    shelf = Shelf(busy=busy, gate=gate)
    collector = Collector("t", shelf.store, wait=0.0, rows=10**6)
    first = asyncio.create_task(collector.put(batch(0, 0)))
    await asyncio.to_thread(busy.wait, 30)
    others = [asyncio.create_task(collector.put(batch(1, at))) for at in range(5)]
    await asyncio.sleep(0)
    assert (5, False) == (collector.waiting, any(one.done() for one in (first, *others)))
    gate.set()
    await asyncio.gather(first, *others)
    await collector.stop()

    assert [1, 5] == [len(batches) for batches, _ in shelf.stored]
    assert (6, 2, 0) == (collector.stored, collector.inserts, collector.waiting)


def test_what_comes_while_the_store_is_busy_is_stored_together_and_nobody_is_let_go_before() -> None:
    asyncio.run(_together())


async def _full() -> None:
    shelf = Shelf()
    collector = Collector("t", shelf.store, wait=3600.0, rows=100)
    await asyncio.wait_for(asyncio.gather(collector.put(batch(0, 0, 60)), collector.put(batch(1, 0, 60))), 30)
    await collector.stop()

    assert [120] == [sum(len(one.records) for one in batches) for batches, _ in shelf.stored]


def test_enough_records_do_not_wait_for_more() -> None:
    asyncio.run(_full())


async def _failing() -> None:
    shelf = Shelf(ValueError("no room"))
    collector = Collector("t", shelf.store, wait=0.0, rows=10**6)
    told = await asyncio.gather(*(collector.put(batch(at, 0)) for at in range(3)), return_exceptions=True)
    assert ["no room"] * 3 == [str(one) for one in told]
    assert 0 == collector.stored

    await collector.put(batch(0, 0))
    await collector.stop()
    assert 1 == collector.stored


def test_a_store_that_fails_fails_all_who_wait_and_the_next_is_tried_anew() -> None:
    asyncio.run(_failing())


async def _stopped() -> None:
    shelf = Shelf()
    collector = Collector("t", shelf.store, wait=0.01, rows=10**6)
    waiting = asyncio.create_task(collector.put(batch(0, 0)))
    await asyncio.sleep(0)
    await collector.stop()
    await waiting

    assert 1 == len(shelf.stored)


def test_what_waits_is_stored_before_it_ends() -> None:
    asyncio.run(_stopped())


RANGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99), st.integers(1, 5)), min_size=1, unique=True)


@given(RANGES.flatmap(lambda ranges: st.tuples(st.just(ranges), st.permutations(ranges))))
def test_the_token_of_ranges_does_not_depend_on_their_order(
    both: tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]],
) -> None:
    ranges, mixed = both

    assert token_of([batch(*one) for one in ranges]) == token_of([batch(*one) for one in mixed])


@pytest.mark.parametrize("other", [batch(0, 0, 2), batch(1, 0), batch(0, 1), batch(0, 0, 1, "u")])
def test_other_ranges_have_another_token(other: Batch) -> None:
    assert token_of([batch(0, 0)]) != token_of([other])
    assert token_of([batch(5, 5), batch(0, 0)]) != token_of([batch(5, 5), other])
