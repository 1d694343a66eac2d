"""The protocol that both logs keep."""

from collections.abc import Sequence
from typing import Protocol

from streams.log.record import New, Record


class Log(Protocol):
    """A log. Its methods raise ``LogError`` and nothing else of their own."""

    async def start(self) -> None:
        """Open the log; LogMissing, LogLocked or LogFailed where it cannot be."""

    async def stop(self) -> None:
        """Close the log. What was acknowledged stays."""

    async def partitions(self, topic: str) -> int:
        """Return the number of partitions of a topic; TopicMissing where there is none."""

    async def append(self, topic: str, partition: int, records: Sequence[New]) -> None:
        """Append records in their order and return once all are durable; LogFailed where that is not sure."""

    async def bounds(self, topic: str, partition: int) -> tuple[int, int]:
        """Return the earliest offset kept and the next one to be written."""

    async def read(self, topic: str, partition: int, start: int, limit: int) -> list[Record]:
        """Return up to ``limit`` records from offset ``start`` on, or from the next one kept; [] only at the end."""
