"""The iteration of an agent over its batches."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, cast

import faust
from faust.exceptions import ImproperlyConfigured
from faust.types import ChannelT

from streams.transport.message import BatchMessage


class BatchStream(faust.Stream[Any]):
    """Batches of the partitions we own, as ``async for batch in stream``.

    A batch is acknowledged when the loop comes back for the next. Faust's own iteration acknowledges in a ``finally``,
    also when the loop body raised; here what was raised leaves the batch undone.
    """

    def __aiter__(self) -> AsyncIterator[Any]:
        """Return the iteration; Faust's processors, joins and buffers are not part of it."""
        if self._processors or self.join_strategy is not None:
            raise ImproperlyConfigured("批次流不支持 processors、take、group_by、join：在循环体内处理")
        iteration = self._batches()
        self._active_agens.add(cast("Any", iteration))  # closed when the stream stops
        return iteration

    @property
    def iterations(self) -> list[AsyncGenerator[Any, None]]:
        """Return the iterations that were begun and not closed."""
        return list(self._active_agens)

    async def _batches(self) -> AsyncIterator[Any]:
        self._finalized = True
        started_here = await self.maybe_start()
        consumer: Any = self.app.consumer
        channel = cast("ChannelT[Any]", self.channel)
        try:
            while not self.should_stop:
                event = await channel.__anext__()
                message = event.message
                if not isinstance(message, BatchMessage) or not consumer.begin(message):
                    continue
                self.current_event = event
                done = False
                try:
                    yield event.value
                    done = True
                finally:
                    self.current_event = None
                    consumer.end(message, done=done)
        except StopAsyncIteration:  # thrown into the channel when the agent stops
            return
        finally:
            self._channel_stop_iteration(self.channel)
            if started_here:
                await self.stop()
                self.service_reset()
