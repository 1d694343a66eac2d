"""A ClickHouse server for tests: the native protocol in front of the embedded engine, so that a driver meets both.

It speaks revision 54429 without compression, knows one user, and fails as it is told: closing the connection before or
after an insert, or answering with an error.
"""

import re
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from threading import Thread
from typing import Any, Self

from clickhouse_driver.bufferedreader import BufferedSocketReader
from clickhouse_driver.bufferedwriter import BufferedSocketWriter
from clickhouse_driver.connection import ServerInfo
from clickhouse_driver.context import Context
from clickhouse_driver.reader import read_binary_str, read_binary_uint8
from clickhouse_driver.streams.native import BlockInputStream
from clickhouse_driver.varint import read_varint, write_varint
from clickhouse_driver.writer import write_binary_int32, write_binary_str, write_binary_uint8

from sinks.clickhouse.engine import Connection
from sinks.clickhouse.errors import StoreError, StoreFailed

REVISION = 54429
SIZE = 1 << 20
BLOCK_INFO = b"\x01\x00\x02" + struct.pack("<i", -1) + b"\x00"
INSERT = re.compile(r"\s*INSERT\s+INTO\s+([\w.]+)\s*\(([^)]*)\)\s*VALUES\s*", re.IGNORECASE)
QUESTION = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
HELLO, QUERY, DATA, PING = 0, 1, 2, 4
SAYS_DATA, SAYS_EXCEPTION, SAYS_PONG, SAYS_END = 1, 2, 4, 5


class Fault(Enum):
    """How the next insert goes wrong."""

    BEFORE = "the connection ends before the rows are taken"
    AFTER = "the connection ends after the rows are taken, unacknowledged"
    BUSY = "too many parts"
    SILENT = "no answer"


class Gone(Exception):
    """The connection is to be closed."""


class Kept:
    """A socket to read from that keeps what was received, so that a block read can be passed on byte for byte."""

    def __init__(self, source: socket.socket) -> None:
        self._source = source
        self.data = bytearray()

    def recv_into(self, buffer: Any) -> int:
        received = self._source.recv_into(buffer)
        self.data += memoryview(buffer)[:received]
        return received


class Bytes:
    """Bytes where the driver's buffer expects a socket to write to."""

    def __init__(self) -> None:
        self.data = bytearray()

    def sendall(self, data: bytes) -> None:
        self.data += data


def context() -> Context:
    made = Context()
    made.server_info = ServerInfo("ClickHouse", 26, 9, 2, REVISION, "Etc/UTC", "peer", REVISION)
    made.client_settings = {"strings_as_bytes": True, "use_numpy": False, "strings_encoding": "utf-8"}
    made.settings = {}
    return made


@dataclass
class Peer:
    """The server; ``with`` starts and ends it. ``faults`` are used up by inserts, ``port`` is where it listens."""

    engine: Connection
    user: str = "default"
    password: str = ""
    tls: ssl.SSLContext | None = None
    port: int = 0
    faults: list[Fault] = field(default_factory=list)
    inserts: int = 0
    _open: list[socket.socket] = field(default_factory=list)
    _threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        """Listen, on the same port as before."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._spawn(self._accept)

    def stop(self) -> None:
        """End, with every connection."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in tuple(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        self._threads.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _spawn(self, target: Any, *arguments: Any) -> None:
        thread = Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                accepted, _ = self._listener.accept()
                self._spawn(self._serve, accepted)

    def _serve(self, accepted: socket.socket) -> None:
        self._open.append(accepted)
        with suppress(OSError, EOFError, Gone):
            talk = accepted if self.tls is None else self.tls.wrap_socket(accepted, server_side=True)
            self._open.append(talk)
            with talk:
                Talk(self, talk).go()
        accepted.close()


