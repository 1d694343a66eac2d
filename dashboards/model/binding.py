"""What binds a query where parameters are bound natively: the board, a client of the database.

The text of the query stays as it is; what people chose travels as parameters, so nothing they write becomes SQL.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dashboards.model.query import MANY, TIMES, Query

ZONE = ZoneInfo("Asia/Shanghai")

Chosen = str | Sequence[str]
"""What was chosen of a variable: one value, or several; none is all of it."""
Bound = str | int | tuple[str, ...]
"""A parameter as the database takes it: text, a number, an array of text."""


def bound(
    query: Query, chosen: Mapping[str, Chosen], start: datetime, end: datetime, step: timedelta = timedelta(minutes=1)
) -> dict[str, Bound]:
    """Return the parameters of a query, by name; a variable nobody chose is all of it, or empty text.

    ``start`` and ``end`` (exclusive) are aware instants, ValueError where one is not; ``step`` is at least a second.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("a time range without a zone")
    times: dict[str, Bound] = {
        "from": _written(start),
        "to": _written(end),
        "bucket": max(1, int(step.total_seconds())),
    }
    return {
        name: times[name] if name in TIMES else _chosen(chosen.get(name, ()), many=kind == MANY)
        for name, kind in query.parameters().items()
    }


def _chosen(value: Chosen, *, many: bool) -> Bound:
    values = (value,) if isinstance(value, str) else tuple(value)
    if many:
        return tuple(one for one in values if one)
    return values[0] if values else ""


def _written(instant: datetime) -> str:
    return instant.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
