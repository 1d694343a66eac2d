"""What the local log does beyond the contract: locks, crashes, clocks, compaction, full disks."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path

import pytest

from streams.log import LocalLog, LogFailed, LogLocked, LogMissing, New, TopicExists, open_log
from tests.kafka.grounds import ARRIVAL, finished

COMPACT = {"cleanup.policy": "compact"}

APPEND_FOREVER = """
import asyncio, sys
from pathlib import Path
from streams.log import LocalLog, New

async def work():
    log = LocalLog(Path(sys.argv[1]))
    await log.start()
    for at in range(10**6):
        await log.append("t", 0, [New(f"{sys.argv[2]} {at}".encode())] * 7)
        print(at, flush=True)

asyncio.run(work())
"""


@asynccontextmanager
async def opened(folder: Path, *, read_only: bool = False) -> AsyncIterator[LocalLog]:
    log = LocalLog(folder, read_only=read_only)
    await log.start()
    try:
        yield log
    finally:
        await log.stop()


class TestSharing:
    def test_two_logs_of_one_process_share_the_file(self, tmp_path: Path) -> None:
        async def work() -> tuple[int, int]:
            async with opened(tmp_path) as one, opened(tmp_path) as other:
                await one.create_topic("t", 1)
                await other.append("t", 0, [New(b"a")])
                await one.append("t", 0, [New(b"b")])
                ended = one.end("t", 0), len(await other.read("t", 0, 0, 9))
            async with opened(tmp_path) as again:
                await again.append("t", 0, [New(b"c")])
            return ended

        assert (2, 2) == finished(work())

    def test_another_process_may_read_but_not_write_while_one_writes(self, tmp_path: Path) -> None:
        folder = tmp_path / "log"
        asyncio.run(_with_topic(folder))
        writer = subprocess.Popen([sys.executable, "-c", APPEND_FOREVER, str(folder), "only"], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()

        async def work() -> tuple[int, int]:
            with pytest.raises(LogLocked, match="另一个进程"):
                await LocalLog(folder).start()
            async with opened(folder, read_only=True) as log:
                with pytest.raises(LogFailed, match="只读"):
                    await log.append("t", 0, [New(b"x")])
                _, first = await log.bounds("t", 0)
                assert writer.stdout is not None
                for _ in range(20):
                    writer.stdout.readline()
                read = await log.read("t", 0, first, 1)
                return first, read[0].offset

        try:
            first, read = finished(work())
        finally:
            writer.kill()
            writer.wait()
            writer.stdout.close()

        assert first == read
        assert first >= 7

    def test_reading_where_there_is_no_log_makes_none(self, tmp_path: Path) -> None:
        with pytest.raises(LogMissing):
            finished(open_log(f"local://{tmp_path}/none", read_only=True).start())

        assert not (tmp_path / "none").exists()

    def test_a_listener_hears_of_every_append_until_it_leaves(self, tmp_path: Path) -> None:
        async def work() -> int:
            heard: list[int] = []
            async with opened(tmp_path) as log:
                await log.create_topic("t", 1)
                leave = log.listen(lambda: heard.append(log.end("t", 0)))
                await log.append("t", 0, [New(b"a"), New(b"b")])
                leave()
                await log.append("t", 0, [New(b"c")])
            return sum(heard)

        assert 2 == finished(work())


async def _with_topic(folder: Path) -> None:
    async with opened(folder) as log:
        await log.create_topic("t", 1)


class TestLastingThroughCrashes:
    def test_every_acknowledged_append_outlives_a_kill_and_each_is_whole_or_absent(self, tmp_path: Path) -> None:
        folder = tmp_path / "log"
        asyncio.run(_with_topic(folder))
        acknowledged = []
        for lines in (1, 30, 75):
            command = [sys.executable, "-c", APPEND_FOREVER, str(folder), str(lines)]
            writer = subprocess.Popen(command, stdout=subprocess.PIPE)
            assert writer.stdout is not None
            said = [writer.stdout.readline() for _ in range(lines)]
            writer.send_signal(signal.SIGKILL)
            said += writer.stdout.readlines()
            writer.wait()
            writer.stdout.close()
            acknowledged.append(sum(line.endswith(b"\n") for line in said))

        async def work() -> list[bytes | None]:
            async with opened(folder) as log:
                return [record.value for record in await log.read("t", 0, 0, 10**6)]

        runs = [(value, len(list(same))) for value, same in groupby(finished(work()))]

        assert {7} == {count for _, count in runs}
        written = [len(list(same)) for _, same in groupby(runs, lambda run: (run[0] or b"").split()[0])]
        assert all(said <= kept <= said + 1 for said, kept in zip(acknowledged, written, strict=True))

    def test_a_full_disk_fails_the_append_and_nothing_of_it_stays(self, tmp_path: Path) -> None:
        async def work() -> tuple[int, int]:
            async with opened(tmp_path) as log:
                await log.create_topic("t", 1)
                await log.append("t", 0, [New(b"a")])
                assert log._held is not None
                writer = log._held.file._writer
                (pages,) = writer.execute("PRAGMA page_count").fetchone()
                writer.execute(f"PRAGMA max_page_count = {pages + 2}")
                with pytest.raises(LogFailed, match="full"):
                    await log.append("t", 0, [New(b"x" * 9000)] * 20)
                writer.execute("PRAGMA max_page_count = 1000000")
                _, after_failing = await log.bounds("t", 0)
                await log.append("t", 0, [New(b"b")])
                return after_failing, len(await log.read("t", 0, 0, 99))

        assert (1, 2) == finished(work())

    def test_appends_of_one_moment_share_a_transaction(self, tmp_path: Path) -> None:
        async def work() -> int:
            async with opened(tmp_path) as log:
                await log.create_topic("t", 4)
                commits: list[None] = []
                log.listen(lambda: commits.append(None))
                await asyncio.gather(*(log.append("t", at % 4, [New(b"x")]) for at in range(100)))
                return len(commits)

        assert finished(work()) <= 3

    def test_a_file_of_another_version_is_refused(self, tmp_path: Path) -> None:
        asyncio.run(_with_topic(tmp_path))
        with sqlite3.connect(tmp_path / "log.db") as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()

        with pytest.raises(LogFailed, match="99"):
            finished(LocalLog(tmp_path).start())


class TestClock:
    def test_stamps_stand_still_while_the_clock_goes_back(self, tmp_path: Path) -> None:
        hour = 3_600_000_000
        readings = iter([10 * hour, 9 * hour, 9 * hour + 5, 10 * hour + 7_000])

        async def work() -> list[int]:
            log = LocalLog(tmp_path, clock=lambda: next(readings))
            await log.start()
            await log.create_topic("t", 1, ARRIVAL)
            for _ in range(4):
                await log.append("t", 0, [New(b"x")])
            stamps = [record.stamp for record in await log.read("t", 0, 0, 9)]
            await log.stop()
            return stamps

        assert [10 * hour, 10 * hour, 10 * hour, 10 * hour + 7_000] == finished(work())


class TestCompaction:
    def test_only_the_last_record_of_a_key_is_kept_at_its_own_offset(self, tmp_path: Path) -> None:
        async def work() -> list[tuple[int, bytes | None, bytes | None]]:
            async with opened(tmp_path) as log:
                await log.create_topic("t", 2, COMPACT)
                await log.append("t", 0, [New(b"1", b"a"), New(b"2", b"b"), New(b"3", b"a")])
                await log.append("t", 1, [New(b"other", b"a")])
                await log.append("t", 0, [New(b"4", b"b")])
                return [(record.offset, record.key, record.value) for record in await log.read("t", 0, 0, 9)]

        assert [(2, b"a", b"3"), (3, b"b", b"4")] == finished(work())

    def test_a_key_without_a_value_goes_when_the_log_is_opened_again_and_the_end_stays(self, tmp_path: Path) -> None:
        async def work() -> list[object]:
            async with opened(tmp_path) as log:
                await log.create_topic("t", 1, COMPACT)
                await log.append("t", 0, [New(b"1", b"a"), New(b"2", b"b"), New(None, b"a")])
                before = [record.value for record in await log.read("t", 0, 0, 9)]
            async with opened(tmp_path) as log:
                after = [record.value for record in await log.read("t", 0, 0, 9)]
                return [before, after, await log.bounds("t", 0)]

        assert [[b"2", None], [b"2"], (0, 3)] == finished(work())


class TestTopicsAndGroups:
    def test_a_topic_is_made_once_with_its_configuration(self, tmp_path: Path) -> None:
        async def work() -> dict[str, tuple[int, bool, bool]]:
            async with opened(tmp_path) as log:
                await log.create_topic("plain", 2)
                await log.create_topic("state", 3, {**COMPACT, **ARRIVAL})
                with pytest.raises(TopicExists):
                    await log.create_topic("plain", 2)
            async with opened(tmp_path) as log:
                found = await log.topics()
            return {name: (t.partitions, t.compacted, t.stamped_here) for name, t in found.items()}

        assert {"plain": (2, False, False), "state": (3, True, True)} == finished(work())

    def test_offsets_are_kept_for_each_group(self, tmp_path: Path) -> None:
        async def work() -> list[object]:
            async with opened(tmp_path) as log:
                await log.create_topic("t", 2)
                await log.commit("g", {("t", 0): 5, ("t", 1): 6})
                await log.commit("h", {("t", 0): 1})
                await log.commit("g", {("t", 0): 7})
            async with opened(tmp_path) as log:
                return [await log.committed(group) for group in "ghi"]

        assert [{("t", 0): 7, ("t", 1): 6}, {("t", 0): 1}, {}] == finished(work())
