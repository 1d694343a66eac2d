"""From an event acknowledged by the broker to its card queryable in ClickHouse, while other events pour in."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import cycle
from statistics import quantiles
from time import perf_counter
from typing import Any
from urllib.parse import quote

import aiohttp
import msgspec

from benchmarks.figures import Figure, most
from benchmarks.live.running import Running
from benchmarks.live.setting import PARTITIONS, Setting, on_kafka
from rules.catalog.index import Catalog
from rules.catalog.models.matters import Matter
from streams.log import Log, New, open_log, partition_of

PART = "from an event acknowledged to its card queryable"
SAMPLES = 200
EVERY = 0.1
LOOK_EVERY = 0.005
PATIENCE = 30.0
AT_ONCE = 50
"""Batches of the background a second."""
P50, P99 = 300, 1000
"""Milliseconds."""


def latency(law: Catalog, lines: Sequence[bytes], rate: float) -> list[Figure]:
    """Return the spread of that time at so many other events a second."""
    with on_kafka("real") as setting, setting.start("worker") as worker:
        worker.wait_ready()
        found = asyncio.run(_measured(setting, worker, law, lines, rate))
    parts = quantiles(found, n=100)
    note = f"{len(found)} cards, {rate:,.0f} other events a second"
    return [
        Figure(PART, "p50", parts[49], "ms", most(P50), note),
        Figure(PART, "p99", parts[98], "ms", most(P99)),
        Figure(PART, "the longest", max(found), "ms"),
    ]


async def _measured(
    setting: Setting, worker: Running, law: Catalog, lines: Sequence[bytes], rate: float
) -> list[float]:
    log = open_log(setting.broker)
    await log.start()
    pouring = asyncio.create_task(_pour(log, lines, rate))
    matter = next(one for one in law.matters.values() if one.org_code)
    async with aiohttp.ClientSession() as session:
        found = [await _sample(log, session, worker.store_port, _charge(at, matter)) for at in range(SAMPLES)]
    pouring.cancel()
    await asyncio.gather(pouring, return_exceptions=True)
    await log.stop()
    return found[SAMPLES // 10 :]


def _charge(at: int, matter: Matter) -> dict[str, Any]:
    """Return a charge paid that no catalogue knows."""
    case = f"LATENCY{at:06d}"
    return {
        "event_type": "fee.paid",
        "event_id": f"{case}-1",
        "case_id": case,
        "occurred_at": datetime.now(UTC).isoformat(),
        "task_code": matter.code,
        "org_code": matter.org_code,
        "pay_no": f"{case}-P",
        "fee_item_code": "UNKNOWN",
        "fee_name": "不知名的费",
        "amount": 100,
    }


async def _sample(log: Log, session: aiohttp.ClientSession, port: int, event: dict[str, Any]) -> float:
    """Have a charge paid and return how long its card takes, milliseconds."""
    await asyncio.sleep(EVERY)
    case: str = event["case_id"]
    key = case.encode()
    await log.append("jiancha.events", partition_of(key, PARTITIONS), [New(msgspec.json.encode(event), key)])
    began = perf_counter()
    query = quote(f"SELECT count() FROM card WHERE run = 'live' AND scope = '{case}'")  # noqa: S608 - ours
    while perf_counter() - began < PATIENCE:
        async with session.get(f"http://127.0.0.1:{port}/?query={query}") as answer:
            if (await answer.text()).strip() not in {"", "0"}:
                return (perf_counter() - began) * 1000
        await asyncio.sleep(LOOK_EVERY)
    raise TimeoutError(f"no card of {case} after {PATIENCE} s")


async def _pour(log: Log, lines: Sequence[bytes], rate: float) -> None:
    """Append other events for as long as it takes."""
    others = cycle(lines)
    many = max(1, int(rate / AT_ONCE))
    while True:
        began = perf_counter()
        places: dict[int, list[New]] = {}
        for _ in range(many):
            line = next(others)
            try:
                case = msgspec.json.decode(line).get("case_id")
            except msgspec.DecodeError:
                continue
            if case:
                key = case.encode()
                places.setdefault(partition_of(key, PARTITIONS), []).append(New(line, key))
        await asyncio.gather(*(log.append("jiancha.events", to, news) for to, news in places.items()))
        await asyncio.sleep(max(0.0, 1 / AT_ONCE - (perf_counter() - began)))
