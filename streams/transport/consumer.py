"""What both transports share: fetching, delivering, acknowledging, committing, and partitions changing hands."""

import abc
import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from faust.transport.base import Consumer
from faust.types import TP, ConsumerMessage, Message
from mode import ServiceT

from streams.log import Batch, Record
from streams.transport.hooks import Hooked
from streams.transport.lane import Lane, Position
from streams.transport.message import BatchMessage


class Fetched(NamedTuple):
    """Records of a lane, never none, and the end of the log where known."""

    lane: Lane
    records: list[Record]
    end: int | None


class BatchConsumer(Consumer):
    """A consumer of batches. ``lanes`` are the partitions that are ours.

    Of Faust's consumer it keeps the life of a service, the commit interval and the calls that pause and resume the
    flow; offsets acknowledged and committed are those of the lanes, and nothing else counts.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.hooked = cast("Hooked", self.app)
        self.lanes: dict[TP, Lane] = {}
        self._working: Counter[BatchMessage] = Counter()
        self._idle = asyncio.Event()
        self._idle.set()
        self._wake = asyncio.Event()
        self._committing = asyncio.Lock()
        self._fetching = asyncio.Lock()
        self._opening: asyncio.Task[None] | None = None
        self._generation = 0

    # What a transport adds.

    @abc.abstractmethod
    async def _fetch(self, lanes: list[Lane]) -> list[Fetched]:
        """Return records of lanes that have room; a short wait for them is allowed."""

    @abc.abstractmethod
    async def _begin(self, lanes: list[Lane]) -> None:
        """Have every lane begin at its committed offset, or at the earliest."""

    @abc.abstractmethod
    async def _rest(self) -> None:
        """Wait before asking again, after a fetch that brought nothing."""

    # Delivering.

    async def _drain_messages(self, fetcher: ServiceT) -> None:
        """Deliver batches until told to stop; Faust's fetcher runs this."""
        most = self.hooked.options.in_flight
        while not (self.should_stop or cast("Any", fetcher).should_stop):
            self._wake.clear()
            lanes = [lane for lane in self.lanes.values() if lane.has_room(most)]
            if not (lanes and self.flow_active):
                await self._wake.wait()
                continue
            # A fetch begun for lanes that die meanwhile must be over before their partitions begin anew:
            # what it brings is dropped, and would be missing there.
            async with self._fetching:
                messages = [self._taken(fetched) for fetched in await self._fetch(lanes) if fetched.lane.live]
            if not messages:
                await self._rest()
            for message in messages:
                await self.callback(message)

    def _taken(self, fetched: Fetched) -> BatchMessage:
        lane, records, end = fetched
        lane.highwater = end
        batch = Batch(lane.tp.topic, lane.tp.partition, records, end)
        return BatchMessage(lane, lane.take(records), batch, self._generation)

    # Acknowledging. The stream begins and ends each message; one for several agents is done when all are.

    def begin(self, message: BatchMessage) -> bool:
        """Return whether a batch may be worked on: its partition is still ours, and the flow is not stopped."""
        if not (message.lane.live and self.flow_active):
            return False
        self._working[message] += 1
        self._idle.clear()
        return True

    def end(self, message: BatchMessage, *, done: bool) -> None:
        """Note that an agent has done with a batch, or has failed on it."""
        self._working[message] -= 1
        if not self._working[message]:
            del self._working[message]
        if done:
            message.ack(self)
        if not self._working:
            self._idle.set()

    def ack(self, message: Message) -> bool:
        """Count a batch as done; every agent that was given it has acknowledged."""
        message.acked = True
        batch = cast("BatchMessage", message)
        batch.lane.ack(batch.flight)
        self._wake.set()
        return True

    # Committing.

    async def commit(self, topics: Any = None, start_new_transaction: bool = True) -> bool:  # noqa: ARG002 - Faust's signature
        """Commit what is processed without a gap; False where nothing is new or the partitions have moved on."""
        async with self._committing:
            due = {tp: lane for tp, lane in self.lanes.items() if lane.to_commit is not None}
            offsets = {tp: lane.processed for tp, lane in due.items()}
            if not offsets or not await self._commit(offsets):
                return False
            for tp, lane in due.items():
                lane.committed = offsets[tp]
            return True

    async def wait_empty(self) -> None:
        """Wait until no agent is working on a batch, then commit. A stopping worker waits so long and no longer."""
        options = self.hooked.options
        try:
            await asyncio.wait_for(self._idle.wait(), options.drain if self.app.should_stop else None)
        except TimeoutError:
            self.log.warning("停止时仍有批次未处理完，将重新投递：%s", sorted(message.tp for message in self._working))
        try:
            await asyncio.wait_for(self.commit(), options.commit_patience)
        except TimeoutError:
            self.log.warning("停止前提交位点超时，未提交的批次将重新投递")

    # Partitions changing hands.

    async def _assigned(self, tps: set[TP]) -> None:
        self._generation += 1
        self.app.consumer_generation_id = self._generation
        self.lanes = {tp: Lane(tp) for tp in sorted(tps)}
        await self.on_partitions_assigned(tps, self._generation)

    async def _revoked(self, tps: set[TP]) -> None:
        self.app.on_rebalance_start()
        await self._cancel_opening()
        await self.on_partitions_revoked(tps)
        if self.app.should_stop:  # then Faust leaves at once
            await self.wait_empty()
        await self._give_up()

    async def _give_up(self) -> None:
        lanes, self.lanes = self.lanes, {}
        for lane in lanes.values():
            lane.live = False
        if lanes:
            await self.hooked.on_revoked(set(lanes))

    def resume_flow(self) -> None:
        """Let batches flow, once the app has prepared for partitions that are new. Faust calls this last."""
        super().resume_flow()
        fresh = [lane for lane in self.lanes.values() if not lane.ready]
        if fresh and self._opening is None:
            self._opening = asyncio.get_running_loop().create_task(self._open(fresh))
        self._wake.set()

    async def _open(self, lanes: list[Lane]) -> None:
        try:
            await self.hooked.on_assigned({lane.tp for lane in lanes})
            async with self._fetching:
                await self._begin(lanes)
        except asyncio.CancelledError:
            raise
        except Exception as err:  # noqa: BLE001 - an app that cannot prepare must not run
            await self.crash(err)
            return
        for lane in lanes:
            lane.ready = True
        self._opening = None
        self._wake.set()

    async def _cancel_opening(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.cancel()
            await asyncio.wait([opening])

    async def on_stop(self) -> None:
        """Wait for what is being worked on, commit, and give every partition up."""
        await self._cancel_opening()
        await super().on_stop()
        await self._give_up()

    # What is known.

    def positions(self) -> dict[TP, Position]:
        """Return how far each of our partitions has come."""
        return {tp: lane.position for tp, lane in self.lanes.items()}

    def assignment(self) -> set[TP]:
        """Return the partitions that are ours."""
        return set(self.lanes)

    def highwater(self, tp: TP) -> int:
        """Return the next offset the log of a partition will write, as last seen."""
        return self.lanes[tp].highwater or 0

    async def position(self, tp: TP) -> int | None:
        """Return the next offset to be fetched."""
        return self.lanes[tp].fetched if tp in self.lanes else None

    # What Faust asks for and lanes have done already: they begin at their committed offset when they are made.

    async def perform_seek(self) -> None:
        """Do nothing: a seek while batches are under way is how events are lost or done twice."""

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Return where the lanes are."""
        return {tp: lane.processed for tp, lane in self.lanes.items()}

    async def _seek(self, partition: TP, offset: int) -> None:
        raise NotImplementedError

    async def seek_wait(self, partitions: Mapping[TP, int]) -> None:
        """Refuse: only tables seek."""
        raise NotImplementedError

    async def earliest_offsets(self, *partitions: TP) -> Mapping[TP, int]:
        """Refuse: only tables ask."""
        raise NotImplementedError

    async def highwaters(self, *partitions: TP) -> Mapping[TP, int]:
        """Return the ends of partitions as last seen."""
        return {tp: self.highwater(tp) for tp in partitions}

    async def create_topic(self, *_: Any, **__: Any) -> None:
        """Refuse: topics are made beforehand."""
        raise NotImplementedError

    def key_partition(self, topic: str, key: bytes | None, partition: int | None = None) -> int | None:
        """Refuse: nothing is produced here."""
        raise NotImplementedError

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:  # noqa: ASYNC109 - Faust's signature
        raise NotImplementedError

    def _to_message(self, tp: TP, record: Any) -> ConsumerMessage:
        raise NotImplementedError

    def _new_topicpartition(self, topic: str, partition: int) -> TP:
        return TP(topic, partition)
