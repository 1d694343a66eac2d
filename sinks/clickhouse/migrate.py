"""Migrations: numbered SQL files, forward only, each applied once and remembered with its checksum.

Statements end with a semicolon at the end of a line. A file that was applied may not be edited: what it would do now is
not what was done.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any

import msgspec

from sinks.clickhouse.cluster import on_cluster
from sinks.clickhouse.database import Database
from sinks.clickhouse.errors import MigrationEdited, StoreTooNew

_NAME = re.compile(r"(\d{4})_\w+\.sql")
_END = re.compile(r";[ \t]*$", re.MULTILINE)
_APPLIED = """
CREATE TABLE IF NOT EXISTS schema_migration
(
    id         UInt32                         COMMENT '编号',
    name       String                         COMMENT '文件名',
    checksum   String                         COMMENT '文件内容的 SHA-256，十六进制',
    applied_at DateTime64(6, 'Asia/Shanghai') DEFAULT now64(6) COMMENT '执行时间'
)
ENGINE = ReplacingMergeTree(applied_at)
ORDER BY id
COMMENT '已执行的迁移'
"""


class Migration(msgspec.Struct, frozen=True):
    """A migration (迁移): its number, the name and the text of its file."""

    id: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """Return the SHA-256 of the text, hexadecimal."""
        return sha256(self.text.encode()).hexdigest()

    def statements(self) -> tuple[str, ...]:
        """Return the statements of the file, in order."""
        return tuple(part.strip() for part in _END.split(self.text) if part.strip())


def shipped() -> tuple[Migration, ...]:
    """Return the migrations that come with the program, in order of their numbers."""
    found = [
        Migration(int(named[1]), entry.name, entry.read_text(encoding="utf-8"))
        for entry in (files("sinks.clickhouse") / "migrations").iterdir()
        if (named := _NAME.fullmatch(entry.name))
    ]
    return tuple(sorted(found, key=lambda one: one.id))


def pending(database: Database, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Return what has not been applied yet, in order; MigrationEdited or StoreTooNew where what was applied differs."""
    known = {one.id: one for one in migrations}
    applied = {row["id"]: row for row in _applied(database)}
    if strange := [row["name"] for number, row in applied.items() if number not in known]:
        raise StoreTooNew(f"存储由更新的程序建立：本程序没有迁移 {'、'.join(strange)}")
    for number, row in applied.items():
        if row["checksum"] != known[number].checksum:
            raise MigrationEdited(
                f"迁移 {known[number].name} 执行之后被改过（执行时 {row['checksum'][:12]}，现在"
                f" {known[number].checksum[:12]}）；请恢复原文，改动写进新的迁移"
            )
    return tuple(one for one in sorted(migrations, key=lambda one: one.id) if one.id not in applied)


def migrate(database: Database, migrations: Sequence[Migration], cluster: str | None = None) -> tuple[Migration, ...]:
    """Apply what has not been applied yet and return it; MigrationEdited or StoreTooNew before anything is done."""
    todo = pending(database, migrations)
    for statement in rendered([_APPLIED], cluster):
        database.run(statement)
    for one in todo:
        for statement in rendered(one.statements(), cluster):
            database.run(statement)
        database.run(
            "INSERT INTO schema_migration (id, name, checksum) SELECT {id:UInt32}, {name:String}, {checksum:String}",
            {"id": one.id, "name": one.name, "checksum": one.checksum},
        )
    return todo


def rendered(statements: Sequence[str], cluster: str | None) -> tuple[str, ...]:
    """Return statements as they are run: as written, or what they are on a cluster."""
    if cluster is None:
        return tuple(statements)
    return tuple(each for statement in statements for each in on_cluster(statement, cluster))


def _applied(database: Database) -> list[dict[str, Any]]:
    there = "SELECT count() AS n FROM system.tables WHERE database = currentDatabase() AND name = 'schema_migration'"
    if not database.table(there).column("n")[0].as_py():
        return []
    rows: list[dict[str, Any]] = database.table(
        "SELECT id, name, checksum FROM schema_migration FINAL ORDER BY id"
    ).to_pylist()
    return rows
