"""Transitions in the cards topic, each once, by the hour in which they were known."""

from collections import Counter

import msgspec

from rules.events.instants import HOUR
from streams.log import Log

AT_ONCE = 5000


class _Said(msgspec.Struct, frozen=True):
    """Of a transition, what counting needs."""

    id: str
    known_at: int


_decode = msgspec.json.Decoder(_Said).decode


class CardsTopic:
    """Reads the cards topic, and what was added to it since, whenever asked.

    ``hours`` counts transitions by the hour (since 1970, UTC) in which they were known, ``again`` records that say one
    once more: a worker that ended between saying and remembering says it again, under the same id.
    """

    def __init__(self, log: Log, topic: str) -> None:
        self.hours: Counter[int] = Counter()
        self.again = 0
        self.strange = 0
        """Records that are no transition."""
        self._log = log
        self._topic = topic
        self._next: dict[int, int] = {}
        self._known: set[str] = set()

    async def read(self) -> None:
        """Read on to the end; LogError where it cannot be."""
        for number in range(await self._log.partitions(self._topic)):
            earliest, end = await self._log.bounds(self._topic, number)
            at = self._next.get(number, earliest)
            while at < end and (read := await self._log.read(self._topic, number, at, AT_ONCE)):
                for record in read:
                    self._count(record.value or b"")
                at = read[-1].offset + 1
            self._next[number] = at

    def _count(self, value: bytes) -> None:
        try:
            said = _decode(value)
        except msgspec.DecodeError:
            self.strange += 1
            return
        if said.id in self._known:
            self.again += 1
            return
        self._known.add(said.id)
        self.hours[said.known_at // HOUR] += 1
