"""The board whole: over an open store, mounted where a worker listens, or served by itself."""

from aiohttp import web

from sinks.clickhouse.engine import Connection
from sinks.clickhouse.store import Store
from streams.board.asking import Asking, Version
from streams.board.reasons import CatalogOf, Reasons
from streams.board.routes import Routes


def unchanging() -> int:
    """Return the version of a store that nobody writes."""
    return 0


class Board:
    """The board over a store of this process; ``close`` it before the store."""

    def __init__(self, store: Store, catalog: CatalogOf, version: Version = unchanging) -> None:
        """``version`` changes whenever something was stored; ``catalog`` gives the law a run was judged by."""
        connection = store.another()
        if not isinstance(connection, Connection):
            connection.close()
            raise TypeError("the board looks into an embedded store; a server has Grafana")
        self._connection = connection
        self._asking = Asking(connection, version)
        self._reasons = Reasons(store, catalog)
        self._routes = Routes(self._asking, self._reasons, version)

    def routes(self, *, loopback_only: bool) -> list[web.RouteDef]:
        """Return the routes of the board."""
        return self._routes.defined(loopback_only=loopback_only)

    def close(self) -> None:
        """Answer nothing any more."""
        self._reasons.close()
        self._asking.close()
        self._connection.close()
