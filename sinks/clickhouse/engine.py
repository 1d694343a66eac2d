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

import pyarrow as pa
from pyarrow import ipc

from sinks.clickhouse.errors import StoreFailed, StoreLocked, StoreMissing

DATABASE = "jiancha"
BATCH_ROWS = 20_000
_LOCK = "lock"
_FILES = "clickhouse"
_ENGINE_LOCK = "status"

Param = str | int | None | Sequence[str]


class Engine:
    """The engine over the directory of a store. All answers are Arrow; a refused statement is StoreFailed."""

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
            self._session = _opened(files)
        except BaseException:
            self._lock.release()
            raise
        self.run(f"CREATE DATABASE IF NOT EXISTS {DATABASE}")
        self.run(f"USE {DATABASE}")

    def run(self, statement: str, params: Mapping[str, Param] | None = None) -> None:
        """Run a statement that answers nothing."""
        self._asked(statement, params)

    def table(self, query: str, params: Mapping[str, Param] | None = None) -> pa.Table:
        """Return the whole answer of a query."""
        return ipc.open_file(pa.py_buffer(self._asked(query, params).bytes())).read_all()

    def batches(self, query: str, params: Mapping[str, Param] | None = None) -> Iterator[pa.RecordBatch]:
        """Return the answer of a query in pieces; until all are taken, nothing else may be asked."""
        try:
            stream = self._session.send_query(query, "Arrow", params=_plain(params))
            with stream:
                yield from stream.record_batch(BATCH_ROWS)
        except RuntimeError as err:
            raise StoreFailed(_first_line(err)) from err

    def load(self, table: str, columns: Sequence[str], file: Path) -> None:
        """Insert the rows of an Arrow file: all of them, or none."""
        names = ", ".join(columns)
        self.run(f"INSERT INTO {table} ({names}) SELECT {names} FROM file({quoted(str(file))}, Arrow)")  # noqa: S608

    def close(self) -> None:
        """Stop the engine and give the directory up."""
        self._session.close()
        self._lock.release()

    def _asked(self, statement: str, params: Mapping[str, Param] | None) -> Any:
        try:
            return self._session.query(statement, "Arrow", params=_plain(params))
        except RuntimeError as err:
            raise StoreFailed(_first_line(err)) from err


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


def quoted(text: str) -> str:
    """Return a string literal of the database."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


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
        raise StoreFailed(f"数据库打不开：{_first_line(err)}") from err


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


def _first_line(error: BaseException) -> str:
    return str(error).partition("Stack trace")[0].strip()
