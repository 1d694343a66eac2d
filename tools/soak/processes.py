"""One process, mostly of ``jiancha``: started, watched, asked to end, or killed as a power cut would."""

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

READY = "就绪"
LOOK_EVERY = 0.05


class NotReady(Exception):
    """A process ended, or said nothing, before it was ready; the message ends with what it said last."""


class Process:
    """A command of ``jiancha``, or one of another program, with settings of its own; ``kills`` counts.

    It runs in a folder; what it says goes into a file there, or of the folder ``log``, over all its lives.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        arguments: Sequence[str],
        settings: Mapping[str, str],
        *,
        program: str = "jiancha",
        log: Path | None = None,
    ) -> None:
        self.name = name
        self.folder = folder
        self.arguments = tuple(arguments)
        self.settings = dict(settings)
        self.program = program
        self.kills = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._log = (log or folder) / f"{name}.log"
        self._from = 0

    @property
    def running(self) -> bool:
        """Return whether it lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def said(self) -> str:
        """Return what it has said since it was started last."""
        with self._log.open("rb") as log:
            log.seek(self._from)
            return log.read().decode(errors="replace")

    @property
    def address(self) -> str:
        """Return the address it answers at, empty before it is ready."""
        _, _, rest = self.said.partition(f"{READY}：")
        return rest.partition("；")[2].partition("/health")[0].strip()

    def start(self) -> None:
        """Start it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JIANCHA_")}  # noqa: TID251 - a process needs its surroundings
        given = {f"JIANCHA_{name}": value for name, value in self.settings.items()}
        atexit.register(self.kill)
        with self._log.open("ab") as log:
            self._from = log.seek(0, os.SEEK_END)
            self._process = subprocess.Popen(
                [str(Path(sys.executable).parent / self.program), *self.arguments],
                cwd=self.folder,
                env={**kept, **given, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def ready(self, within: float = 60) -> None:
        """Return once it says that it is ready; NotReady."""
        for _ in range(int(within / LOOK_EVERY)):
            if READY in self.said:
                return
            if self.wait(LOOK_EVERY) is not None:
                break
        raise NotReady(f"{self.name}：{self.said[-3000:]}")

    def wait(self, seconds: float) -> int | None:
        """Return its exit code, None where it lives on for so long."""
        if self._process is None:
            return None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End it at once; what it had not made durable is gone."""
        if self._process is None:
            return
        if self.running:
            self._process.kill()
            self.kills += 1
        self._process.wait()

    def stop(self, within: float = 60) -> int | None:
        """Ask it to end and return its exit code, None where it does not end in time."""
        if self._process is None:
            return None
        self._process.send_signal(signal.SIGTERM)
        return self.wait(within)
