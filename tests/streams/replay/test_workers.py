"""What a replay says when one of its processes breaks off."""

import os
import signal
from pathlib import Path

import pytest

from streams.replay.settings import Phase
from streams.replay.work import Plan
from streams.replay.workers import Crew, WorkerFailed
from tests.streams.replay.village import write_village

pytestmark = pytest.mark.slow


def plan(catalog: Path) -> Plan:
    return Plan(
        inputs=(),
        sources=(),
        mapping=None,
        catalog=catalog,
        edition="another",
        profile=None,
        as_of=None,
        latest=0,
        strict=False,
        spool=None,
    )


def no_piece(table: str, piece: Path) -> None:
    """Nothing is stored here."""


def no_progress(shard: int, phase: Phase, fraction: float, records: int) -> None:
    """Nobody asked."""


def test_a_catalogue_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    with Crew(1, no_piece, no_progress) as crew, pytest.raises(WorkerFailed, match="目录在读取中变了：another"):
        crew.read(plan(write_village(tmp_path)))


def test_a_process_that_is_killed_is_told_with_its_signal(tmp_path: Path) -> None:
    with Crew(1, no_piece, no_progress) as crew:
        (process,) = crew._processes
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)

        with pytest.raises(WorkerFailed, match=r"第 1 个判定进程意外退出（-9）"):
            crew.read(plan(write_village(tmp_path)))


def test_processes_end_with_the_crew(tmp_path: Path) -> None:
    with Crew(2, no_piece, no_progress) as crew:
        processes = crew._processes

    assert [] == [process for process in processes if process.is_alive()]
    assert not list(tmp_path.iterdir())
