"""A desk (岗): judges the batches of one partition, and makes durable what they came to in the order that loses none.

What was said is acknowledged before what is remembered is written, and that before the batch counts as done.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

from streams.live.guard import Guard
from streams.live.outlet import Outlet
from streams.live.partition import Partition
from streams.live.state import StateSchemaError, is_older
from streams.log import Batch, LogFailed, Record

Moved = tuple[str, str, str]
"""Rule, level and move of a transition."""
READ_AT_ONCE = 20_000
STEP = 2_000
"""Records judged before the loop is given a turn: some 60 ms."""


class Desk:
    """Partition ``number`` of ``topic``, remembered in the same one of ``state``; moves are counted in ``cards``."""

    def __init__(
        self,
        partition: Partition[Any],
        outlet: Outlet,
        guard: Guard,
        *,
        topic: str,
        state: str,
        step: int = STEP,
        cards: "Counter[Moved] | None" = None,
    ) -> None:
        self.partition = partition
        self.number = partition.number
        self.topic = topic
        self.outlet = outlet
        self.end = 0
        """The next offset to be written, as last seen."""
        self.rebuilt = ""
        """Why the state was not taken up but everything judged again; empty where it was."""
        self._guard = guard
        self._state = state
        self._step = step
        self._cards: Counter[Moved] = Counter() if cards is None else cards
        self._busy = asyncio.Lock()
        self._broken_off = False

    async def recover(self, fresh: Partition[Any] | None = None) -> None:
        """Take up what is remembered, and judge again what was judged and is not.

        Of a state by another version nothing is taken up: ``fresh`` takes the partition's place, and the log is judged
        from its start. Without it StateSchemaError is raised.
        """
        log = self.outlet.log
        start, end = await log.bounds(self._state, self.number)
        remembered: dict[bytes, bytes | None] = {}
        try:
            while start < end and (read := await log.read(self._state, self.number, start, READ_AT_ONCE)):
                for one in read:
                    if one.key is not None and not is_older(one.key, one.value, remembered.get(one.key)):
                        remembered[one.key] = one.value
                start = read[-1].offset + 1
            self.partition.recover(remembered.items())
        except StateSchemaError as err:
            if fresh is None:
                raise
            self.rebuilt = str(err)
            self.partition = fresh
        _, self.end = await log.bounds(self.topic, self.number)
        if self.rebuilt or not self.partition.remembers_all:
            # Nobody may speak for days: what is due must be known without them.
            await self._fill(self.end)

    async def take(self, batch: Batch) -> None:
        """Judge a batch and make durable what it came to; what is missing before it is read from the log first.

        LogFailed where that cannot be done, and for every batch that comes after: it would be remembered as read while
        what came before it is not.
        """
        async with self._busy:
            if self._broken_off:
                raise LogFailed(f"{self.topic} 第 {self.number} 分区的上一批没有写成，不再判定")
            self.end = max(self.end, batch.end or 0, batch.next_offset)
            await self._fill(batch.records[0].offset)
            await self._judge(batch.records)

    async def remember(self) -> None:
        """Remember what has not been remembered yet: before the partition is given up. Nothing where a batch failed."""
        async with self._busy:
            if self._broken_off:
                return
            await self.outlet.remember(self._state, self.number, self.partition.remember())

    async def _fill(self, until: int) -> None:
        """Read what lies between what was judged and an offset: after a rebuild, or where little is remembered."""
        log = self.outlet.log
        while self.partition.next_offset < until:
            start = self.partition.next_offset
            read = await log.read(self.topic, self.number, start, min(READ_AT_ONCE, until - start))
            missing = [one for one in read if one.offset < until]
            if not missing:
                return
            await self._judge(missing)

    async def _judge(self, records: Sequence[Record]) -> None:
        for at in range(0, len(records), self._step):
            some = records[at : at + self._step]
            self._broken_off = True  # until all it came to is durable: what is in memory is ahead of what is remembered
            said = self.partition.judge(some)
            last = said.aside[-1] if said.aside else None
            why = "" if last is None else f"{self.topic}-{self.number}-{last.offset} {last.field} {last.reason}"
            self._guard.saw(len(some), len(said.aside), why)
            await self.outlet.say(self.topic, self.number, said)
            await self.outlet.remember(self._state, self.number, said.states)
            self._broken_off = False
            for one in said.transitions:
                self._cards[one.card.rule_id, one.card.level.code, one.move.value] += 1
