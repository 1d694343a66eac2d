"""The replay of a feed into the store, whole: the command as people call it, and what each of its processes costs."""

import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, least, most
from benchmarks.processes import Ran, run

PART = "jiancha replay into the store, whole process"
MILLION = 1_000_000
SECONDS = 60
BOTH_CORES = 1.2
"""CPU seconds a wall second: more than one core could give."""


def archive(lines: Iterable[bytes]) -> list[Figure]:
    """Return what a replay costs: wall seconds, CPU seconds of each process, size of the store."""
    with TemporaryDirectory(prefix="jiancha-bench-") as room:
        feed = Path(room) / "events.jsonl"
        count = _write(feed, lines)
        command = [
            str(Path(sys.executable).with_name("jiancha")),
            "replay",
            str(feed),
            "--store",
            str(Path(room) / "store"),
        ]
        first = run(command, Path(room))
        stored = sum(file.stat().st_size for file in (Path(room) / "store").rglob("*") if file.is_file())
    aim = most(SECONDS * count / MILLION) if count >= MILLION // 2 else None
    return [
        Figure(PART, "wall time", first.wall, "s", aim, f"{count:,} events"),
        Figure(PART, "events a second of wall time", count / first.wall, ""),
        Figure(PART, "CPU time, all processes", first.cpu, "s"),
        *_by_process(first),
        Figure(PART, "cores it kept busy", first.cpu / first.wall, "", least(BOTH_CORES) if aim else None),
        Figure(PART, "size of the store", stored / count, "bytes/event"),
    ]


def _write(feed: Path, lines: Iterable[bytes]) -> int:
    count = 0
    with feed.open("wb") as out:
        for line in lines:
            out.write(line)
            out.write(b"\n")
            count += 1
    return count


def _by_process(ran: Ran) -> list[Figure]:
    first, *others = ran.by_process.values() or [0.0]
    started = [Figure(PART, "  a process it started", cpu, "s", note="CPU") for cpu in others]
    return [Figure(PART, "  the command itself", first, "s", note="CPU"), *started]
