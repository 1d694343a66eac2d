"""Live is replay, whatever is killed when: two workers and a sink on a real Kafka, ended at random."""

import asyncio
import json
from pathlib import Path
from random import Random

import pytest

from streams.verify import verify
from tests.streams.worker.month import Halves, catalog, halves
from tools.broker import Cluster
from tools.soak.edge import Edge
from tools.soak.kills import kills
from tools.soak.tally import clean, counted, said, stored

pytestmark = pytest.mark.slow

PARTITIONS = 4
KILLS = 4
SMALL_BATCHES = {
    "CLOCK": "rehearsal",
    "TOPICS__PREFIX": "kills",
    "TOPICS__PARTITIONS": str(PARTITIONS),
    "WORKER__BATCH_RECORDS": "100",
    "WORKER__SINK_ROWS": "2000",
}


async def _fed(edge: Edge, events: Path) -> dict[str, int]:
    feed = await edge.run("feed", "feed", str(events), "--json")
    told: dict[str, int] = json.loads(feed.said[feed.said.index("{") :])
    return told


async def _log_of(edge: Edge, parts: Halves) -> int:
    """Fill the events topic: a half of the month, the odd records, the other half; return how many are unreadable."""
    first = await _fed(edge, parts.first)
    for number, news in parts.odd.items():
        await edge.log.append(edge.topics.events, number, news)
    second = await _fed(edge, parts.second)
    return first["unreadable"] + second["unreadable"] + parts.aside


async def _live(folder: Path, broker: str) -> None:
    parts = halves(folder, PARTITIONS)
    async with Edge(folder, broker, SMALL_BATCHES) as edge:
        unreadable = await _log_of(edge, parts)
        edge.start()

        killed = await kills(edge, Random(5), KILLS, step=1200)

        await edge.drained(within=240)
        assert [0, 0, 0] == [process.stop() for process in edge.processes]
        assert KILLS == len(killed)
        expected = await clean(edge.log, edge.settings, catalog())
        there = await said(edge.log, edge.settings)
        assert len(expected) > 100
        assert counted(expected, there.values, there.contradicted).holds
        assert counted(expected, *stored(edge.store)).holds
        assert () == verify(edge.store).differences
        reconciled = await edge.run("reconcile", "reconcile", "--json")
        told = json.loads(reconciled.said[reconciled.said.index("{") :])
        assert told["holds"]
        counts = {name: sum(one[name] for one in told["partitions"]) for name in ("quarantined", "forwarded", "empty")}
        assert {"quarantined": unreadable, "forwarded": parts.forwarded, "empty": parts.empty} == counts


def test_killed_at_random_two_workers_and_a_sink_say_what_an_undisturbed_one_says(
    kafka_broker: Cluster, tmp_path: Path
) -> None:
    asyncio.run(_live(tmp_path, kafka_broker.broker))
