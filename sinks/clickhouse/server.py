"""A ClickHouse server over the native protocol. What it answers has the Arrow form the embedded engine gives it.

Nothing is tried again here: what may help later is StoreAway, and ``live`` tries again. The driver connects anew by
itself at the next statement, to another host of the address where the first does not answer. It reads instants through
floats: those after the year 2106 may be off by two microseconds where they are not asked for as numbers.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
from pyarrow import ipc

from sinks.clickhouse.address import Address
from sinks.clickhouse.arrows import as_embedded
from sinks.clickhouse.cluster import local
from sinks.clickhouse.database import Param, quoted
from sinks.clickhouse.errors import StoreAway, StoreFailed, refused
from sinks.clickhouse.tables import Row, Table

CONNECT_SECONDS = 5
ANSWER_SECONDS = 60
_SETTINGS = {
    "async_insert": 0,  # an insert is there when it returns
    "insert_null_as_default": 0,  # an absent value is not invented
    "max_block_size": 20_000,
    "distributed_foreground_insert": 1,  # through a distributed table as well
    "distributed_product_mode": "global",  # questions that join distributed tables are answered whole
}
_CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"
_PARAM = re.compile(r"\{(\w+):([\w()]+)\}")


class Server:
    """A connection to a server, for one thread at a time."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._asks = self._client(strings_as_bytes=True)
        self._tells = self._client(strings_as_bytes=False)

    def make_database(self) -> None:
        """Make the database of the address where there is none, on all servers of a cluster."""
        at = self.address
        cluster = f" ON CLUSTER `{at.cluster}`" if at.cluster is not None else ""
        first = Server(replace(at, database="default"))
        try:
            first.run(f"CREATE DATABASE IF NOT EXISTS `{at.database}`{cluster}")
        finally:
            first.close()

    def run(self, statement: str, params: Mapping[str, Param] | None = None) -> None:
        """Run a statement that answers nothing."""
        with self._mapped():
            self._tells.execute(written(statement, params))

    def table(self, query: str, params: Mapping[str, Param] | None = None) -> pa.Table:
        """Return the whole answer of a query."""
        with self._mapped():
            return as_embedded(self._asks.query_arrow(written(query, params)))

    def batches(self, query: str, params: Mapping[str, Param] | None = None) -> Iterator[pa.RecordBatch]:
        """Return the answer of a query in pieces; until all are taken, nothing else may be asked."""
        with self._mapped():
            for batch in self._asks.query_arrow_stream(written(query, params)):
                yield from as_embedded(pa.Table.from_batches([batch])).to_batches()

    def load(self, table: Table, file: Path) -> None:
        """Insert the rows of an Arrow file, whether or not the same were inserted before."""
        with ipc.open_file(str(file)) as opened:
            for at in range(opened.num_record_batches):
                columns = [_plain(column) for column in opened.get_batch(at).columns]
                self._insert(table, columns, str(uuid4()))

    def insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        """Insert rows as one block; a second time under a token does nothing."""
        columns = [list(column) for column in zip(*rows, strict=True)]
        self._insert(table, columns, token)

    def forget(self, table: Table, run: str) -> None:
        """Remove the rows of a run from a table, on all servers of a cluster."""
        cluster = self.address.cluster
        held = f"{local(table.name)} ON CLUSTER `{cluster}`" if cluster is not None else table.name
        self.run(f"DELETE FROM {held} WHERE run = {quoted(run)}")  # noqa: S608

    def another(self) -> "Server":
        """Return a second connection, for another thread."""
        return Server(self.address)

    def close(self) -> None:
        """Give the connection up."""
        self._asks.disconnect()
        self._tells.disconnect()

    def _insert(self, table: Table, columns: list[list[Any]], token: str) -> None:
        statement = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES"
        with self._mapped():
            self._tells.execute(statement, columns, columnar=True, settings={"insert_deduplication_token": token})

    def _client(self, *, strings_as_bytes: bool) -> Any:
        from clickhouse_driver import Client

        logging.getLogger("clickhouse_driver").setLevel(logging.ERROR)  # it warns of each attempt; the caller is told
        at = self.address
        return Client(
            at.host,
            port=at.port,
            user=at.user,
            password=at.password,
            database=at.database,
            secure=at.secure,
            ca_certs=str(at.ca_file) if at.ca_file is not None else None,
            alt_hosts=",".join(at.others),
            client_name="jiancha",
            connect_timeout=CONNECT_SECONDS,
            send_receive_timeout=ANSWER_SECONDS,
            settings={**_SETTINGS, "strings_as_bytes": strings_as_bytes},
        )

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """Turn what the driver raises into what the store says."""
        from clickhouse_driver import errors

        try:
            yield
        except errors.ServerException as error:
            raise refused(_first(error.message), error.code) from error
        except (errors.NetworkError, errors.SocketTimeoutError, OSError, EOFError) as error:
            said = _first(str(error)) or type(error).__name__
            if _CERTIFICATE in said:  # all that is left of the cause: trying again does not help
                raise StoreFailed(f"{self.address} 的证书不可信：{said}") from error
            raise StoreAway(f"{self.address} 不通：{said}") from error
        except errors.Error as error:
            self.close()
            raise StoreFailed(f"{self.address}：{_first(str(error))}") from error


def written(statement: str, params: Mapping[str, Param] | None = None) -> str:
    """Return a statement with its parameters as literals of their types, which every server understands."""
    if params is None:
        return statement
    return _PARAM.sub(lambda found: f"CAST({_literal(params[found[1]])} AS {found[2]})", statement)


def _literal(value: Param) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str):
        return quoted(value)
    return f"[{', '.join(quoted(one) for one in value)}]"


def _plain(column: pa.Array) -> list[Any]:
    """Return a column as the driver takes it: instants as whole microseconds."""
    values: list[Any] = (column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column).to_pylist()
    return values


def _first(message: str) -> str:
    return message.partition("Stack trace")[0].strip()
