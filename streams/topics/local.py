"""Topics of a local log."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from streams.log import LocalLog, LogMissing
from streams.topics.plan import Existing, TopicPlan


class LocalTopics:
    """Topics of the log in a folder. They are looked at beside a worker that runs, and made while none does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def existing(self, names: Sequence[str]) -> Mapping[str, Existing]:
        """Return those of the named topics that exist; none where there is no log yet."""
        log = LocalLog(self._folder, read_only=True)
        try:
            await log.start()
        except LogMissing:
            return {}
        try:
            topics = await log.topics()
        finally:
            await log.stop()
        return {name: Existing(topics[name].partitions, 1, topics[name].config) for name in names if name in topics}

    async def create(self, topics: Sequence[TopicPlan]) -> None:
        """Make topics; LogLocked while another process writes to the log."""
        log = LocalLog(self._folder)
        await log.start()
        try:
            for topic in topics:
                await log.create_topic(topic.name, topic.partitions, topic.config)
        finally:
            await log.stop()
