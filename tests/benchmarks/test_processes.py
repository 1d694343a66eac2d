import sys
from pathlib import Path

import pytest

from benchmarks.processes import Failed, run

BUSY = "sum(i * i for i in range(4_000_000))"
TWO = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', '{BUSY}']); {BUSY}; p.wait()"


def test_the_cost_of_a_command_is_that_of_its_processes(tmp_path: Path) -> None:
    ran = run([sys.executable, "-c", TWO], tmp_path)

    assert ran.wall > 0
    assert ran.cpu > 0
    assert len(ran.by_process) <= 2
    assert sum(ran.by_process.values()) <= ran.cpu + 0.1


def test_a_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path)
