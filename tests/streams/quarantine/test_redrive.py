import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from streams.log import LocalLog, New, Record, partition_of
from streams.quarantine import Shelf, redrive, shelf_of
from streams.quarantine.redrive import NotRedriven
from streams.topics import Topics
from tests.streams.logs import all_of, settings_in, started

T = TypeVar("T")
TOPICS = Topics.of("jiancha")
GOOD = json.dumps(
    {
        "event_id": "E",
        "event_type": "case.accepted",
        "case_id": "C-1",
        "occurred_at": "2026-03-02T09:00:00+08:00",
    }
).encode()


def with_log(folder: Path, run: Callable[[LocalLog], Awaitable[T]]) -> T:
    async def whole() -> T:
        async with started(settings_in(folder)) as log:
            return await run(log)

    return asyncio.run(whole())


async def put(log: LocalLog, *ids: str, size: int = 3) -> None:
    said = (("reason", "不是 JSON 对象".encode()), ("case", b"C-1"), ("size", str(size).encode()))
    await log.append(TOPICS.quarantine, 0, [New(b"xyz", one.encode(), said) for one in ids])


async def shelf(log: LocalLog) -> Shelf:
    return await shelf_of(log, TOPICS.quarantine)


async def events(log: LocalLog) -> list[Record]:
    return [one for records in await all_of(log, TOPICS.events) for one in records]


def test_a_record_a_worker_put_aside_twice_is_one(tmp_path: Path) -> None:
    async def run(log: LocalLog) -> list[str]:
        await put(log, "a", "b", "a")
        return list((await shelf(log)).records)

    assert ["a", "b"] == with_log(tmp_path, run)


def test_records_go_back_to_their_case_with_a_mark_and_only_once(tmp_path: Path) -> None:
    async def run(log: LocalLog) -> tuple[list[Record], list[tuple[tuple[str, ...], tuple[str, ...]]]]:
        await put(log, "a", "b")
        said = []
        for now in (10, 20):
            lying = await shelf(log)
            chosen = lying.matching("JSON")
            done = await redrive(log, TOPICS, lying, chosen, {"b": GOOD}, now=now)
            said.append((done.published, done.before))
        return (await all_of(log, TOPICS.events))[partition_of(b"C-1", 3)], said

    records, said = with_log(tmp_path, run)

    assert [(b"C-1", b"xyz", (("redriven", b"a"),)), (b"C-1", GOOD, (("redriven", b"b"),))] == [
        (one.key, one.value, one.headers) for one in records
    ]
    assert [(("a", "b"), ()), ((), ("a", "b"))] == said


def test_whoever_insists_gets_it_again(tmp_path: Path) -> None:
    async def run(log: LocalLog) -> int:
        await put(log, "a")
        for _ in range(2):
            lying = await shelf(log)
            await redrive(log, TOPICS, lying, list(lying.records.values()), {}, now=1, again=True)
        assert 1 == (await shelf(log)).redriven["a"]
        return len(await events(log))

    assert 2 == with_log(tmp_path, run)


@pytest.mark.parametrize(("size", "mended"), [(5_000_000, {}), (3, {"a": b"{"}), (3, {"a": b'{"event_id": "E"}'})])
def test_nothing_goes_where_one_of_them_cannot(tmp_path: Path, size: int, mended: dict[str, bytes]) -> None:
    async def run(log: LocalLog) -> int:
        await put(log, "b")
        await put(log, "a", size=size)
        lying = await shelf(log)
        with pytest.raises(NotRedriven, match="a："):
            await redrive(log, TOPICS, lying, list(lying.records.values()), mended, now=1)
        return len(await events(log))

    assert 0 == with_log(tmp_path, run)


def test_in_a_rehearsal_time_does_not_jump(tmp_path: Path) -> None:
    async def whole() -> list[int]:
        async with started(settings_in(tmp_path, CLOCK="rehearsal")) as log:
            await log.append(TOPICS.events, partition_of(b"C-1", 3), [New(GOOD, b"C-1", stamp=7_000)])
            await put(log, "a")
            lying = await shelf(log)
            await redrive(log, TOPICS, lying, list(lying.records.values()), {}, now=10**15)
            return [one.stamp for one in await events(log)]

    assert [7_000, 7_000] == asyncio.run(whole())
