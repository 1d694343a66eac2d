"""The plan: partitions, copies and configuration of every topic."""

from collections.abc import Mapping
from typing import NamedTuple

from streams.settings.clock import ClockKind
from streams.settings.settings import Settings
from streams.topics.names import Topics

CLEANUP = "cleanup.policy"
STAMP = "message.timestamp.type"
SEGMENT_BYTES = 64 << 20
DIRTY_SHARE = "0.2"
NEVER_REFUSED = str(2**63 - 1)


class TopicPlan(NamedTuple):
    """A topic as it must be. ``config`` is written in Kafka's words; ``title`` says what the topic is for."""

    name: str
    title: str
    partitions: int
    replication: int
    config: Mapping[str, str]


class Existing(NamedTuple):
    """A topic as it is. ``config`` holds at least what is set; on Kafka also what holds by default."""

    partitions: int
    replication: int
    config: Mapping[str, str]


def planned(settings: Settings) -> tuple[TopicPlan, ...]:
    """Return the topics there must be.

    Stamps of ``events``, ``replies`` and ``second`` are the log's own, in a rehearsal the feeder's. Nothing is ever
    deleted from a log of records; of a state the last record of each key is kept, in as many partitions as its source.
    """
    names = Topics.of(settings.topics.prefix)
    many = settings.topics.partitions
    rehearsed = settings.clock.kind is ClockKind.REHEARSAL
    clocked = _log(settings, feeders_stamp=rehearsed)
    plain = _log(settings, feeders_stamp=False)
    state = _state(settings)

    def topic(name: str, title: str, partitions: int, config: Mapping[str, str]) -> TopicPlan:
        return TopicPlan(name, title, partitions, settings.replication, config)

    return (
        topic(names.events, "事件与时钟", many, clocked),
        topic(names.replies, "部门的答复", many, clocked),
        topic(names.second, "二级：按部门", many, clocked),
        topic(names.cards, "监察信号的变动", many, plain),
        # What is put aside is little, and read as one list.
        topic(names.quarantine, "隔离的记录", 1, plain),
        topic(names.state_cases, "办件的状态", many, state),
        topic(names.state_agencies, "部门的状态", many, state),
    )


def _common(settings: Settings) -> dict[str, str]:
    return {
        "max.message.bytes": str(settings.topics.max_message_bytes),
        "min.insync.replicas": str(settings.min_insync),
        "compression.type": settings.topics.compression.value,
    }


def _log(settings: Settings, *, feeders_stamp: bool) -> Mapping[str, str]:
    kept = {CLEANUP: "delete", "retention.ms": "-1", "retention.bytes": "-1"}
    if not feeders_stamp:
        return {**kept, STAMP: "LogAppendTime", **_common(settings)}
    # Kafka refuses stamps of more than an hour from now unless it is told otherwise; a rehearsal may be of next month.
    return {**kept, STAMP: "CreateTime", "message.timestamp.after.max.ms": NEVER_REFUSED, **_common(settings)}


def _state(settings: Settings) -> Mapping[str, str]:
    # A restart reads the whole state: small segments, and compaction before half of it is stale.
    return {
        CLEANUP: "compact",
        STAMP: "CreateTime",
        "segment.bytes": str(SEGMENT_BYTES),
        "min.cleanable.dirty.ratio": DIRTY_SHARE,
        **_common(settings),
    }
