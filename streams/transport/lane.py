"""The way of one partition through this process, from being assigned to being revoked.

Acknowledgements belong to the lane their batch came through. When a partition changes hands its lane dies, and with it
every batch still under way: none of them can move the committed offset of whoever owns the partition next.
"""

from collections import deque

import msgspec
from faust.types import TP

from streams.log import Record


class Position(msgspec.Struct, frozen=True):
    """How far a partition has come. All are next offsets: everything before them is done.

    ``committed`` is None before the first commit of its group, ``highwater`` where the log has not told its end yet.
    """

    fetched: int
    processed: int
    committed: int | None
    highwater: int | None


class Flight:
    """A batch under way: where it ends, and whether it was acknowledged."""

    __slots__ = ("acked", "end")

    def __init__(self, end: int) -> None:
        self.end = end
        self.acked = False


class Lane:
    """A lane is ready once the app has prepared for its partition, and live until the partition is revoked."""

    def __init__(self, tp: TP) -> None:
        self.tp = tp
        self.live = True
        self.ready = False
        self.fetched = 0
        self.processed = 0
        self.committed: int | None = None
        self.highwater: int | None = None
        self._flights: deque[Flight] = deque()

    def begin_at(self, offset: int, committed: int | None) -> None:
        """Begin at an offset; ``committed`` is what the group has committed, where it has."""
        self.fetched = self.processed = offset
        self.committed = committed

    def has_room(self, in_flight: int) -> bool:
        """Return whether another batch may be delivered."""
        return self.live and self.ready and len(self._flights) < in_flight

    def take(self, records: list[Record]) -> Flight:
        """Return the flight of a batch that is about to be delivered."""
        flight = Flight(records[-1].offset + 1)
        self.fetched = flight.end
        self._flights.append(flight)
        return flight

    def ack(self, flight: Flight) -> None:
        """Mark a batch as done. ``processed`` moves over batches done without a gap, never over one that is not."""
        flight.acked = True
        while self._flights and self._flights[0].acked:
            self.processed = self._flights.popleft().end

    @property
    def to_commit(self) -> int | None:
        """Return the offset to commit, None where nothing is new."""
        if not self.live or self.processed == self.committed:
            return None
        return None if self.committed is None and self.processed == 0 else self.processed

    @property
    def position(self) -> Position:
        """Return how far it has come."""
        return Position(self.fetched, self.processed, self.committed, self.highwater)
