"""A record of a foreign log: its columns as text, its place, and its bytes."""

from hashlib import blake2b
from typing import Any

from streams.sources.item import Where

DIGEST_BYTES = 10
NUMBER_KEY = "#"
"""Name under which expressions see the number of a record in its case."""


class Record:
    """A row, or an event of a trace.

    ``values``  the columns that hold something; ``case:`` stands before attributes of the trace
    ``raw``     the bytes as they came
    ``same``    digest over all columns: records of one case with one digest are exact duplicates
    ``group``   serial of the trace in its file, 0 in a table
    ``header``  a trace without events: it has attributes of the case and is no record of it
    ``number``  its place in its case, from 1; set when the case is known
    ``counts``  how many records of the case up to here have the same text in a column
    """

    __slots__ = ("case_id", "counts", "group", "header", "number", "raw", "same", "values", "where")

    def __init__(
        self,
        values: dict[str, Any],
        raw: bytes,
        where: Where,
        *,
        same: str = "",
        group: int = 0,
        header: bool = False,
    ) -> None:
        self.values = values
        self.raw = raw
        self.where = where
        self.same = same
        self.group = group
        self.header = header
        self.case_id = ""
        self.number = 0
        self.counts: dict[str, int] = {}


def digest(parts: list[str]) -> str:
    """Return a short digest of texts in their order, as hexadecimal."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()
