"""``python -m tools.soak``: the long proof, from a fresh folder to a table. Exit code 1 where anything was lost."""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

from rules.catalog.index import Catalog
from streams.replay.workers import load_catalog
from streams.simulate.options import Disorder, SimOptions
from streams.simulate.run import write_city
from streams.verify import verify
from tools.broker import BrokerUnavailable, Cluster
from tools.soak.campaign import Campaign, Plan
from tools.soak.edge import Edge
from tools.soak.report import Found, report
from tools.soak.tally import clean, counted, said, stored

DISORDER = Disorder(tardy=0.1, repeated=0.02, resent=0.02, broken=0.01, shuffled=0.05)
LINES_A_CASE = 18
SETTINGS = {"CLOCK": "rehearsal", "TOPICS__PREFIX": "soak", "TOPICS__PARTITIONS": "8", "WORKER__BATCH_RECORDS": "500"}


def main() -> int:
    """Run a campaign and print what came of it."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.soak", description="在持续负载下随机杀掉进程、重启 Kafka、让 ClickHouse 离开，然后清点"
    )
    parser.add_argument("--kills", type=int, default=100, help="杀掉工作进程和写入进程共几次（默认 100）")
    parser.add_argument("--restarts", type=int, default=20, help="重启 Kafka 几次（默认 20）")
    parser.add_argument("--away", type=float, default=600, help="ClickHouse 离开多少秒（默认 600）")
    parser.add_argument("--rate", type=int, default=500, help="每秒送入多少条（默认 500）")
    parser.add_argument("--pause", type=float, default=6, help="两次扰动平均相隔几秒（默认 6）")
    parser.add_argument("--seed", type=int, default=1, help="随机种子（默认 1）")
    parser.add_argument("--keep", action="store_true", help="结束后保留目录")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jiancha-soak-"))
    plan = Plan(asked.kills, asked.restarts, asked.away, asked.pause)
    try:
        holds = asyncio.run(_run(folder, plan, asked.rate, asked.seed))
    except BrokerUnavailable as err:
        print(err, file=sys.stderr)
        return 2
    finally:
        if asked.keep:
            print(f"目录：{folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if holds else 1


async def _run(folder: Path, plan: Plan, rate: int, seed: int) -> bool:
    catalog = load_catalog("shili", None)
    cases = max(100, int(plan.seconds * rate) // LINES_A_CASE)
    options = SimOptions(seed=seed, start=date(2026, 1, 5), months=3, cases=cases, rounds=1, disorder=DISORDER)
    city = write_city(folder / "city", catalog, options)
    _tell(f"约 {plan.seconds / 60:.0f} 分钟，{city.lines:,} 条记录，每秒 {rate} 条")
    with Cluster(folder / "kafka") as cluster:
        async with Edge(folder, cluster.broker, SETTINGS, served=True) as edge:
            begun = asyncio.get_running_loop().time()
            chronicle = await Campaign(edge, cluster, Random(seed), _tell).run(plan, city.events, rate)
            seconds = asyncio.get_running_loop().time() - begun
            for process in edge.processes:
                process.stop()
            found = await _found(edge, catalog, seconds)
    print()
    for line in report(chronicle, found):
        print(line)
    return found.holds


async def _found(edge: Edge, catalog: Catalog, seconds: float) -> Found:
    expected = await clean(edge.log, edge.settings, catalog)
    there = await said(edge.log, edge.settings)
    if edge.server is not None:
        edge.server.stop()
    return Found(
        in_topic=counted(expected, there.values, there.contradicted),
        in_store=counted(expected, *stored(edge.store)),
        differences=tuple(map(str, verify(edge.store).differences)),
        expected=len(expected),
        again=there.again,
        seconds=seconds,
    )


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
