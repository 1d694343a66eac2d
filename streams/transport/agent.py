"""What the failure of an agent means."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, cast

import faust
from faust.types.agents import ActorRefT

from streams.transport.stream import BatchStream


class AgentEnded(Exception):
    """An agent left its loop while the worker went on: nobody would read its partitions."""


class BatchAgent(faust.Agent):
    """An agent whose exception stops the worker. Faust would restart it behind the batch that it failed on."""

    async def _execute_actor(self, coro: Awaitable[Any], aref: ActorRefT) -> None:
        """Run the agent; Faust calls this for each of its tasks."""
        try:
            await coro
        except asyncio.CancelledError:
            raise
        except Exception as err:  # noqa: BLE001 - whatever it was, it ends the worker, which tells it
            await self.app.crash(err)
            return
        finally:
            await _close(aref)
        if not (self.should_stop or self.app.should_stop):
            await self.app.crash(AgentEnded(f"{self.name} 结束了循环"))


async def _close(aref: ActorRefT) -> None:
    """Close the iteration an agent left, so that its batch counts as not done now, and not when memory is tidied."""
    for iteration in list(cast("BatchStream", aref.stream).iterations):
        with suppress(RuntimeError):  # another task of the agent is inside it
            await iteration.aclose()
