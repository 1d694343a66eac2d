"""Letters into the partitions of the events topic, each partition in its order; in a rehearsal with ticks."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable

from rules.events.instants import SECOND
from streams.feed.pace import Pace
from streams.feed.reading import Letter
from streams.live.wire import RELAYED, UNREADABLE, tick_value
from streams.log import Log, New, partition_of

AT_ONCE = 4000
"""Letters appended together; the next wait until these are durable."""
BYTES_AT_ONCE = 8 << 20
SHORTEST = 20_000
"""Microseconds: the shortest wait. Letters that fall due meanwhile go together, a little late, never early."""
BEHIND = 1_000
"""Microseconds the last tick stands behind the last instant: a tick fires what was due before it."""

Sleep = Callable[[float], Awaitable[None]]


class Publisher:
    """Appends letters to a topic. Its methods raise LogError; what was appended before stays.

    With ``ticks_every`` (microseconds) the letters are stamped with their reports, and where that much time has passed
    a tick goes to every partition first, one however long the gap: ticks show in when timers fire, not in what is said.
    """

    def __init__(
        self,
        log: Log,
        topic: str,
        partitions: int,
        pace: Pace,
        *,
        now: Callable[[], int],
        sleep: Sleep = asyncio.sleep,
        ticks_every: int | None = None,
    ) -> None:
        self.sent = 0
        self.unreadable = 0
        self.copies = 0
        self.ticks = 0
        self.first: int | None = None
        self.last: int | None = None
        self._log = log
        self._topic = topic
        self._partitions = partitions
        self._pace = pace
        self._now = now
        self._sleep = sleep
        self._every = ticks_every
        self._ticked: int | None = None
        self._held: dict[int, list[New]] = defaultdict(list)
        self._letters = 0
        self._bytes = 0

    async def publish(self, letters: Iterable[Letter], told: Callable[[int], None] | None = None) -> None:
        """Append letters in their order and return when all are durable; ``told`` hears how many are."""
        for letter in letters:
            wait = self._pace.due(letter.reported, self.sent) - self._now()
            if wait > 0:
                await self._flush(told)
                await self._sleep(max(wait, SHORTEST) / SECOND)
            self._tick_before(letter.reported)
            self._add(letter)
            if self._letters >= AT_ONCE or self._bytes >= BYTES_AT_ONCE:
                await self._flush(told)
        await self._flush(told)

    async def finish(self, until: int | None) -> None:
        """Append the last tick to every partition: time has come up to ``until``, else to the last report."""
        at = until if until is not None else self.last
        if self._every is not None and at is not None:
            self._tick(at + BEHIND)
            await self._flush(None)

    def _add(self, letter: Letter) -> None:
        stamp = letter.reported if self._every is not None else None
        self.sent += 1
        self.first = letter.reported if self.first is None else self.first
        self.last = letter.reported
        self._letters += 1
        if letter.key is None:
            self.copies += self._partitions - 1
            for number in range(self._partitions):
                self._hold(number, New(letter.value, None, ((RELAYED, b"1"),), stamp))
            return
        why = ((UNREADABLE, letter.reason.encode()), ("field", letter.field.encode())) if letter.reason else ()
        self.unreadable += bool(letter.reason)
        self._hold(partition_of(letter.key, self._partitions), New(letter.value, letter.key, why, stamp))

    def _hold(self, number: int, new: New) -> None:
        self._held[number].append(new)
        self._bytes += len(new.value or b"")

    def _tick_before(self, reported: int) -> None:
        """Hold a tick for every partition where the time between two of them has passed."""
        if self._every is None:
            return
        at = reported // self._every * self._every
        if self._ticked is None:
            self._ticked = at
        elif at > self._ticked:
            self._ticked = at
            self._tick(at)

    def _tick(self, at: int) -> None:
        self.ticks += self._partitions
        for number in range(self._partitions):
            self._hold(number, New(tick_value(at), stamp=at))

    async def _flush(self, told: Callable[[int], None] | None) -> None:
        held, self._held = self._held, defaultdict(list)
        self._letters = self._bytes = 0
        if held:
            await asyncio.gather(*(self._log.append(self._topic, number, news) for number, news in held.items()))
        if told is not None:
            told(self.sent)
