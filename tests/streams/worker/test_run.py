"""``jiancha run``: everything in one process, from its first word to its last."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from rules.engine.cards import Transition
from streams.live.wire import TICK, transition_of
from streams.log import LocalLog, New
from streams.settings import Settings, load_settings
from streams.topics import Topics, ensure_topics
from streams.verify import verify
from tests.streams.replay.village import JT, opened, write_village
from tests.streams.worker.month import halves
from tools.soak.processes import Process

pytestmark = pytest.mark.slow

TOPICS = Topics.of("jiancha")
JUDGED = (TOPICS.events, TOPICS.second, TOPICS.replies)
STORED = (TOPICS.events, TOPICS.cards, TOPICS.quarantine, TOPICS.state_cases)
FIGURES = (
    'jiancha_lag_records{partition="0",role="supervise",topic="jiancha.events"} 0.0',
    'jiancha_lag_records{partition="0",role="sink",topic="jiancha.cards"} 0.0',
    'jiancha_watermark_seconds{partition="1",topic="jiancha.events"} 1.7',
    'jiancha_source_watermark_seconds{source="SL-GJ"} 1.7',
    'jiancha_source_delay_seconds{source="SL-GJ"} ',
    'jiancha_records_total{outcome="folded",partition="1",topic="jiancha.events"} ',
    'jiancha_records_total{outcome="quarantined",',
    'jiancha_card_moves_total{level="yellow",move="raised",rule="OT_PROMISE_OVERDUE"} ',
    'jiancha_timers_fired_total{partition="0",topic="jiancha.events"} ',
    "jiancha_timers_due 0.0",
    'jiancha_sink_batches_total{topic="jiancha.cards"} ',
    "jiancha_sink_retries_total 0.0",
    "process_resident_memory_bytes ",
)
"""Lines of what Prometheus reads, as they begin once the first half has been judged and stored."""
FACTOR = 24 * 3600
"""Simulated seconds in a real one: a day passes in one."""


class Machine:
    """A folder with nothing but Python packages: a log, a store, and the process over them."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        self.environment = {
            "BROKER": f"local://{folder / 'log'}",
            "STORE": str(folder / "store"),
            "HTTP__PORT": "0",
            "HTTP__STORE_PORT": "0",
            "TOPICS__PARTITIONS": "2",
            **more,
        }
        given = {f"JIANCHA_{name}": value for name, value in self.environment.items()}
        self.settings: Settings = load_settings(given).settings
        self.running = Process("run", folder, ("run",), self.environment)

    def told(self, *arguments: str) -> tuple[int | None, str]:
        """Return the exit code of a command and what it said."""
        process = Process(arguments[0], self.folder, arguments, self.environment)
        process.start()
        return process.wait(120), process.said

    def asked(self, path: str) -> tuple[int, str]:
        """Return the status and the text of an answer over HTTP."""
        with urlopen(f"{self.running.address}{path}", timeout=30) as answer:  # noqa: S310 - its own address
            return answer.status, answer.read().decode()

    async def drained(self) -> None:
        """Return once all that is in the log is judged and stored."""
        log = LocalLog(self.folder / "log", read_only=True)
        await log.start()
        try:
            async with asyncio.timeout(120):
                while await self._behind(log):
                    assert self.running.running, self.running.said
                    await asyncio.sleep(0.05)
        finally:
            await log.stop()

    async def _behind(self, log: LocalLog) -> bool:
        for role, topics in (("supervise", JUDGED), ("sink", STORED)):
            committed = await log.committed(f"jiancha-{role}")
            for topic in topics:
                for number in range(await log.partitions(topic)):
                    if committed.get((topic, number), 0) < (await log.bounds(topic, number))[1]:
                        return True
        return False

    async def said(self) -> list[Transition]:
        """Return the transitions in the cards topic."""
        return [transition_of(value) for value in await self.values(TOPICS.cards)]

    async def values(self, topic: str) -> list[bytes]:
        """Return the values of a topic."""
        log = LocalLog(self.folder / "log", read_only=True)
        await log.start()
        try:
            found = [await log.read(topic, number, 0, 10**6) for number in range(await log.partitions(topic))]
        finally:
            await log.stop()
        return [one.value for some in found for one in some if one.value is not None]


