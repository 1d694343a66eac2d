"""The ticker (报时): appends a tick where a review is due and nothing arrives; timers fire on what is read, only.

A tick is repeated when the last one has been read and what was due still is: its stamp lay before the instant, for
clocks differ. So a backlog, however long, gets one; and a clock that was put back an hour gets fewer and fewer. However
many wait for a partition, it gets one tick at a look.
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
    """Waits longer and longer for one instant: 1, 2, 4 … looks between two tries."""

    def __init__(self, instant: int) -> None:
        self.instant = instant
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
        self._patience: dict[int, _Patience] = {}

    async def look(self, cases: Mapping[int, Desk], agencies: Iterable[Desk]) -> int:
        """Append a tick to each partition with a review due; return how many desks have one."""
        now = self._clock.now() - MARGIN
        due = 0
        wanted: dict[int, int] = {}
        for number, desk in list(cases.items()):
            review = desk.partition.next_due()
            if review < now:
                due += 1
                wanted[number] = review
        for desk in list(agencies):
            due += self._ask(desk, now, wanted)
        for number, review in sorted(wanted.items()):
            own = cases.get(number)
            unread = own is not None and own.partition.next_offset < self._behind.get(number, 0)
            if not unread and self._may(number, review):
                await self._tick(number, review)
        return due

    def _ask(self, desk: Desk, now: int, wanted: dict[int, int]) -> bool:
        """Want to know how far the partitions of the first tier are, whoever owns them, where a review waits for it."""
        partition = desk.partition
        review = partition.next_due()
        if review >= now or not isinstance(partition, AgencyPartition):
            return False
        for number in range(self._outlet.partitions(self._outlet.topics.events)):
            if partition.marks.get(number, 0) <= review:
                wanted[number] = min(review, wanted.get(number, review))
        return True

    async def _tick(self, number: int, due: int) -> None:
        await self._outlet.tick(number, due)
        _, end = await self._outlet.log.bounds(self._outlet.topics.events, number)
        self._behind[number] = end
        self.sent += 1

    def _may(self, number: int, instant: int) -> bool:
        patience = self._patience.get(number)
        if patience is None or patience.instant != instant:
            patience = self._patience[number] = _Patience(instant)
        return patience.may()
