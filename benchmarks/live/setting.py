"""What is measured on: a broker or a folder, settings, a city fed into it."""

import os
import socket
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.live.running import JIANCHA, Running
from benchmarks.processes import Failed
from tools.broker.cluster import Cluster

PARTITIONS = 8


class Setting:
    """A folder with settings in the environment of whatever runs there."""

    def __init__(self, room: Path, broker: str, clock: str = "rehearsal") -> None:
        self.room = room
        self.broker = broker
        self.environment: Mapping[str, str] = {
            "JIANCHA_BROKER": broker,
            "JIANCHA_STORE": str(room / "store"),
            "JIANCHA_CLOCK": clock,
            "JIANCHA_TOPICS__REPLICATION": "1",
            "JIANCHA_TOPICS__PARTITIONS": str(PARTITIONS),
        }

    def run(self, *arguments: str) -> None:
        """Run a command of jiancha to its end; Failed where it ends otherwise."""
        done = subprocess.run(
            [JIANCHA, *arguments],
            cwd=self.room,
            env={**os.environ, **self.environment},
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise Failed((done.stdout + done.stderr).decode(errors="replace")[-2000:])

    def start(self, *arguments: str) -> Running:
        """Start a worker."""
        port, store_port = free_port(), free_port()
        environment = {
            **self.environment,
            "JIANCHA_HTTP__PORT": str(port),
            "JIANCHA_HTTP__STORE_PORT": str(store_port),
        }
        return Running([JIANCHA, *arguments], self.room, port, environment, store_port=store_port)

    def feed(self, lines: Iterable[bytes]) -> int:
        """Feed a city and return how many lines it had."""
        file = self.room / "events.jsonl"
        many = 0
        with file.open("wb") as out:
            for line in lines:
                out.write(line + b"\n")
                many += 1
        self.run("feed", str(file), "--ticks-every", "6h")
        file.unlink()
        return many


@contextmanager
def on_kafka(clock: str = "rehearsal") -> Iterator[Setting]:
    """Give a setting on a Kafka of one node, its topics made."""
    with TemporaryDirectory(prefix="jiancha-bench-") as name:
        room = Path(name)
        with Cluster(room / "kafka") as cluster:
            setting = Setting(room, cluster.broker, clock)
            setting.run("topics", "apply")
            yield setting


@contextmanager
def in_a_folder() -> Iterator[Setting]:
    """Give a setting on a local log."""
    with TemporaryDirectory(prefix="jiancha-bench-") as name:
        room = Path(name)
        yield Setting(room, f"local://{room / 'log'}")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
