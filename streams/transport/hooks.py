"""What a transport asks of the app it serves."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from faust.types import TP

from streams.log import Access, Broker
from streams.transport.options import Options

Hook = Callable[[set[TP]], Awaitable[None]]


class Hooked(Protocol):
    """An app: where its log is, how it wants its batches, and what it does when partitions come and go."""

    named: Broker
    access: Access
    options: Options
    on_assigned: Hook
    on_revoked: Hook


async def nothing(_: set[TP]) -> None:
    """Do nothing: the hook of an app that keeps no state."""
