"""The ticker (报时): appends a tick where a review is due and nothing arrives; timers fire on what is read, only.

A tick is repeated when the last one has been read and what was due still is: its stamp lay before the instant, for
clocks differ. So a backlog, however long, gets one; and a clock that was put back an hour gets fewer and fewer.
"""

from collections.abc import Iterable, Mapping

from streams.clock import Clock
from streams.live.agencies import AgencyPartition
from streams.live.desk import Desk
from streams.live.outlet import Outlet

MARGIN = 1_000
"""Microseconds after an instant before a tick is worth sending: stamps are whole milliseconds, and must be later."""
MOST_LOOKS = 256
"""Looks between two ticks of which the first had no effect, at most."""


class _Patience:
    """Waits longer and longer for one thing: 1, 2, 4 … looks between two tries."""

    def __init__(self, for_what: int) -> None:
        self.for_what = for_what
        self._wait = 1
        self._left = 0

    def may(self) -> bool:
        """Return whether to try at this look."""
        if self._left:
            self._left -= 1
            return False
        self._left = self._wait
        self._wait = min(2 * self._wait, MOST_LOOKS)
        return True


class Ticker:
    """Appends ticks for the desks of a worker. ``sent`` counts them."""

    def __init__(self, outlet: Outlet, clock: Clock) -> None:
        self._outlet = outlet
        self._clock = clock
        self.sent = 0
        self._behind: dict[int, int] = {}
        """By partition of the events topic, the offset behind the last tick: until it is read there is no other."""
        self._patience: dict[tuple[int, int], _Patience] = {}

    async def look(self, cases: Mapping[int, Desk], agencies: Iterable[Desk]) -> int:
        """Append a tick to each partition with a review due; return how many reviews were due."""
        now = self._clock.now() - MARGIN
        due = 0
        for number, desk in list(cases.items()):
            review = desk.partition.next_due()
            if review >= now:
                continue
            due += 1
            if desk.partition.next_offset >= self._behind.get(number, 0) and self._may(number, -1, review):
                await self._tick(number, review)
        for desk in list(agencies):
            due += await self._ask(desk, now)
        return due

    async def _ask(self, desk: Desk, now: int) -> bool:
        """Ask the partitions of the first tier, whoever owns them, how far they are, where an agency's review waits."""
        partition = desk.partition
        review = partition.next_due()
        if review >= now or not isinstance(partition, AgencyPartition):
            return False
        for number in range(self._outlet.partitions(self._outlet.topics.events)):
            mark = partition.marks.get(number, 0)
            if mark <= review and self._may(number, desk.number, mark):
                await self._tick(number, review)
        return True

    async def _tick(self, number: int, due: int) -> None:
        await self._outlet.tick(number, due)
        _, end = await self._outlet.log.bounds(self._outlet.topics.events, number)
        self._behind[number] = end
        self.sent += 1

    def _may(self, number: int, asker: int, for_what: int) -> bool:
        patience = self._patience.get((number, asker))
        if patience is None or patience.for_what != for_what:
            patience = self._patience[number, asker] = _Patience(for_what)
        return patience.may()
