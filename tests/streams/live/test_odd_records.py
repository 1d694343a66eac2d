"""Records as no feed would send them: each ends somewhere, and nothing else suffers."""

import asyncio
import json
from collections import Counter
from pathlib import Path

from rules.events.instants import HOUR
from streams.live.cases import LONGEST
from streams.live.outlet import KEPT_HEAD
from streams.live.wire import FORWARDED, RELAYED
from streams.log import New, Record, partition_of
from streams.quarantine import shelf_of
from tests.streams.live.world import World
from tests.streams.replay.village import Record as Told
from tests.streams.replay.village import opened, record

CASE = b"C1"


def value(told: Told) -> bytes:
    return json.dumps(told).encode()


def headers_of(one: Record) -> dict[str, bytes]:
    return dict(one.headers)


async def _world(folder: Path) -> World:
    world = World(folder, "2026-03-02T12:00:00", partitions=3)
    await world.start()
    return world


def _totals(world: World) -> Counter[str]:
    return sum((desk.partition.total for desk in world.cases.values()), Counter())


async def _strayed(folder: Path) -> None:
    world = await _world(folder)
    home = partition_of(CASE, world.of)
    first, second, third = opened("C1", 0)
    await world.append((home + 1) % world.of, New(value(first), None), New(value(second), b"nobody"))
    await world.append((home + 2) % world.of, New(value(third), CASE))
    await world.append(home, New(value(third), b"nobody"))
    await world.pump()

    assert {"folded": 3, "duplicate": 1, "forwarded": 3} == _totals(world)
    assert [home] == [number for number, desk in world.cases.items() if "C1" in desk.partition.engine.dockets]
    strayed = [one for one in await world.local.read(world.topics.events, home, 0, 100) if one.headers]
    assert [CASE] * 3 == [one.key for one in strayed]
    source = f"{world.topics.events}-{(home + 1) % world.of}"
    assert {f"{source}-0".encode(), f"{source}-1".encode()} < {headers_of(one)[FORWARDED] for one in strayed}


def test_a_record_away_from_its_case_goes_there_once_whatever_its_key(tmp_path: Path) -> None:
    asyncio.run(_strayed(tmp_path))


async def _beats(folder: Path) -> None:
    world = await _world(folder)
    beat = record(None, "beat", "source.heartbeat", "2026-03-02T11:00:00", data_source="CZ-A", backlog=0)
    told = value({**beat, "org_codes": ["CZ-SW"], "complete_through": "2026-03-02T11:00:00+08:00"})
    await world.append(1, New(told))
    await world.pump()
    await world.restart()
    await world.pump()

    for number in range(world.of):
        some = await world.local.read(world.topics.events, number, 0, 100)
        assert [told] == [one.value for one in some]
        assert (b"1" if number != 1 else None) == headers_of(some[0]).get(RELAYED)
    assert {"folded": 1, "relayed": world.of - 1} == _totals(world)
    words = [one for one in await world.records(world.topics.second) if one.key == b"CZ-SW"]
    assert 1 == len(words)


def test_a_heartbeat_that_came_into_one_partition_reaches_all_once(tmp_path: Path) -> None:
    asyncio.run(_beats(tmp_path))


async def _unreadable(folder: Path) -> None:
    world = await _world(folder)
    home = partition_of(CASE, world.of)
    await world.put(opened("C1", 0))
    long = value(record("C1", "long", "case.submitted", "2026-03-02T11:00:00", opinion="x" * (5 << 20)))
    whole = b"\xff\xfe\x00 \xb4\xed\xc2\xeb"
    cut = value(opened("C1", 0)[0])[:-20]
    later = value({**opened("C1", 0)[1], "event_id": "future", "occurred_at": "2026-03-09T10:00:00+08:00"})
    await world.append(home, New(whole), New(b""), New(None, CASE), New(long, CASE))
    await world.append((home + 1) % world.of, New(cut, CASE), New(later, CASE))
    await world.pump()

    totals = _totals(world)
    assert {"folded": 3, "quarantined": 5, "forwarded": 2, "empty": 1} == totals
    shelf = await shelf_of(world.local, world.topics.quarantine)
    aside = {one.size: one for one in shelf.records.values()}
    assert len(aside) == 5
    assert whole == aside[len(whole)].raw
    assert long[:KEPT_HEAD] == aside[len(long)].raw
    assert f"记录过长：{len(long):,} 字节" == aside[len(long)].reason
    assert "记录为空" == aside[0].reason
    assert ("C1", "C1") == (aside[len(cut)].case_id, aside[len(later)].case_id)
    assert all(one.id.startswith(f"{world.topics.events}-{home}-") for one in aside.values())
    assert len(long) > LONGEST
    assert world.cases[home].partition.engine.dockets["C1"].broken


def test_what_cannot_be_read_lies_in_the_quarantine_with_its_bytes_and_breaks_its_case_alone(tmp_path: Path) -> None:
    asyncio.run(_unreadable(tmp_path))


async def _back(folder: Path) -> None:
    world = await _world(folder)
    await world.put(opened("C1", 0))
    await world.pump()
    number = partition_of(CASE, world.of)
    partition = world.cases[number].partition
    now = partition.now
    end = partition.next_offset

    early = now - HOUR
    told = value({**opened("C1", 0)[0], "event_id": "again"})

    said = partition.judge([Record(end, early, CASE, told), Record(end + 1, early, None, b"?")])

    assert now == partition.now
    assert not said.transitions
    assert {"folded": 1, "quarantined": 1} == said.counts


def test_stamps_that_jump_back_an_hour_do_not_turn_time_back(tmp_path: Path) -> None:
    asyncio.run(_back(tmp_path))
