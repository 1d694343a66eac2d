"""The store: open it, load a run, ask its archive."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from sinks.clickhouse.address import Address, address_of, is_address
from sinks.clickhouse.archive import Archive, rows_of
from sinks.clickhouse.database import Database
from sinks.clickhouse.engine import Engine
from sinks.clickhouse.errors import StoreFailed, StoreMissing, StoreTooOld
from sinks.clickhouse.live import LiveWriter, Patience, Waiting
from sinks.clickhouse.migrate import Migration, migrate, pending, shipped
from sinks.clickhouse.rollups import EVER, roll_up
from sinks.clickhouse.rows import run_of, run_row
from sinks.clickhouse.server import Server
from sinks.clickhouse.spool import Spool
from sinks.clickhouse.stored import Run
from sinks.clickhouse.tables import RUN, Table
from sinks.clickhouse.views import make_views, shipped_views

UNKNOWN_DATABASE = 81


class Store:
    """The store, in a directory that one process owns or on a server; close it, or use it as a context."""

    def __init__(self, engine: Database) -> None:
        self._engine = engine

    def runs(self) -> tuple[Run, ...]:
        """Return the runs recorded, the last first."""
        table = self._engine.table("SELECT detail FROM run FINAL ORDER BY recorded_at DESC, run")
        return tuple(run_of(row) for row in rows_of(table))

    def archive(self, run: str | None = None) -> Archive:
        """Return the archive of a run, of the last recorded where none is named; StoreMissing where there is none."""
        for one in self.runs():
            if run is None or one.run == run:
                return Archive(self._engine, one)
        raise StoreMissing("存储里没有运行记录" if run is None else f"存储里没有运行 {run}")

    def load(self, table: Table, pieces: Sequence[Path]) -> None:
        """Insert the rows of spooled pieces; rows already there are replaced by equal ones."""
        for piece in pieces:
            self._engine.load(table, piece)

    def load_run(self, run: str, pieces: Mapping[Table, Sequence[Path]], rows: Mapping[Table, int]) -> None:
        """Insert what belongs to a run, so that each table holds just so many rows of it.

        Where a run of that name left other rows behind, they are removed and the pieces inserted again.
        """
        for table, count in rows.items():
            self.load(table, pieces.get(table, ()))
            if self._rows_of(table, run) == count:
                continue
            self._engine.forget(table, run)
            self.load(table, pieces.get(table, ()))
            if (found := self._rows_of(table, run)) != count:
                raise StoreFailed(f"表 {table.name} 应有 {count} 行，写入后有 {found} 行")

    def record(self, run: Run) -> None:
        """Make a run the current one: the last step, after all its rows are there."""
        with TemporaryDirectory(prefix="jiancha-") as directory:
            spool = Spool(RUN, Path(directory), "last", lambda table, piece: self.load(table, [piece]))
            spool.add(run_row(run))
            spool.flush()

    def roll_up(self, since: str = EVER) -> None:
        """Count beforehand, for the current run, what screens ask; of the events those since a day (ISO date)."""
        roll_up(self._engine, since)

    def writer(self, patience: Patience | None = None, told: Callable[[Waiting], None] | None = None) -> LiveWriter:
        """Return what a live run writes with, over a connection of its own; close it before the store."""
        return LiveWriter(self._engine.another(), patience, told)

    def another(self) -> Database:
        """Return a further connection to the database, for another thread; close it before the store."""
        return self._engine.another()

    def count(self, table: Table) -> int:
        """Return how many rows a table holds, each natural key once."""
        answer = self._engine.table(f"SELECT count() AS rows FROM {table.name} FINAL")  # noqa: S608
        return int(answer.column("rows")[0].as_py())

    def _rows_of(self, table: Table, run: str) -> int:
        query = f"SELECT count() AS rows FROM {table.name} FINAL WHERE run = {{run:String}}"  # noqa: S608
        return int(self._engine.table(query, {"run": run}).column("rows")[0].as_py())

    def close(self) -> None:
        """Give the directory up."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_store(
    place: Path | str | Address, *, create: bool = False, migrations: Sequence[Migration] | None = None
) -> Store:
    """Return the store of a directory or a server (``clickhouse://…``); a StoreError says why it cannot be used.

    The schema of a directory is brought up to date; without ``create`` one that holds no store is refused
    (StoreMissing). The schema of a server is that of all who use it: where it lags behind, it is refused (StoreTooOld)
    until ``upgrade`` was run.
    """
    wanted = shipped() if migrations is None else migrations
    if isinstance(place, Address) or is_address(place):
        return Store(_served(place if isinstance(place, Address) else address_of(str(place)), wanted))
    engine = Engine(Path(place), create=create)
    try:
        upgrade(engine, wanted, views=migrations is None)
    except BaseException:
        engine.close()
        raise
    return Store(engine)


def upgrade(
    database: Database,
    migrations: Sequence[Migration] | None = None,
    *,
    cluster: str | None = None,
    views: bool = True,
) -> tuple[Migration, ...]:
    """Bring the schema of a database up to date, and return the migrations that were missing."""
    applied = migrate(database, shipped() if migrations is None else migrations, cluster)
    if views:
        make_views(database, shipped_views(), cluster)
    return applied


def _served(address: Address, migrations: Sequence[Migration]) -> Server:
    server = Server(address)
    try:
        _refuse_old(server, migrations)
    except BaseException:
        server.close()
        raise
    return server


def _refuse_old(server: Server, migrations: Sequence[Migration]) -> None:
    try:
        missing = pending(server, migrations)
    except StoreFailed as error:
        if error.code != UNKNOWN_DATABASE:
            raise
        raise StoreTooOld(f"{server.address} 还没有这个库；先运行 jiancha store migrate") from None
    if missing:
        raise StoreTooOld(
            f"{server.address} 还缺 {len(missing)} 项迁移（自 {missing[0].name} 起）；先运行 jiancha store migrate"
        )
