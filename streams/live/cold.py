"""Dockets kept as bytes until a record or a timer asks for them: a million open cases fit into a gigabyte."""

from collections.abc import Iterator

from rules.engine.timers import Timers
from rules.verdicts import NEVER
from streams.live.state import head_of


class ColdDocket:
    """A docket as bytes, with its key and its next review (microseconds)."""

    __slots__ = ("key", "next_review", "value")

    def __init__(self, key: str, value: bytes, review: int) -> None:
        self.key = key
        self.value = value
        self.next_review = review


class Cold:
    """The dockets of a partition that are kept as bytes, and when each is to be looked at again."""

    def __init__(self) -> None:
        self._dockets: dict[str, ColdDocket] = {}
        self._timers: Timers[ColdDocket] = Timers()

    @property
    def first(self) -> int:
        """Return the earliest instant at which one may be due; it may turn out stale."""
        return self._timers.first

    def put(self, key: str, value: bytes) -> None:
        """Keep a docket; what was kept under its key is replaced."""
        self.take(key)
        docket = self._dockets[key] = ColdDocket(key, value, NEVER)
        self._timers.put(docket, head_of(value).review)

    def take(self, key: str) -> bytes | None:
        """Give up a docket and return it, None where it is not here."""
        docket = self._dockets.pop(key, None)
        if docket is None:
            return None
        docket.next_review = NEVER  # its entry in the index counts no more
        return docket.value

    def due(self, through: int) -> list[str]:
        """Return the keys of the dockets due up to an instant, in order; they stay until they are taken."""
        keys: list[str] = []
        while (due := self._timers.pop(through)) is not None:
            keys += [docket.key for docket in due[1]]
        return keys

    def next_due(self) -> int:
        """Return the earliest instant at which one is due, NEVER where none is."""
        return self._timers.next_due()

    def __contains__(self, key: object) -> bool:
        return key in self._dockets

    def __len__(self) -> int:
        return len(self._dockets)

    def __iter__(self) -> Iterator[ColdDocket]:
        return iter(self._dockets.values())
