"""A topic of the local log. Its configuration is written in Kafka's words, of which two mean something here."""

from collections.abc import Mapping

import msgspec


class Topic(msgspec.Struct, frozen=True):
    """A topic: its name, how many partitions, and its configuration as ``topics`` of Kafka write it."""

    name: str
    partitions: int
    config: Mapping[str, str] = {}

    @property
    def compacted(self) -> bool:
        """Return whether only the last record of each key is kept (``cleanup.policy``)."""
        return "compact" in self.config.get("cleanup.policy", "delete")

    @property
    def stamped_here(self) -> bool:
        """Return whether the log stamps what arrives (``message.timestamp.type``); else the producer's stamp stays."""
        return self.config.get("message.timestamp.type") == "LogAppendTime"
