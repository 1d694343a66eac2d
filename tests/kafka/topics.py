"""Topics made for one test."""

import uuid
from collections.abc import Mapping

from aiokafka.admin import AIOKafkaAdminClient, NewTopic


def a_name() -> str:
    """Return a name that no other test uses: the broker is shared."""
    return f"t{uuid.uuid4().hex[:12]}"


async def make_topic(
    servers: str, name: str, partitions: int, config: Mapping[str, str] | None = None, *, replication: int = 1
) -> None:
    """Make a topic with a configuration in Kafka's words."""
    admin = AIOKafkaAdminClient(bootstrap_servers=servers.split(","))
    await admin.start()
    try:
        topic = NewTopic(name, partitions, replication, topic_configs=dict(config or {}))
        answer = await admin.create_topics([topic])
        refused = [row for row in answer.topic_errors if row[1]]
        if refused:
            raise RuntimeError(refused)
    finally:
        await admin.close()
