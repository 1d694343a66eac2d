"""When cards were first said, as the archive has it."""

from collections.abc import Sequence

import pyarrow as pa

from sinks.clickhouse.database import Database

_QUERY = """
SELECT card_id, known_at FROM card_transition FINAL
WHERE run = {run:String} AND seq = 1 AND card_id IN (SELECT arrayJoin({cards:Array(String)}))
"""


def raised_at(database: Database, run: str, cards: Sequence[str]) -> dict[str, int]:
    """Return the instants (microseconds) at which cards of a run were first said, of those it knows."""
    answer = database.table(_QUERY, {"run": run, "cards": cards})
    instants = answer.column("known_at").cast(pa.int64()).to_pylist()
    return dict(zip(answer.column("card_id").to_pylist(), instants, strict=True))