class Talk:
    """One connection."""

    def __init__(self, peer: Peer, talk: socket.socket) -> None:
        self.peer = peer
        self.kept = Kept(talk)
        self.fin = BufferedSocketReader(self.kept, SIZE)
        self.fout = BufferedSocketWriter(talk, SIZE)
        self.blocks = BlockInputStream(self.fin, context())

    def go(self) -> None:
        engine = self.peer.engine.another()
        try:
            self._hello(engine)
            while True:
                kind = read_varint(self.fin)
                if kind == PING:
                    write_varint(SAYS_PONG, self.fout)
                    self.fout.flush()
                elif kind == QUERY:
                    self._answer(engine)
                else:
                    raise Gone
        finally:
            engine.close()

    def _hello(self, engine: Connection) -> None:
        read_varint(self.fin)
        read_binary_str(self.fin)
        for _ in range(3):
            read_varint(self.fin)
        database, user, password = (read_binary_str(self.fin) for _ in range(3))
        if (user, password) != (self.peer.user, self.peer.password):
            self._exception(516, f"{user}: Authentication failed")
            raise Gone
        try:
            engine.run(f"USE `{database}`")
        except StoreFailed as error:
            self._exception(error.code or 0, str(error))
            raise Gone from None
        write_varint(HELLO, self.fout)
        write_binary_str("ClickHouse", self.fout)
        for number in (26, 9, REVISION):
            write_varint(number, self.fout)
        write_binary_str("Etc/UTC", self.fout)
        write_binary_str("peer", self.fout)
        write_varint(2, self.fout)
        self.fout.flush()

    def _answer(self, engine: Connection) -> None:
        query, settings = self._query()
        self._skip_external_tables()
        try:
            if found := INSERT.fullmatch(query):
                self._insert(engine, found[1], found[2], settings)
            elif QUESTION.match(query):
                self._header(engine, f"DESCRIBE TABLE ({query})")
                for block in engine._session.send_query(query, "Native"):
                    self._block(block.bytes())
            elif answer := engine.answer(query, "Native"):
                self._block(answer)
        except StoreError as error:
            self._exception(error.code or 0 if isinstance(error, StoreFailed) else 999, str(error))
            return
        write_varint(SAYS_END, self.fout)
        self.fout.flush()

    def _query(self) -> tuple[str, dict[str, str]]:
        read_binary_str(self.fin)
        read_binary_uint8(self.fin)
        for _ in range(3):
            read_binary_str(self.fin)
        read_binary_uint8(self.fin)
        for _ in range(3):
            read_binary_str(self.fin)
        for _ in range(3):
            read_varint(self.fin)
        read_binary_str(self.fin)
        read_varint(self.fin)
        settings: dict[str, str] = {}
        while name := read_binary_str(self.fin):
            read_binary_uint8(self.fin)
            settings[name] = read_binary_str(self.fin)
        read_varint(self.fin)
        read_varint(self.fin)
        return read_binary_str(self.fin), settings

    def _skip_external_tables(self) -> None:
        read_varint(self.fin)
        read_binary_str(self.fin)
        self.blocks.read()

    def _insert(self, engine: Connection, table: str, columns: str, settings: dict[str, str]) -> None:
        self._header(
            engine,
            f"SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = '{table}'",
            [name.strip() for name in columns.split(",")],
        )
        fault = self.peer.faults.pop(0) if self.peer.faults else None
        data = b"".join(self._rows())
        if fault is Fault.BUSY:
            self._refuse_parts()
        if fault is Fault.BEFORE:
            raise Gone
        if fault is Fault.SILENT:
            self.fin.read(1)
        keep = {"insert_deduplication_token", "async_insert"}
        told = ", ".join(f"{name} = '{value}'" for name, value in settings.items() if name in keep)
        engine.put(f"INSERT INTO {table} ({columns}) SETTINGS {told}", data, "Native")
        self.peer.inserts += 1
        if fault is Fault.AFTER:
            raise Gone

    def _refuse_parts(self) -> None:
        raise StoreFailed("Code: 252. DB::Exception: Too many parts (300). (TOO_MANY_PARTS)", 252)

    def _rows(self) -> Iterator[bytes]:
        while True:
            if read_varint(self.fin) != DATA:
                raise Gone
            read_binary_str(self.fin)
            start = self._read_so_far()
            if not self.blocks.read().num_columns:
                self.kept.data.clear()
                return
            yield bytes(self.kept.data[start + len(BLOCK_INFO) : self._read_so_far()])

    def _read_so_far(self) -> int:
        ahead: int = self.fin.current_buffer_size - self.fin.position
        return len(self.kept.data) - ahead

    def _header(self, engine: Connection, query: str, names: list[str] | None = None) -> None:
        rows = [line.split("\t")[:2] for line in engine.answer(query, "TSVRaw").decode().splitlines()]
        known = dict(rows)
        order = names or list(known)
        out = Bytes()
        writer = BufferedSocketWriter(out, SIZE)
        write_varint(len(order), writer)
        write_varint(0, writer)
        for name in order:
            write_binary_str(name, writer)
            write_binary_str(known[name], writer)
        writer.flush()
        self._block(bytes(out.data))
        self.fout.flush()

    def _block(self, native: bytes) -> None:
        write_varint(SAYS_DATA, self.fout)
        write_binary_str("", self.fout)
        self.fout.write(BLOCK_INFO + native)

    def _exception(self, code: int, message: str) -> None:
        write_varint(SAYS_EXCEPTION, self.fout)
        write_binary_int32(code, self.fout)
        for text in ("DB::Exception", message, ""):
            write_binary_str(text, self.fout)
        write_binary_uint8(0, self.fout)
        self.fout.flush()
