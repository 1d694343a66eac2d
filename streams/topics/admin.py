"""The door to the topics of a log."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from streams.settings.broker import Broker
from streams.topics.plan import Existing, TopicPlan


class Admin(Protocol):
    """Topics of a log. Raises LogError and nothing else of its own."""

    async def existing(self, names: Sequence[str]) -> Mapping[str, Existing]:
        """Return those of the named topics that exist."""

    async def create(self, topics: Sequence[TopicPlan]) -> None:
        """Make topics, and return when records can be appended to them."""


def admin_of(broker: Broker) -> Admin:
    """Return the door to the topics of a broker; SettingsErrors where a file the settings name cannot be read."""
    if broker.is_local:
        from streams.topics.local import LocalTopics

        return LocalTopics(broker.folder)
    from streams.settings.kafka import client_options
    from streams.topics.kafka import KafkaTopics

    return KafkaTopics(client_options(broker))