async def _whole(folder: Path) -> None:
    parts = halves(folder, 2)
    machine = Machine(folder, CLOCK="rehearsal")
    assert 0 == machine.told("feed", str(parts.first))[0]
    machine.running.start()
    machine.running.ready()
    await machine.drained()
    assert (200, '{"status": "ready"}') == machine.asked("/health/ready")
    status, figures = machine.asked("/metrics")
    assert 200 == status
    assert set() == {name for name in FIGURES if f"\n{name}" not in figures}
    code, said = machine.told("feed", str(parts.second))
    assert 2 == code
    assert "正由另一个进程写入" in said
    assert "Traceback" not in said

    assert 0 == machine.running.stop()

    assert "Traceback" not in machine.running.said
    first = len(await machine.said())
    assert first > 50
    assert 0 == machine.told("feed", str(parts.second))[0]
    machine.running.start()
    machine.running.ready()
    machine.running.kill()
    machine.running.start()
    await machine.drained()
    assert 0 == machine.running.stop()
    said_at_all = {(one.card.card_id, one.card.seq) for one in await machine.said()}
    assert len(said_at_all) > first
    found = verify(folder / "store")
    assert () == found.differences
    assert len(said_at_all) == found.transitions
    assert 0 == machine.told("reconcile")[0]


def test_it_is_ready_reads_what_is_fed_drains_when_told_to_end_and_goes_on_where_it_was(tmp_path: Path) -> None:
    asyncio.run(_whole(tmp_path))


async def _timers(folder: Path) -> None:
    machine = Machine(
        folder,
        CATALOG=str(write_village(folder / "village")),
        CLOCK="scaled",
        CLOCK__EPOCH_REAL=datetime.now(UTC).isoformat(),
        CLOCK__EPOCH_SIM="2026-03-02T12:00:00+08:00",
        CLOCK__FACTOR=str(FACTOR),
    )
    await ensure_topics(machine.settings)
    log = LocalLog(folder / "log")
    await log.start()
    for one in opened("C1", 0, org_code=JT, data_source=None):
        await log.append(TOPICS.events, 0, [New(json.dumps(one).encode(), b"C1")])
    await log.stop()
    machine.running.start()

    async with asyncio.timeout(120):
        while "OT_PROMISE_OVERDUE" not in {one.card.rule_id for one in await machine.said()}:
            assert machine.running.running, machine.running.said
            await asyncio.sleep(0.1)

    assert 0 == machine.running.stop()
    overdue = next(one for one in await machine.said() if one.card.rule_id == "OT_PROMISE_OVERDUE")
    assert "" == overdue.cause
    assert datetime(2026, 3, 9, 16, 30, tzinfo=UTC).timestamp() * 1_000_000 == overdue.known_at
    ticks = [value for value in await machine.values(TOPICS.events) if value.startswith(TICK)]
    assert 0 < len(ticks) < 100
    assert () == verify(folder / "store").differences


def test_a_card_appears_when_its_time_has_come_though_nothing_arrives(tmp_path: Path) -> None:
    asyncio.run(_timers(tmp_path))


async def _full(folder: Path) -> None:
    machine = Machine(folder, CLOCK="rehearsal")
    assert 0 == machine.told("feed", str(halves(folder, 2).first))[0]
    room = (folder / "log" / "log.db").stat().st_size // 1024 + 64
    limited = f'ulimit -f {room}; exec "$0" run'
    jiancha = str(Path(sys.executable).with_name("jiancha"))
    full = Process("full", folder, ("-c", limited, jiancha), machine.environment, program="/bin/bash")
    full.start()

    assert 2 == full.wait(120), full.said

    assert "Traceback" not in full.said
    assert full.said.rstrip().splitlines()[-1].startswith("错误：日志写不进去")
    machine.running.start()
    await machine.drained()
    assert 0 == machine.running.stop()
    found = verify(folder / "store")
    assert () == found.differences
    assert found.transitions > 50
    assert 0 == machine.told("reconcile")[0]


def test_a_disk_that_is_full_ends_it_with_a_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    asyncio.run(_full(tmp_path))
