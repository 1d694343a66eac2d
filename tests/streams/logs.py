"""Local logs for tests: settings on a folder, what lies in a topic."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from streams.log import LocalLog, Log, Record
from streams.settings import Settings, load_settings
from streams.topics import ensure_topics


def settings_in(folder: Path, **environment: str) -> Settings:
    """Return the settings of a local log in a folder; further ones as ``TOPICS__PARTITIONS="3"``."""
    given = {f"JIANCHA_{name}": value for name, value in environment.items()}
    return load_settings(
        {"JIANCHA_BROKER": f"local://{folder / 'log'}", "JIANCHA_TOPICS__PARTITIONS": "3", **given}
    ).settings


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[LocalLog]:
    """Give the log of the settings with its topics."""
    await ensure_topics(settings)
    log = LocalLog(settings.broker.folder)
    await log.start()
    try:
        yield log
    finally:
        await log.stop()


async def all_of(log: Log, topic: str) -> list[list[Record]]:
    """Return the records of a topic, partition by partition."""
    return [await log.read(topic, number, 0, 100_000) for number in range(await log.partitions(topic))]
