"""A stock Faust agent that writes one table row an event, with the settings that make it fastest.

``python -m benchmarks.live.stock BROKER PORT MOST``: answers /health/ready and /metrics like a worker does.
"""

import asyncio
import sys
from tempfile import mkdtemp
from typing import Any

import faust
import msgspec
from aiohttp import web
from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from benchmarks.live.setting import PARTITIONS


async def main(broker: str, port: int, most: int) -> None:
    """Run until ended."""
    changelog = "stock-rows-changelog"
    servers = broker.removeprefix("kafka://")
    await asyncio.to_thread(_make, servers, changelog)
    app = faust.App(
        "stock",
        broker=broker,
        store="memory://",
        datadir=mkdtemp(prefix="stock-"),
        producer_linger=0.02,
        producer_max_batch_size=262_144,
        topic_disable_leader=True,
        topic_allow_declare=False,
        consumer_auto_offset_reset="earliest",
        stream_buffer_maxsize=4096,
        web_enabled=False,
    )
    topic = app.topic("jiancha.events", value_serializer="raw", key_serializer="raw")
    rows: Any = app.Table("rows", partitions=PARTITIONS)
    seen = 0

    async def count(stream: Any) -> None:
        nonlocal seen
        async for event in stream.events():
            if event.key is not None:
                said = msgspec.json.decode(event.value)
                rows[event.key.decode()] = {"events": 1, "last": said.get("event_id")}
            seen += 1
            if seen >= most:
                await asyncio.sleep(3600)

    app.agent(topic, name="count")(count)

    async def ready(_request: web.Request) -> web.Response:
        return web.Response(text="ready")

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(text=f"stock_records {seen}\n")

    site = web.Application()
    site.add_routes([web.get("/health/ready", ready), web.get("/metrics", metrics)])
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    app.producer.buffer.max_messages = 20_000
    await app.start()
    await asyncio.Event().wait()


def _make(servers: str, changelog: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=servers)
    config = {"cleanup.policy": "compact"}
    admin.create_topics([NewTopic(changelog, PARTITIONS, 1, topic_configs=config)])
    admin.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
