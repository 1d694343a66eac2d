"""A Faust app on one of our logs."""

from pathlib import Path
from typing import Any, cast

import faust
from faust.transport.drivers import TRANSPORTS
from faust.types import TP

from streams.log import Access, Servers, parse_broker
from streams.transport.agent import BatchAgent
from streams.transport.consumer import BatchConsumer
from streams.transport.hooks import Hook, nothing
from streams.transport.lane import Position
from streams.transport.options import Options
from streams.transport.stream import BatchStream
from streams.transport.tables import NoTables

SETTINGS: dict[str, Any] = {
    "Agent": BatchAgent,
    "Stream": BatchStream,
    "TableManager": NoTables,
    "autodiscover": False,
    "broker_commit_every": None,  # Faust would commit inside its own loop of messages
    "broker_commit_interval": 1.0,
    "consumer_auto_offset_reset": "earliest",
    "key_serializer": "raw",
    "topic_allow_declare": False,
    "topic_disable_leader": True,
    "value_serializer": "raw",
    "web_enabled": False,
    "worker_redirect_stdouts": False,
}


class LogApp(faust.App):
    """A Faust app whose agents get batches.

    ``on_assigned`` is awaited before the first batch of partitions that came to us; where they are taken away before
    it ends it is cancelled. ``on_revoked`` is awaited when partitions go, also at the end, after the batch an agent
    was working on; from then on nothing may be written on their account. What either raises stops the worker.
    """

    def __init__(
        self, broker: str, *, group: str, access: Access, options: Options, hooks: tuple[Hook, Hook], **settings: Any
    ) -> None:
        self.named = parse_broker(broker)
        self.access = access
        self.options = options
        self.on_assigned, self.on_revoked = hooks
        super().__init__(group, broker=_address(broker), **{**SETTINGS, **settings})

    def positions(self) -> dict[TP, Position]:
        """Return how far each partition we own has come; nothing before the app runs."""
        return cast("BatchConsumer", self.consumer).positions() if self.started else {}

    def _create_directories(self) -> None:
        """Faust would make a folder for the state of its tables; there are none."""


def app_on(
    broker: str,
    *,
    id: str,  # noqa: A002 - Faust's word
    access: Access | None = None,
    options: Options | None = None,
    on_assigned: Hook = nothing,
    on_revoked: Hook = nothing,
    **settings: Any,
) -> LogApp:
    """Return an app on a broker, ``kafka://host:port[,…]`` or ``local:///FOLDER``; LogError where that cannot be read.

    ``id`` names the group whose offsets are committed. ``settings`` are Faust's and win over ours (``SETTINGS``).
    """
    register()
    chosen = options or Options()
    return LogApp(
        broker, group=id, access=access or Access(), options=chosen, hooks=(on_assigned, on_revoked), **settings
    )


def register() -> None:
    """Make both transports known to Faust, in the place of its own for ``kafka``."""
    TRANSPORTS.aliases["kafka"] = "streams.transport.kafka:KafkaTransport"
    TRANSPORTS.aliases["local"] = "streams.transport.local:LocalTransport"


def _address(broker: str) -> list[str]:
    named = parse_broker(broker)
    if isinstance(named, Servers):
        return [f"kafka://{host}" for host in named.hosts]
    return [f"local://{Path(named.path).as_posix()}"]
