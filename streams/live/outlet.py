"""Where what came of a batch goes: to which topic, which partition, under which key, with which headers."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable

from rules.engine.cards import Transition
from streams.live.said import Aside, Forward, Remembered, Said
from streams.live.wire import FROM, event_value, tick_value, transition_value
from streams.log import Log, New, partition_of
from streams.topics.names import Topics

Place = tuple[str, int]
KEPT_WHOLE = 1 << 20
"""Bytes of a record in quarantine that are kept as they came; of a longer one the head, with its length."""
KEPT_HEAD = 1 << 16


class Outlet:
    """Appends to the log what came of batches. ``real`` gives the stamp that stands for an instant."""

    def __init__(self, log: Log, topics: Topics, *, real: Callable[[int], int]) -> None:
        self.log = log
        self.topics = topics
        self._real = real
        self._counts: dict[str, int] = {}

    async def open(self) -> None:
        """Learn how many partitions there are; TopicMissing."""
        for topic in (*self.topics,):
            self._counts[topic] = await self.log.partitions(topic)

    def partitions(self, topic: str) -> int:
        """Return how many partitions a topic has."""
        return self._counts[topic]

    async def say(self, topic: str, partition: int, said: Said) -> None:
        """Append all that a batch of a partition said, and return when it is durable."""
        places: dict[Place, list[New]] = defaultdict(list)
        for transition in said.transitions:
            self._keyed(places, self.topics.cards, transition)
        self._words(places, partition, said)
        for forward in said.forwards:
            places[topic, forward.partition].append(_forwarded(forward))
        for aside in said.aside:
            new = _aside(topic, partition, aside)
            places[self.topics.quarantine, partition % self._counts[self.topics.quarantine]].append(new)
        await self._append(places)

    async def remember(self, topic: str, partition: int, states: Iterable[Remembered]) -> None:
        """Append what is to be remembered of a partition to its state topic, and return when it is durable."""
        records = [New(one.value, one.key) for one in states]
        if records:
            await self.log.append(topic, partition, records)

    async def tick(self, partition: int, due: int) -> None:
        """Append a tick to a partition of the events topic, for a review due at an instant."""
        await self.log.append(self.topics.events, partition, [New(tick_value(due))])

    def _words(self, places: dict[Place, list[New]], partition: int, said: Said) -> None:
        """Tell the second tier; the mark goes last, so that nothing said before it can come after it."""
        second = self.topics.second
        many = self._counts[second]
        header = ((FROM, str(partition).encode()),)
        for word in said.words:
            value = event_value(word.event)
            if word.org is not None:
                key = word.org.encode()
                places[second, partition_of(key, many)].append(New(value, key, header, self._real(word.at)))
            else:
                for to in range(many):
                    places[second, to].append(New(value, None, header, self._real(word.at)))
        if said.mark is not None:
            for to in range(many):
                places[second, to].append(New(tick_value(said.mark), None, header, self._real(said.mark)))

    def _keyed(self, places: dict[Place, list[New]], topic: str, transition: Transition) -> None:
        key = transition.card.scope.encode()
        place = topic, partition_of(key, self._counts[topic])
        places[place].append(New(transition_value(transition), key, stamp=self._real(transition.known_at)))

    async def _append(self, places: dict[Place, list[New]]) -> None:
        if places:
            await asyncio.gather(
                *(self.log.append(topic, partition, records) for (topic, partition), records in places.items())
            )


def _forwarded(forward: Forward) -> New:
    return New(forward.value, forward.key, (forward.header,), forward.stamp)


def _aside(topic: str, partition: int, aside: Aside) -> New:
    whole = aside.value if len(aside.value) <= KEPT_WHOLE else aside.value[:KEPT_HEAD]
    place = f"{topic}-{partition}-{aside.offset}"
    said = {
        "reason": aside.reason,
        "field": aside.field,
        "case": aside.case_id,
        "topic": topic,
        "partition": str(partition),
        "offset": str(aside.offset),
        "stamp": str(aside.stamp),
        "size": str(len(aside.value)),
    }
    key = (("key", aside.key),) if aside.key is not None else ()
    return New(whole, place.encode(), (*((name, text.encode()) for name, text in said.items()), *key))
