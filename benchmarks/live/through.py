"""Events through Kafka, Faust, all rules, state and cards; beside a stock Faust agent that writes a row an event."""

import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep

from benchmarks.figures import Figure, least
from benchmarks.live.running import LOOK_EVERY, Running
from benchmarks.live.setting import Setting, free_port, in_a_folder, on_kafka

PART = "events through Kafka, all rules, state and cards: one supervising worker"
EMBEDDED = "jiancha run: log, judgment and store in one process"
AIM, TIMES, AIM_EMBEDDED = 40_000, 8, 20_000
OF_STOCK = 20_000
"""Records the stock agent is given: at its pace more would only take longer."""
JUDGED = ("folded", "duplicate", "quarantined", "relayed")


def through(lines: Sequence[bytes]) -> list[Figure]:
    """Return what one worker takes, and how many times that of a stock agent."""
    with on_kafka() as setting:
        setting.feed(lines)
        with setting.start("worker", "--role", "supervise") as worker:
            records, wall, cpu = _pace(worker, "supervise")
            memory = worker.memory
        stock, stock_cpu = _stock(setting)
    rate, cost = records / wall, cpu / records
    return [
        Figure(PART, "events a second", rate, "", least(AIM), f"{records:,.0f} records, {wall:.1f} s"),
        Figure(PART, "CPU time an event", cost * 1e6, "us"),
        Figure(PART, "events a CPU-second", 1 / cost, "", least(AIM)),
        Figure(PART, "memory", memory / 2**20, "MiB"),
        Figure(PART, "stock Faust, one table row an event: events a CPU-second", stock / stock_cpu, ""),
        Figure(PART, "times the stock agent, CPU time", stock_cpu / stock / cost, "", least(TIMES)),
    ]


def embedded(lines: Sequence[bytes]) -> list[Figure]:
    """Return what ``jiancha run`` takes, the store included."""
    with in_a_folder() as setting:
        setting.feed(lines)
        with setting.start("run") as worker:
            records, wall, cpu = _pace(worker, "")
            memory = worker.memory
    return [
        Figure(
            EMBEDDED, "events a second, the store included", records / wall, "", least(AIM_EMBEDDED), f"{wall:.1f} s"
        ),
        Figure(EMBEDDED, "CPU time an event", cpu / records * 1e6, "us"),
        Figure(EMBEDDED, "memory", memory / 2**20, "MiB"),
    ]


def _pace(worker: Running, role: str) -> tuple[float, float, float]:
    """Return records, wall and CPU seconds from the first records until nothing waits."""
    worker.wait_ready()
    began, cpu, first = monotonic(), worker.cpu, _judged(worker)
    while True:
        sleep(LOOK_EVERY)
        worker.check()
        having = (f'role="{role}"',) if role else ()
        judged = _judged(worker)
        if judged > first and worker.total("jiancha_lag_records", *having) == 0:
            return judged - first, monotonic() - began, worker.cpu - cpu


def _judged(worker: Running) -> float:
    return sum(worker.total("jiancha_records_total", f'outcome="{one}"', 'topic="jiancha.events"') for one in JUDGED)


def _stock(setting: Setting) -> tuple[float, float]:
    """Return how many records the stock agent wrote rows of, and its CPU seconds for that."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.live.stock", setting.broker, str(port), str(OF_STOCK)]
    with Running(command, setting.room, port, {**setting.environment, "PYTHONPATH": _here()}) as agent:
        agent.wait_ready()
        while agent.total("stock_records") < 1:
            sleep(LOOK_EVERY)
            agent.check()
        first, cpu = agent.total("stock_records"), agent.cpu
        while agent.total("stock_records") < OF_STOCK:
            sleep(LOOK_EVERY)
            agent.check()
        return agent.total("stock_records") - first, agent.cpu - cpu


def _here() -> str:
    return str(Path(__file__).parents[2])
