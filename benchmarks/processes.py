"""CPU time of a command and of each process it starts, as the kernel counts it (Linux: ``/proc``)."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

PROC = Path("/proc")
LOOK_EVERY = 0.25
"""Seconds between two looks; what a process does after the last look before its end is not told apart."""

PARENT, USER, SYSTEM = 1, 11, 12
"""Places of the fields in ``/proc/PID/stat`` after the name in brackets."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended well: wall seconds, CPU seconds in all and by process, in the order of their start."""

    wall: float
    cpu: float
    by_process: Mapping[int, float]


class Failed(RuntimeError):
    """The command did not end well; the message holds what it said last."""


def run(command: Sequence[str], cwd: Path) -> Ran:
    """Run a command to its end and return what it cost; Failed where it ends otherwise."""
    before, began = _children(), perf_counter()
    log = cwd / "output.txt"
    seen: dict[int, float] = {}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=cwd, stdout=out, stderr=subprocess.STDOUT)
        while _runs(process):
            seen.update(_costs(process.pid))
    wall = perf_counter() - began
    if process.returncode:
        raise Failed(f"{' '.join(command)}: {log.read_text(errors='replace')[-2000:]}")
    return Ran(wall, _children() - before, dict(sorted(seen.items())))


def _runs(process: "subprocess.Popen[bytes]") -> bool:
    """Wait a moment; return whether the process still runs."""
    try:
        process.wait(timeout=LOOK_EVERY)
    except subprocess.TimeoutExpired:
        return True
    return False


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _costs(root: int) -> dict[int, float]:
    """Return the CPU seconds so far of a process and of those it started, by id; empty without ``/proc``."""
    parents: dict[int, int] = {}
    costs: dict[int, float] = {}
    ticks = os.sysconf("SC_CLK_TCK")
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        pid = int(stat.parent.name)
        parents[pid] = int(fields[PARENT])
        costs[pid] = (int(fields[USER]) + int(fields[SYSTEM])) / ticks
    mine = {root}
    while more := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return {pid: costs[pid] for pid in mine if pid in costs}
