"""The file of a local log. Its methods block, and are called by one writing and one reading thread."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

import msgspec

from streams.log.errors import LogFailed, TopicExists
from streams.log.local.schema import OFFSET_BITS, connect, place
from streams.log.local.topic import Topic
from streams.log.record import Headers, New, Record

Clock = Callable[[], int]
Stored = tuple[int, int, bytes | None, bytes | None, bytes | None]

_unpack_headers = msgspec.msgpack.Decoder(Headers).decode
_pack = msgspec.msgpack.Encoder().encode
_READ = "SELECT place, stamp, key, headers, value FROM {} WHERE place >= ? AND place < ? ORDER BY place LIMIT ?"
_OFFSETS = (1 << OFFSET_BITS) - 1


def microseconds() -> int:
    """Return the instant of the machine's clock."""
    return time.time_ns() // 1000


class Part(NamedTuple):
    """A partition: its number in the file, its topic, the next offset, the last stamp the log gave."""

    number: int
    topic: Topic
    next: int
    stamp: int


class Write(NamedTuple):
    """Records for one partition."""

    topic: str
    partition: int
    records: Sequence[New]


class LogFile:
    """An open file. ``parts`` holds every partition by topic and number; it is replaced, never changed."""

    def __init__(self, folder: Path, *, read_only: bool, clock: Clock = microseconds) -> None:
        self.folder = folder
        self.read_only = read_only
        self.clock = clock
        self._writer = connect(folder, read_only=read_only)
        self._reader = self._writer if read_only else connect(folder, read_only=True)
        self.topics: dict[str, Topic] = {}
        self.parts: dict[tuple[str, int], Part] = {}
        if not read_only:
            self._drop_tombstones()
        self.refresh()

    def close(self) -> None:
        """Close the file; what was written stays."""
        self._reader.close()
        self._writer.close()

    def refresh(self) -> None:
        """Read again what topics there are and where they end: another process may have written."""
        try:
            rows = self._writer.execute(
                "SELECT name, partitions, config, part, partition, next, stamp"
                " FROM topics JOIN partitions USING (topic)"
            ).fetchall()
        except sqlite3.Error as err:
            raise LogFailed(f"{self.folder} 中的日志读不了：{err}") from err
        topics = {name: Topic(name, count, json.loads(config)) for name, count, config, *_ in rows}
        self.topics = topics
        self.parts = {(name, at): Part(part, topics[name], end, stamp) for name, _, _, part, at, end, stamp in rows}

    def create(self, topic: Topic) -> None:
        """Make a topic; TopicExists where it is there."""
        if topic.name in self.topics:
            raise TopicExists(f"主题 {topic.name} 已经存在")
        with _Transaction(self._writer):
            cursor = self._writer.execute(
                "INSERT INTO topics (name, partitions, config) VALUES (?, ?, ?)",
                (topic.name, topic.partitions, json.dumps(dict(topic.config))),
            )
            self._writer.executemany(
                "INSERT INTO partitions (topic, partition, next, stamp) VALUES (?, ?, 0, 0)",
                [(cursor.lastrowid, at) for at in range(topic.partitions)],
            )
        self.refresh()

    def write(self, writes: Iterable[Write]) -> None:
        """Append all, in one transaction that is durable on return; LogFailed, and nothing is appended."""
        now = self.clock() // 1000 * 1000
        parts = dict(self.parts)
        with _Transaction(self._writer):
            for topic, partition, records in writes:
                part = parts[topic, partition]
                parts[topic, partition] = self._append(part, records, max(now, part.stamp))
            self._writer.executemany(
                "UPDATE partitions SET next = ?, stamp = ? WHERE part = ?",
                [(part.next, part.stamp, part.number) for key, part in parts.items() if part is not self.parts[key]],
            )
        self.parts = parts

    def _append(self, part: Part, records: Sequence[New], now: int) -> Part:
        here = part.topic.stamped_here
        first = place(part.number, part.next)
        rows: list[Stored] = [
            (
                first + at,
                now if here or new.stamp is None else new.stamp // 1000 * 1000,
                new.key,
                _pack(new.headers) if new.headers else None,
                new.value,
            )
            for at, new in enumerate(records)
        ]
        if part.topic.compacted:
            self._writer.executemany(
                "INSERT OR REPLACE INTO latest (place, part, stamp, key, headers, value) VALUES (?, ?, ?, ?, ?, ?)",
                [(at, part.number, *rest) for at, *rest in rows],
            )
        else:
            self._writer.executemany(
                "INSERT INTO records (place, stamp, key, headers, value) VALUES (?, ?, ?, ?, ?)", rows
            )
        return part._replace(next=part.next + len(rows), stamp=now if here else part.stamp)

    def read(self, part: Part, start: int, limit: int, most_bytes: int) -> list[Record]:
        """Return up to ``limit`` records from an offset on, about ``most_bytes`` of them but at least one."""
        sql = _READ.format("latest" if part.topic.compacted else "records")
        bounds = (place(part.number, start), place(part.number + 1, 0), limit)
        read: list[Record] = []
        size = 0
        try:
            cursor = self._reader.execute(sql, bounds)
            while size < most_bytes and (rows := cursor.fetchmany(256)):
                read += starmap(_record, rows)
                size += sum(len(row[4] or b"") for row in rows)
            cursor.close()
        except sqlite3.Error as err:
            raise LogFailed(f"{self.folder} 中的日志读不了：{err}") from err
        return read

    def commit(self, group: str, offsets: Mapping[tuple[str, int], int]) -> None:
        """Keep the next offsets of a group of consumers."""
        rows = [(group, self.parts[key].number, offset) for key, offset in offsets.items()]
        with _Transaction(self._writer):
            self._writer.executemany("INSERT OR REPLACE INTO committed (consumers, part, next) VALUES (?, ?, ?)", rows)

    def committed(self, group: str) -> dict[tuple[str, int], int]:
        """Return the next offsets of a group of consumers, for the partitions where it has one."""
        rows = self._reader.execute("SELECT part, next FROM committed WHERE consumers = ?", (group,)).fetchall()
        numbers = {part.number: key for key, part in self.parts.items()}
        return {numbers[part]: offset for part, offset in rows if part in numbers}

    def _drop_tombstones(self) -> None:
        with _Transaction(self._writer):
            self._writer.execute("DELETE FROM latest WHERE value IS NULL")


class _Transaction:
    """A transaction of the writing connection; what SQLite says is LogFailed, and nothing of it is kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as err:
            raise LogFailed(f"日志写不进去：{err}") from err

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, _: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
                return
        except sqlite3.Error as failed:
            kind, err = type(failed), failed
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        if isinstance(err, sqlite3.Error):
            raise LogFailed(f"日志写不进去：{err}") from err


def _record(at: int, stamp: int, key: bytes | None, headers: bytes | None, value: bytes | None) -> Record:
    return Record(at & _OFFSETS, stamp, key, value, _unpack_headers(headers) if headers else ())
