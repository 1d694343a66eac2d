"""What is missing, and what is there and does not fit."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from streams.log.errors import LogError
from streams.topics.plan import Existing, TopicPlan

PARTITIONS = "partitions"
REPLICATION = "replication.factor"


class Difference(NamedTuple):
    """A topic that is there and does not fit: in which word of Kafka's, what it must be, what it is."""

    topic: str
    field: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.topic}：{self.field} 应是 {self.wanted}，现为 {self.found}"


class Comparison(NamedTuple):
    """The plan beside what exists."""

    missing: tuple[TopicPlan, ...]
    unfit: tuple[Difference, ...]

    @property
    def fits(self) -> bool:
        """Return whether there is no difference."""
        return not self.missing and not self.unfit


class TopicsUnfit(LogError):
    """Topics exist that do not fit. Raised before anything is made or run; the caller shows the differences."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        self.differences = tuple(differences)
        super().__init__("\n".join(["已有的主题与设置不符：", *(f"  {one}" for one in differences)]))


class TopicsMissing(LogError):
    """Topics are not there. Raised before anything runs; the caller shows which, and how they are made."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"日志中没有主题 {'、'.join(names)}；先运行 jiancha topics apply")


def compared(plan: Sequence[TopicPlan], existing: Mapping[str, Existing], *, local: bool) -> Comparison:
    """Return how what exists differs from the plan. In a local log only what means something there is compared."""
    missing = tuple(topic for topic in plan if topic.name not in existing)
    unfit = [
        one
        for topic in plan
        if topic.name in existing
        for one in _differences(topic, existing[topic.name], local=local)
    ]
    return Comparison(missing, tuple(unfit))


LOCAL = frozenset({"cleanup.policy", "message.timestamp.type"})
"""What a local log knows of Kafka's configuration."""


def _differences(topic: TopicPlan, found: Existing, *, local: bool) -> list[Difference]:
    numbers = ((PARTITIONS, topic.partitions, found.partitions), (REPLICATION, topic.replication, found.replication))
    unfit = [Difference(topic.name, field, str(wanted), str(is_)) for field, wanted, is_ in numbers if wanted != is_]
    for field, wanted in topic.config.items():
        is_ = found.config.get(field)
        if is_ != wanted and (not local or field in LOCAL):
            unfit.append(Difference(topic.name, field, wanted, "未设" if is_ is None else is_))
    return unfit
