"""The message Faust carries from the consumer to an agent: a whole batch."""

from typing import Any

from faust.types import ConsumerMessage

from streams.log import Batch
from streams.transport.lane import Flight, Lane


class BatchMessage(ConsumerMessage):
    """A batch under way, with the lane it came through."""

    __slots__ = ("flight", "lane")

    def __init__(self, lane: Lane, flight: Flight, batch: Batch, generation: int) -> None:
        last = batch.records[-1]
        value: Any = batch  # what Faust carries as bytes, and hands to the agent as it is
        super().__init__(
            lane.tp.topic,
            lane.tp.partition,
            last.offset,
            last.stamp / 1e6,
            1,
            None,
            None,
            value,
            None,
            0,
            0,
            lane.tp,
            generation_id=generation,
        )
        self.lane = lane
        self.flight = flight
