"""The database engine, opened over a directory: the lock, statements, answers as Arrow.

One process owns a directory, and a process has one directory open: that is how the embedded engine works. A lock of
our own says so clearly before the engine is started; it also notices another program that holds the engine's files.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
from pyarrow import ipc

from sinks.clickhouse.database import DATABASE, Param, quoted
from sinks.clickhouse.errors import StoreFailed, StoreLocked, StoreMissing, refused
from sinks.clickhouse.tables import Row, Table

BATCH_ROWS = 20_000
_LOCK = "lock"
_FILES = "clickhouse"
_ENGINE_LOCK = "status"


class Connection:
    """One session of the engine, for one thread at a time. All answers are Arrow."""

    def __init__(self, files: Path) -> None:
        self._files = files
        self._session = _opened(files)
        self.run(f"CREATE DATABASE IF NOT EXISTS {DATABASE}")
        self.run(f"USE {DATABASE}")

    def run(self, statement: str, params: Mapping[str, Param] | None = None) -> None:
        """Run a statement that answers nothing."""
        self._asked(statement, "Arrow", _plain(params))

    def table(self, query: str, params: Mapping[str, Param] | None = None) -> pa.Table:
        """Return the whole answer of a query."""
        return ipc.open_file(pa.py_buffer(self._asked(query, "Arrow", _plain(params)))).read_all()

    def batches(self, query: str, params: Mapping[str, Param] | None = None) -> Iterator[pa.RecordBatch]:
        """Return the answer of a query in pieces; until all are taken, nothing else may be asked."""
        try:
            stream = self._session.send_query(query, "Arrow", params=_plain(params))
            with stream:
                yield from stream.record_batch(BATCH_ROWS)
        except RuntimeError as err:
            raise refused(str(err)) from err

    def load(self, table: Table, file: Path) -> None:
        """Insert the rows of an Arrow file: all of them, or none."""
        names = ", ".join(table.columns)
        self.run(
            f"INSERT INTO {table.name} ({names}) SETTINGS insert_deduplication_token = '{uuid4()}'"  # noqa: S608
            f" SELECT {names} FROM file({quoted(str(file))}, Arrow)"
        )

    def insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        """Insert rows as one block: all of them or none, once however often under one token."""
        batch = table.batch(rows)
        data = pa.BufferOutputStream()
        with ipc.new_stream(data, batch.schema) as stream:
            stream.write_batch(batch)
        self.put(
            f"INSERT INTO {table.name} ({', '.join(table.columns)})"
            f" SETTINGS async_insert = 0, insert_deduplication_token = {quoted(token)}",
            data.getvalue().to_pybytes(),
            "ArrowStream",
        )

    def forget(self, table: Table, run: str) -> None:
        """Remove the rows of a run from a table."""
        self.run(f"DELETE FROM {table.name} WHERE run = {quoted(run)}")  # noqa: S608

    def put(self, statement: str, data: bytes, form: str) -> None:
        """Run an INSERT over data in a format of the engine."""
        try:
            with self._session.send_insert(statement, form) as insert:
                insert.append(data)
                insert.finish()
        except RuntimeError as err:
            raise refused(str(err)) from err

    def answer(self, statement: str, form: str, params: Mapping[str, str] | None = None) -> bytes:
        """Return the answer in a format of the engine; its ``FORMAT`` clause goes first. ``params``: as TSV."""
        return self._asked(statement, form, None if params is None else dict(params))

    def _asked(self, statement: str, form: str, params: dict[str, Any] | None) -> bytes:
        try:
            answer: bytes = self._session.query(statement, form, params=params).bytes()
        except RuntimeError as err:
            raise refused(str(err)) from err
        return answer

    def another(self) -> "Connection":
        """Return a second session over the same directory, for another thread."""
        return Connection(self._files)

    def close(self) -> None:
        """Give the session up."""
        self._session.close()


class Engine(Connection):
    """The engine over the directory of a store, which it locks; other connections end before it is closed."""

    def __init__(self, directory: Path, *, create: bool) -> None:
        files = directory / _FILES
        if not create and not files.is_dir():
            raise StoreMissing(f"{directory} 里没有存储；先用 jiancha replay --store {directory} 建立")
        try:
            files.mkdir(parents=True, exist_ok=True)
            self._lock = _Lock(directory / _LOCK, directory)
        except OSError as err:
            raise StoreFailed(f"{directory} 不能用作存储目录：{err.strerror}") from err
        try:
            _refuse_if_held(files / _ENGINE_LOCK, directory)
            super().__init__(files)
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Stop the engine and give the directory up."""
        super().close()
        self._lock.release()


class _Lock:
    """A file that one process holds; it names the process, for the message to the next."""

    def __init__(self, path: Path, directory: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(self._file, 20).decode(errors="replace").strip() or "未知"
            os.close(self._file)
            raise StoreLocked(
                f"存储目录 {directory} 正由进程 {holder} 使用；一个目录同一时刻只能由一个进程打开，请待其结束"
            ) from None
        os.truncate(self._file, 0)
        os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let go; the file stays."""
        os.truncate(self._file, 0)
        os.close(self._file)


def _refuse_if_held(path: Path, directory: Path) -> None:
    """Raise StoreLocked where another program has the engine's files open; the engine itself would only print it."""
    with suppress(FileNotFoundError), path.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreLocked(f"存储目录 {directory} 的数据文件正由另一程序打开，请待其结束") from None


def _opened(files: Path) -> Any:
    from chdb.session import Session

    try:
        return Session(str(files))
    except RuntimeError as err:
        if "already initialized" in str(err):
            raise StoreLocked("本进程已打开另一个存储；一个进程同一时刻只能打开一个") from None
        raise StoreFailed(f"数据库打不开：{refused(str(err))}") from err


def _plain(params: Mapping[str, Param] | None) -> dict[str, Any] | None:
    """Return parameters as the engine reads them: text escaped, arrays written out."""
    return None if params is None else {name: _written(value) for name, value in params.items()}


def _written(value: Param) -> str | int | None:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return _escaped(value)
    items = ("'" + _escaped(item).replace("'", "\\'") + "'" for item in value)
    return f"[{','.join(items)}]"


def _escaped(text: str) -> str:
    return (
        text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r").replace("\0", "\\0")
    )
