"""A restart with very many open cases: how long until the worker is ready, and how much memory it takes."""

import asyncio
from collections.abc import Sequence
from time import monotonic

import msgspec

from benchmarks.figures import Figure, most
from benchmarks.live.setting import PARTITIONS, Setting, on_kafka
from rules.catalog.index import Catalog
from rules.engine.stored import encode
from streams.live.cases import CasePartition
from streams.live.state import PARTITION, SCHEMA, Head, Position, docket_value, position_value
from streams.log import New, Record, open_log, partition_of
from streams.topics import Topics

PART = "restart of a supervising worker"
SECONDS, GIBIBYTES = 30, 2.5
AT_ONCE = 5_000


def restart(law: Catalog, lines: Sequence[bytes], cases: int) -> list[Figure]:
    """Return how long a restart with so many open cases takes, and what it holds."""
    with on_kafka() as setting:
        size = asyncio.run(_remember(setting, _open_dockets(law, lines), cases))
        with setting.start("worker", "--role", "supervise") as worker:
            worker.wait_ready()
            while worker.total("jiancha_partitions_recovering") or worker.total("jiancha_dockets") < cases:
                worker.check()
            memory = worker.memory
            took = monotonic() - worker.began
    note = f"{cases:,} cases of {size:,.0f} bytes"
    return [
        Figure(PART, "until it is ready", took, "s", most(SECONDS) if cases >= 10**6 else None, note),
        Figure(PART, "memory", memory / 2**30, "GiB", most(GIBIBYTES) if cases >= 10**6 else None),
    ]


def _open_dockets(law: Catalog, lines: Sequence[bytes]) -> list[tuple[bytes, int]]:
    """Return open cases of the city as they are remembered, with their next reviews."""
    partition = CasePartition(law, "e", 0, 1, sim=lambda stamp: stamp, hot=10**9)
    records = []
    for at, line in enumerate(lines):
        try:
            case = msgspec.json.decode(line).get("case_id")
        except msgspec.DecodeError:
            continue
        if case:
            records.append(Record(at, at, case.encode(), line))
    partition.judge(records)
    dockets = partition.engine.dockets.values()
    return [(encode(one), one.next_review) for one in dockets if one.law is not None and one.facts.finished is None]


async def _remember(setting: Setting, dockets: list[tuple[bytes, int]], cases: int) -> float:
    topics = Topics.of("jiancha")
    log = open_log(setting.broker)
    await log.start()
    places: dict[int, list[New]] = {at: [] for at in range(PARTITIONS)}
    size = 0
    for at in range(cases):
        packed, review = dockets[at % len(dockets)]
        key = f"RESTART{at:012d}".encode()
        value = docket_value(packed, Head(review, 0, waiting=False))
        size += len(value)
        news = places[partition_of(key, PARTITIONS)]
        news.append(New(value, key))
        if len(news) >= AT_ONCE:
            await log.append(topics.state_cases, partition_of(key, PARTITIONS), news)
            news.clear()
    for number, news in places.items():
        position = Position(schema=SCHEMA, next_offset=0, counted=0, now=0, edition="", total={}, hours={}, marks={})
        await log.append(topics.state_cases, number, [*news, New(position_value(position), PARTITION)])
    await log.stop()
    return size / cases
