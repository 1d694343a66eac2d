"""One node: a Java process on a data folder."""

import atexit
import signal
import socket
import subprocess
from pathlib import Path

from tools.broker.errors import BrokerFailed
from tools.broker.jars import class_path, java

HEAP = "512m"
QUICK = ["-XX:TieredStopAtLevel=1"]
START_SECONDS = 60
STOP_SECONDS = 30


class Node:
    """A node in a folder: ``server.properties``, ``data/`` and ``kafka.log`` lie there and outlive the process."""

    def __init__(self, folder: Path, port: int, cluster_id: str, told: str, *, quick: bool) -> None:
        self.folder = folder
        self.port = port
        self._cluster_id = cluster_id
        self._quick = quick
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self._properties = folder / "server.properties"
        self._properties.write_text(told)

    @property
    def running(self) -> bool:
        """Return whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def launch(self) -> None:
        """Start the process, on the data it had where there is any. ``wait`` for it afterwards."""
        if self.running:
            return
        if not (self.folder / "data" / "meta.properties").exists():
            told = ["format", "-t", self._cluster_id, "-c", str(self._properties)]
            command = self._java(QUICK, "kafka.tools.StorageTool", *told)
            done = subprocess.run(command, capture_output=True, check=False)
            if done.returncode:
                raise BrokerFailed(f"Kafka 的数据目录建不成：{(done.stderr or done.stdout).decode()[-2000:]}")
        atexit.register(self.kill)
        with (self.folder / "kafka.log").open("ab") as log:
            command = self._java(QUICK if self._quick else [], "kafka.Kafka", str(self._properties))
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait(self) -> None:
        """Return once clients can connect; BrokerFailed where they cannot within a minute."""
        for _ in range(START_SECONDS * 20):
            if self._process is None:
                break
            try:
                self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                        return
            else:
                break
        raise BrokerFailed(f"Kafka 没有起来：{(self.folder / 'kafka.log').read_text()[-2000:]}")

    def start(self) -> None:
        """Launch and wait."""
        self.launch()
        self.wait()

    def kill(self) -> None:
        """End the process at once, as a power cut would; its data stay."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the process to end, and end it where it does not."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _java(self, more: list[str], main: str, *arguments: str) -> list[str]:
        options = [f"-Xmx{HEAP}", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"]
        return [str(java()), *options, *more, "-cp", class_path(), main, *arguments]
