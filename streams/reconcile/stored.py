"""What the store of a live run holds, counted."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from sinks.clickhouse.errors import StoreAway, StoreLocked, refused
from sinks.clickhouse.store import open_store
from streams.live.rows import LIVE
from streams.settings.secret import secret
from streams.settings.settings import Settings
from streams.worker.stores import store_of

Ask = Callable[[str, Mapping[str, str]], list[dict[str, Any]]]
"""Answers a query with its rows."""
SECONDS = 60
OK = 200

_CARDS = """
SELECT toInt64(intDiv(toUnixTimestamp(known_at), 3600)) AS hour, toInt64(uniqExact(card_id, seq)) AS rows
FROM card_transition WHERE run = {run:String} GROUP BY hour
"""
_EVENTS = """
SELECT toInt64(uniqExact(seq)) AS rows FROM event
WHERE source = {source:String} AND seq < toUInt64({below:String})
"""
_QUARANTINE = """
SELECT toInt64(uniqExact(position)) AS rows FROM quarantine
WHERE run = {run:String} AND file = {source:String} AND position < toUInt64({below:String})
"""


class Stored:
    """Counts what the store holds of the live run. StoreError where it cannot be asked."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def hours(self) -> dict[int, int]:
        """Return the transitions by the hour (since 1970, UTC) in which they were known."""
        return {int(row["hour"]): int(row["rows"]) for row in self._ask(_CARDS, {"run": LIVE})}

    def events(self, source: str, below: int) -> int:
        """Return how many records of a partition of the events topic are archived, of those below an offset."""
        return self._one(_EVENTS, {"source": source, "below": str(below)})

    def quarantined(self, source: str, below: int) -> int:
        """Return how many records of a partition lie in the store's quarantine, of those below an offset."""
        return self._one(_QUARANTINE, {"run": LIVE, "source": source, "below": str(below)})

    def _one(self, query: str, params: Mapping[str, str]) -> int:
        return int(self._ask(query, params)[0]["rows"])


@contextmanager
def stored_in(settings: Settings) -> Iterator[Stored]:
    """Give what counts in the store of the settings; StoreError where it cannot be used.

    A folder that a worker holds is asked through the worker's own endpoint.
    """
    try:
        store = open_store(settings.store.folder) if settings.store.is_folder else store_of(settings)
    except StoreLocked:
        yield Stored(_over_http(settings))
        return
    with store:
        database = store.another()
        try:
            yield Stored(lambda query, params: database.table(query, params).to_pylist())
        finally:
            database.close()


def _over_http(settings: Settings) -> Ask:
    """Return what asks the worker that holds the folder."""
    http = settings.http
    token = secret(http.token, http.token_file, "http.token")
    headers = {"X-ClickHouse-User": "default", "X-ClickHouse-Key": token} if token is not None else {}
    where = f"{http.host}:{http.store_port}"

    def ask(query: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        given = {f"param_{name}": value for name, value in params.items()}
        connection = HTTPConnection(http.host, http.store_port, timeout=SECONDS)
        try:
            connection.request("POST", "/?" + urlencode({"default_format": "JSONEachRow", **given}), query, headers)
            answer = connection.getresponse()
            said = answer.read().decode("utf-8", "replace")
        except (OSError, HTTPException) as error:
            raise StoreAway(f"存储目录由另一个进程使用，它的端口 {where} 问不通：{error}") from None
        finally:
            connection.close()
        if answer.status != OK:
            raise refused(said)
        return [json.loads(line) for line in said.splitlines() if line]

    return ask
