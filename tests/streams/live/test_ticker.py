"""Ticks: few, only where something is due, and timers that fire once, at their own instants."""

import asyncio
from pathlib import Path

from rules.engine.cards import Move
from rules.events.instants import HOUR, MINUTE, SECOND, instant_of
from rules.verdicts import NEVER
from streams.live.ticker import MOST_LOOKS
from tests.streams.live.world import PARTITIONS, World
from tests.streams.replay.village import JT, opened, record

DUE = instant_of("2026-03-10T00:00:00+08:00")
"""When the promise of a case accepted on 2026-03-02 is broken; grace is on top."""

BEAT = {"org_codes": ["CZ-SW"], "complete_through": "2026-03-02T09:00:00+08:00", "backlog": 0}


async def _begun(folder: Path, now: str = "2026-03-02T09:00:00") -> World:
    world = World(folder, now)
    await world.start()
    await world.put([*opened("C1", 0), *opened("C2", 0, org_code=JT, data_source=None)])
    await world.pump()
    return world


async def _nothing_due(folder: Path) -> None:
    world = await _begun(folder)
    await world.settle()
    sent = world.ticker.sent
    before = len(await world.records(world.topics.events))
    world.machine.now = world.next_due() - 1

    for _ in range(50):
        assert 0 == await world.look()

    assert (before, sent) == (len(await world.records(world.topics.events)), world.ticker.sent)


def test_there_is_no_tick_while_nothing_is_due(tmp_path: Path) -> None:
    asyncio.run(_nothing_due(tmp_path))


async def _one_each(folder: Path) -> None:
    world = await _begun(folder)
    reviews: set[int] = set()
    world.to("2026-03-02T11:00:00")
    while world.machine.now < DUE + 3 * 24 * HOUR:
        reviews.add(world.next_due())
        world.machine.now += 10 * MINUTE
        world.broker.now = world.machine.now
        await world.settle()
    passed = {review for review in reviews if review < world.machine.now}

    ticks = await world.ticks()
    said = await world.said()
    assert len(said) > 1
    assert len(ticks) <= PARTITIONS * len(passed)
    for transition in said:
        fired = [tick.stamp for tick in ticks if tick.stamp > transition.known_at]
        assert not transition.cause
        assert min(fired) - transition.known_at <= 10 * MINUTE + SECOND


def test_a_timer_fires_at_its_own_instant_and_takes_at_most_a_tick_a_partition(tmp_path: Path) -> None:
    asyncio.run(_one_each(tmp_path))


async def _until_read(folder: Path) -> None:
    world = await _begun(folder)
    world.to("2026-03-20T00:00:00")
    due = await world.look()

    for _ in range(100):
        assert due == await world.look()

    assert 0 < len(await world.ticks()) == world.ticker.sent <= PARTITIONS


def test_until_a_tick_has_been_read_there_is_no_other(tmp_path: Path) -> None:
    asyncio.run(_until_read(tmp_path))


async def _back_an_hour(folder: Path) -> None:
    world = await _begun(folder)
    await world.settle()
    before = world.ticker.sent
    review = world.next_due()
    world.machine.now = review + SECOND
    world.broker.now = review - HOUR
    looks = 4 * MOST_LOOKS
    for _ in range(looks):
        await world.pump()
        await world.look()
    patient = world.ticker.sent - before

    world.broker.now = review + 2 * SECOND
    for _ in range(MOST_LOOKS + 1):
        await world.pump()
        await world.look()

    assert 4 < patient < 16 * PARTITIONS
    assert world.next_due() > review


def test_a_log_whose_clock_is_an_hour_behind_gets_fewer_and_fewer_ticks_until_one_takes_effect(tmp_path: Path) -> None:
    asyncio.run(_back_an_hour(tmp_path))


async def _handed_over(folder: Path) -> None:
    world = await _begun(folder)
    world.to("2026-03-12T00:00:00")
    assert await world.look() > 0

    for _ in range(3):
        await world.restart()
        await world.look()
    await world.settle()
    await world.restart()
    await world.settle()

    said = await world.said()
    once = {(one.card.card_id, one.card.seq): one for one in said}
    assert [one for one in said if one.move is Move.RAISED]
    assert all(once[one.card.card_id, one.card.seq] == one for one in said)
    assert all(one.known_at < world.machine.now for one in said)


def test_however_often_a_partition_changes_hands_before_a_tick_is_read_its_timers_fire_once(tmp_path: Path) -> None:
    asyncio.run(_handed_over(tmp_path))


async def _in_silence(folder: Path) -> None:
    world = World(folder, "2026-03-02T09:00:00")
    await world.start()
    await world.put([record(None, "beat", "source.heartbeat", "2026-03-02T09:00:00", data_source="CZ-A", **BEAT)])
    await world.settle()
    assert NEVER == min(desk.partition.next_due() for desk in world.cases.values())
    await world.restart()
    world.to("2026-03-06T12:00:00")

    await world.settle()

    silent = [one for one in await world.said() if one.card.rule_id == "DQ_SILENT_ORG"]
    assert {"CZ-SW"} == {one.card.scope for one in silent}


def test_an_agency_that_fell_silent_is_told_of_also_after_a_restart_in_which_nobody_speaks(tmp_path: Path) -> None:
    asyncio.run(_in_silence(tmp_path))
