"""How far the store is, and what was said last: what a page asks for again and again."""

from collections.abc import Mapping
from typing import Any

import msgspec

from dashboards.model.query import Query
from streams.board.asking import Asking

SOON = 0.3
"""Seconds an answer about what is new serves others: short, since a new card is to be seen at once."""
_NOW = Query(sql="SELECT run, now, toUnixTimestamp64Milli(now) AS now_ms, edition FROM v_current")
_LATEST = Query(
    sql="""
    SELECT card_id, seq, known_at, level, move_name, rule_name, org_name, case_id
    FROM v_card_transition
    ORDER BY known_at DESC, position DESC
    LIMIT 8
    """
)


class Current(msgspec.Struct, frozen=True):
    """The run that is shown: the instant its cards stand at, as text and in milliseconds; "" and 0 where none is."""

    run: str = ""
    now: str = ""
    now_ms: int = 0
    edition: str = ""


class News:
    """What is current and what is new."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    async def current(self) -> Current:
        """Return the run that is shown."""
        rows = rows_of(await self._asking.answer(_NOW, {}, fresh=SOON))
        return msgspec.convert(rows[0], Current, strict=False) if rows else Current()

    async def latest(self) -> list[dict[str, Any]]:
        """Return the latest transitions, the last first."""
        return rows_of(await self._asking.answer(_LATEST, {}, fresh=SOON))


def rows_of(answer: bytes) -> list[dict[str, Any]]:
    """Return the rows of an answer, by the names of their columns."""
    said: Mapping[str, Any] = msgspec.json.decode(answer)
    names = [column["name"] for column in said["meta"]]
    return [dict(zip(names, row, strict=True)) for row in said["data"]]
