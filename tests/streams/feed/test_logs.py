"""A feed leaves the same in both logs."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

from streams.cli.law import open_catalog
from streams.feed import Fed, FeedOptions, feed
from streams.log import Record
from streams.quarantine import Shelf, redrive, shelf_of
from streams.settings import load_settings
from streams.settings.kafka import log_of
from streams.topics import Topics, applied
from tests.kafka.topics import a_name
from tests.streams.cli.town import good_case, late_case, write_log, write_town
from tests.streams.feed.test_feed import HEARTBEAT
from tests.streams.logs import all_of
from tools.broker import Cluster


def fed_to(broker: str, prefix: str, room: Path) -> tuple[Fed, list[list[Record]], Shelf]:
    """Return what came of a rehearsal's feed, what lies in the events topic then, and in the quarantine topic."""
    given: Mapping[str, str] = {
        "JIANCHA_BROKER": broker,
        "JIANCHA_CLOCK": "rehearsal",
        "JIANCHA_TOPICS__PREFIX": prefix,
        "JIANCHA_TOPICS__PARTITIONS": "3",
        "JIANCHA_TOPICS__REPLICATION": "1",
    }
    settings = load_settings(given).settings
    catalog = open_catalog(str(room / "lizi"))
    topics = Topics.of(prefix)

    async def run() -> tuple[Fed, list[list[Record]], Shelf]:
        await applied(settings)
        log = log_of(settings.broker)
        await log.start()
        try:
            fed = await feed(settings, catalog, log, FeedOptions(sources=(str(room / "log.jsonl"),)))
            lying = await shelf_of(log, topics.quarantine)
            mended = {one: json.dumps(late_case()[0]).encode() for one in lying.records}
            await redrive(log, topics, lying, list(lying.records.values()), mended, now=1)
            return fed, await all_of(log, topics.events), await shelf_of(log, topics.quarantine)
        finally:
            await log.stop()

    return asyncio.run(run())


def test_what_is_fed_to_kafka_and_to_a_folder_is_the_same(kafka_broker: Cluster, tmp_path: Path) -> None:
    write_town(tmp_path / "lizi")
    write_log(tmp_path / "log.jsonl", [*late_case(), *good_case(), HEARTBEAT], "no json")

    here = fed_to(f"local://{tmp_path / 'log'}", "t", tmp_path)
    there = fed_to(kafka_broker.broker, a_name(), tmp_path)

    assert here[0] == there[0]
    assert here[1] == there[1]
    assert [(one.id, one.reason, one.raw) for one in here[2].records.values()] == [
        (one.id, one.reason, one.raw) for one in there[2].records.values()
    ]
    assert here[2].redriven == there[2].redriven
