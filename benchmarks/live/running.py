"""A worker as a process: its figures over HTTP, its CPU time and memory as the kernel counts them."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.processes import Failed

JIANCHA = str(Path(sys.executable).with_name("jiancha"))
LOOK_EVERY = 0.2
_SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? ([-+.eE\d]+)$", re.MULTILINE)
_READY_AFTER = 180.0
_END_AFTER = 30.0


class Running:
    """A process with /health and /metrics on a port. As a context it is ended, and killed where it does not end."""

    def __init__(
        self, command: list[str], room: Path, port: int, environment: Mapping[str, str], store_port: int = 0
    ) -> None:
        self.port = port
        self.store_port = store_port
        self._log = room / f"worker-{port}.txt"
        out = self._log.open("wb")
        self.began = monotonic()
        self._process = subprocess.Popen(
            command, cwd=room, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **environment}
        )
        out.close()

    def wait_ready(self) -> float:
        """Wait until it is ready and return how long that took since its start, seconds; Failed where it is not."""
        while monotonic() - self.began < _READY_AFTER:
            with suppress(URLError, OSError):
                if self._get("/health/ready"):
                    return monotonic() - self.began
            if self._process.poll() is not None:
                break
            sleep(LOOK_EVERY / 4)
        raise Failed(f"not ready: {self._log.read_text(errors='replace')[-2000:]}")

    def total(self, name: str, *having: str) -> float:
        """Return the sum of the samples of a figure whose labels hold all these texts."""
        found = _SAMPLE.findall(self._get("/metrics"))
        return sum(
            float(value) for metric, labels, value in found if metric == name and all(h in labels for h in having)
        )

    @property
    def cpu(self) -> float:
        """Return the CPU seconds it has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> int:
        """Return the bytes it holds resident."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def check(self) -> None:
        """Failed where it has ended."""
        if self._process.poll() is not None:
            raise Failed(f"it ended: {self._log.read_text(errors='replace')[-2000:]}")

    def _get(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            text: str = answer.read().decode()
            return text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_END_AFTER)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
