"""Topics of a Kafka cluster, through kafka-python's admin client: it blocks, so it works in a thread."""

import asyncio
import socket
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient
from kafka.errors import KafkaError

from streams.log.errors import LogFailed
from streams.topics.plan import Existing, TopicPlan

T = TypeVar("T")
TIMEOUT_MS = 15_000
KNOCK_SECONDS = 5


class KafkaTopics:
    """Topics of a cluster. ``options`` are those of Kafka's clients (``streams.settings.kafka``)."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = {"request_timeout_ms": TIMEOUT_MS, "bootstrap_timeout_ms": TIMEOUT_MS, **options}

    async def existing(self, names: Sequence[str]) -> Mapping[str, Existing]:
        """Return those of the named topics that exist, with every configuration that holds; LogFailed."""
        return await asyncio.to_thread(self._asked, lambda client: _existing(client, names))

    async def create(self, topics: Sequence[TopicPlan]) -> None:
        """Make topics, and return when each partition has its leader; LogFailed says what the cluster refused."""
        wanted = {
            topic.name: {
                "num_partitions": topic.partitions,
                "replication_factor": topic.replication,
                "configs": dict(topic.config),
            }
            for topic in topics
        }
        await asyncio.to_thread(self._asked, lambda client: _create(client, wanted))

    def _asked(self, ask: Callable[[KafkaAdminClient], T]) -> T:
        servers = self._options["bootstrap_servers"]
        _knock(servers)
        try:
            client = KafkaAdminClient(**self._options)
            try:
                return ask(client)
            finally:
                client.close()
        except (KafkaError, OSError) as error:
            raise LogFailed(f"Kafka {','.join(servers)}：{error or type(error).__name__}") from error


def _knock(servers: Sequence[str]) -> None:
    """Raise LogFailed where no server answers: the client would try long, and leave its sockets behind."""
    said: list[str] = []
    for server in servers:
        host, _, port = server.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), KNOCK_SECONDS).close()
        except OSError as error:
            said.append(f"{server}：{error.strerror or error}")
        else:
            return
    raise LogFailed(f"Kafka 连不上：{'；'.join(said)}")


def _existing(client: KafkaAdminClient, names: Sequence[str]) -> Mapping[str, Existing]:
    there = set(client.list_topics())
    found = [name for name in names if name in there]
    if not found:
        return {}
    described = {topic["name"]: topic for topic in client.describe_topics(found)}
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in found]
    configs: dict[str, dict[str, Any]] = client.describe_configs(asked, config_filter="all")["topic"]
    return {name: _one(described[name]["partitions"], configs[name]) for name in found}


def _one(partitions: Sequence[Mapping[str, Any]], config: Mapping[str, Any]) -> Existing:
    copies = min((len(part["replica_nodes"]) for part in partitions), default=0)
    return Existing(len(partitions), copies, {key: str(one["value"]) for key, one in config.items()})


def _create(client: KafkaAdminClient, wanted: dict[str, dict[str, Any]]) -> None:
    made = client.create_topics(wanted, raise_errors=False)
    refused = [one for one in made["topics"] if one["error_code"]]
    for one in refused:
        raise LogFailed(f"主题 {one['name']} 建不了：{one['error_message'] or one['error_code']}")
    client.wait_for_topics(list(wanted))
