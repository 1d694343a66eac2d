"""All settings together."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from streams.settings.broker import Broker
from streams.settings.clock import ClockSettings
from streams.settings.http import HttpSettings
from streams.settings.section import Section, split
from streams.settings.store import StoreSettings
from streams.settings.topics import TopicSettings
from streams.settings.worker import WorkerSettings

COPIES = 3
"""Of each partition on a Kafka cluster: one may be away for repair while another fails."""


class Role(StrEnum):
    """What a process does (角色)."""

    SUPERVISE = "supervise"
    SINK = "sink"


class Settings(Section):
    """Settings (设置) as they hold. Defaults are those of one machine with nothing installed."""

    broker: Broker = Broker()
    topics: TopicSettings = TopicSettings()
    catalog: Annotated[str, Field(min_length=1, description="监察目录：自带的名称或一个目录")] = "shili"
    profile: Annotated[str | None, Field(description="用于全部办件的阈值方案；不写由目录决定")] = None
    store: StoreSettings = StoreSettings()
    clock: ClockSettings = ClockSettings()
    worker: WorkerSettings = WorkerSettings()
    http: HttpSettings = HttpSettings()
    roles: Annotated[tuple[Role, ...], BeforeValidator(split), Field(min_length=1, description="本进程的角色")] = (
        Role.SUPERVISE,
        Role.SINK,
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.broker.is_local and self.replication != 1:
            raise ValueError("本地日志只有一份：topics.replication 应是 1 或不写")
        if self.min_insync > self.replication:
            raise ValueError(f"topics.min_insync {self.min_insync} 大于副本数 {self.replication}")
        return self

    @property
    def replication(self) -> int:
        """Return how many copies of each partition there are."""
        written = self.topics.replication
        return written if written is not None else 1 if self.broker.is_local else COPIES

    @property
    def min_insync(self) -> int:
        """Return how many copies must have a record before it counts as written."""
        written = self.topics.min_insync
        return written if written is not None else max(1, self.replication - 1)
