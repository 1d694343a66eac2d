"""The tables of the file, and how it is opened."""

import sqlite3
from pathlib import Path

from streams.log.errors import LogFailed, LogMissing

VERSION = 1
NAME = "log.db"

TABLES = """
CREATE TABLE topics (topic INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, partitions INTEGER NOT NULL,
                     config TEXT NOT NULL);
CREATE TABLE partitions (part INTEGER PRIMARY KEY, topic INTEGER NOT NULL, partition INTEGER NOT NULL,
                         next INTEGER NOT NULL, stamp INTEGER NOT NULL, UNIQUE (topic, partition));
CREATE TABLE records (place INTEGER PRIMARY KEY, stamp INTEGER NOT NULL, key BLOB, headers BLOB, value BLOB);
CREATE TABLE latest (place INTEGER PRIMARY KEY, part INTEGER NOT NULL, stamp INTEGER NOT NULL, key BLOB NOT NULL,
                     headers BLOB, value BLOB, UNIQUE (part, key));
CREATE INDEX tombstones ON latest (place) WHERE value IS NULL;
CREATE TABLE committed (consumers TEXT NOT NULL, part INTEGER NOT NULL, next INTEGER NOT NULL,
                        PRIMARY KEY (consumers, part)) WITHOUT ROWID;
"""

# A place is a partition and an offset in one number, so that each partition lies together and in order.
OFFSET_BITS = 42


def place(part: int, offset: int) -> int:
    """Return where the record of a partition at an offset lies."""
    return (part << OFFSET_BITS) + offset


def connect(folder: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection to the file of a folder, which is made where we write; LogMissing, LogFailed."""
    path = folder / NAME
    if read_only and not path.exists():
        raise LogMissing(f"{folder} 中没有日志")
    try:
        uri = f"{path.as_uri()}?mode={'ro' if read_only else 'rwc'}"
        # A connection is used by one thread at a time, which need not be the one that opened it.
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10)
        connection.execute("PRAGMA busy_timeout = 10000")
        if not read_only:
            _prepare(connection)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as err:
        raise LogFailed(f"{path}：{err}") from err
    if version != VERSION:
        connection.close()
        raise LogFailed(f"{path} 是第 {version} 版的日志，本程序只认第 {VERSION} 版")
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # acknowledged means: outlives the power, not only the process
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version == 0 and tables == 0:
        connection.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
