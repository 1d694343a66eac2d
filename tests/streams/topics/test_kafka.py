"""Topics of a real Kafka."""

import asyncio
import re

import pytest

from streams.log import LogFailed, New, partition_of
from streams.settings import Broker, Settings, load_settings
from streams.settings.kafka import log_of
from streams.topics import TopicsUnfit, applied, checked, ensure_topics
from streams.topics.admin import admin_of
from streams.topics.compare import TopicsMissing
from tests.kafka.topics import a_name, make_topic
from tools.broker import Cluster

NOW = 1_772_413_200_000_000


def settings_on(cluster: Cluster, prefix: str, **environment: str) -> Settings:
    given = {
        "BROKER": cluster.broker,
        "TOPICS__PREFIX": prefix,
        "TOPICS__PARTITIONS": "2",
        "TOPICS__REPLICATION": "1",
        **environment,
    }
    return load_settings({f"JIANCHA_{name}": value for name, value in given.items()}).settings


def test_topics_are_made_as_planned_and_only_once(kafka_broker: Cluster) -> None:
    settings = settings_on(kafka_broker, a_name())

    async def run() -> list[int]:
        before = await checked(settings)
        with pytest.raises(TopicsMissing, match="topics apply"):
            await ensure_topics(settings)
        first, second = await applied(settings), await applied(settings)
        await ensure_topics(settings)
        return [len(one.missing) for one in (before, first, second)]

    assert [7, 7, 0] == asyncio.run(run())


def test_what_exists_and_does_not_fit_is_refused_and_nothing_is_made(kafka_broker: Cluster) -> None:
    prefix = a_name()
    settings = settings_on(kafka_broker, prefix)

    async def run() -> tuple[set[tuple[str, str, str]], int]:
        await make_topic(kafka_broker.servers, f"{prefix}.state-cases", 3, {"cleanup.policy": "delete"})
        with pytest.raises(TopicsUnfit) as caught:
            await applied(settings)
        told = {(one.field, one.wanted, one.found) for one in caught.value.differences}
        return told, len((await checked(settings)).missing)

    told, missing = asyncio.run(run())

    assert {("partitions", "2", "3"), ("cleanup.policy", "compact", "delete")} <= told
    assert 6 == missing


def test_a_rehearsal_may_stamp_the_past_and_the_future(kafka_broker: Cluster) -> None:
    settings = settings_on(kafka_broker, a_name(), CLOCK="rehearsal")
    topic = f"{settings.topics.prefix}.events"
    stamps = [NOW, NOW + 400 * 86_400_000_000]

    async def run() -> list[int]:
        await applied(settings)
        log = log_of(settings.broker)
        await log.start()
        try:
            number = partition_of(b"C", 2)
            await log.append(topic, number, [New(b"{}", b"C", stamp=stamp) for stamp in stamps])
            return [one.stamp for one in await log.read(topic, number, 0, 10)]
        finally:
            await log.stop()

    assert stamps == asyncio.run(run())


def test_a_record_of_five_megabytes_fits(kafka_broker: Cluster) -> None:
    settings = settings_on(kafka_broker, a_name())
    topic = f"{settings.topics.prefix}.events"

    async def run() -> int:
        await applied(settings)
        log = log_of(settings.broker)
        await log.start()
        try:
            await log.append(topic, 0, [New(b"x" * 5_000_000, b"C")])
            return len((await log.read(topic, 0, 0, 10))[0].value or b"")
        finally:
            await log.stop()

    assert 5_000_000 == asyncio.run(run())


def test_copies_that_cannot_be_are_refused_in_the_clusters_words(kafka_broker: Cluster) -> None:
    settings = settings_on(kafka_broker, a_name(), TOPICS__REPLICATION="3")

    with pytest.raises(LogFailed, match=f"{settings.topics.prefix}.* 建不了"):
        asyncio.run(applied(settings))


def test_a_cluster_that_does_not_answer_is_named() -> None:
    door = admin_of(Broker(url="kafka://127.0.0.1:1"))

    with pytest.raises(LogFailed, match=re.escape("127.0.0.1:1")):
        asyncio.run(door.existing(["a"]))
