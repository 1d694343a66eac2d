"""Debian's ClickHouse server of 2018, where it is installed: a second opinion on the wire, by nobody who wrote a peer.

It knows neither instants below the second nor much else of today, so it is given what it can hold of a table.
"""

import re
import shutil
import socket
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

PROGRAM = "clickhouse-server"
USER, WORD = "writer", "pass word"
_CONFIG = """<yandex>
  <logger><level>error</level><log>{room}/log</log><errorlog>{room}/errors</errorlog></logger>
  <tcp_port>{port}</tcp_port><listen_host>127.0.0.1</listen_host><max_connections>64</max_connections>
  <path>{room}/data/</path><tmp_path>{room}/tmp/</tmp_path><users_config>{room}/users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database>
  <mark_cache_size>67108864</mark_cache_size><timezone>UTC</timezone>
</yandex>"""
_USERS = f"""<yandex>
  <profiles><default/></profiles><quotas><default/></quotas>
  <users><{USER}><password>{WORD}</password><networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota></{USER}></users>
</yandex>"""
_TODAY = (
    (r"\s+COMMENT '[^']*'", ""),
    (r"\s+CODEC\([^()]*(?:\([^()]*\))?\)", ""),
    (r"DateTime64\(6, 'Asia/Shanghai'\)", "Int64"),
    (r"LowCardinality\(((?:[^()]|\([^()]*\))*)\)", r"\1"),
    (r"\bBool\b", "UInt8"),
    (r"\nSETTINGS [^\n]*", ""),
)


def missing() -> str | None:
    """Return why there is no such server here, None where there is one."""
    return (
        None if shutil.which(PROGRAM) else f"{PROGRAM}（Debian 的 ClickHouse 18.16）没有安装：apt-get install {PROGRAM}"
    )


def degraded(statement: str) -> str:
    """Return what the server can hold of a table: instants as numbers, plain text, nothing about storage."""
    for today, then in _TODAY:
        statement = re.sub(today, then, statement)
    return statement


@dataclass
class OldServer:
    """The server in a room of its own; ``with`` starts and ends it."""

    room: Path
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start and return when it answers, at the same port as before."""
        if not self.port:
            with closing(socket.create_server(("127.0.0.1", 0))) as free:
                self.port = free.getsockname()[1]
        (self.room / "config.xml").write_text(_CONFIG.format(room=self.room, port=self.port))
        (self.room / "users.xml").write_text(_USERS)
        self._process = subprocess.Popen(
            [PROGRAM, f"--config-file={self.room / 'config.xml'}"],
            cwd=self.room,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not self._answers():
            if self._process.poll() is not None:
                errors = self.room / "errors"
                pytest.fail(f"{PROGRAM} ended: {errors.read_text() if errors.exists() else self._process.returncode}")

    def stop(self) -> None:
        """End as an operator ends it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    def kill(self) -> None:
        """End at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(30)
        self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _answers(self) -> bool:
        with closing(socket.socket()) as probe:
            probe.settimeout(0.2)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(scope="module")
def old_server(tmp_path_factory: pytest.TempPathFactory) -> OldServer:
    """A server to be started; where none is installed the test is skipped and pytest's summary says why (``-rs``)."""
    if (why := missing()) is not None:
        pytest.skip(why)
    return OldServer(tmp_path_factory.mktemp("old"))
