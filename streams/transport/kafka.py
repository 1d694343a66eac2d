"""The transport on Apache Kafka: a member of a consumer group, on the loop of the app."""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

import aiokafka.abc
from aiokafka import AIOKafkaConsumer, OffsetAndMetadata, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError
from faust.transport import base
from faust.types import TP

from streams.log import LogFailed, Servers, TopicMissing
from streams.log.kafka.failing import said_as_log_errors
from streams.log.kafka.reading import to_record
from streams.transport.consumer import BatchConsumer, Fetched
from streams.transport.lane import Lane
from streams.transport.producer import NoProducer

IDLE_MS = 250


class KafkaConsumer(BatchConsumer):
    """A consumer of a Kafka. Its group gives it partitions and takes them away."""

    _kafka: AIOKafkaConsumer

    async def on_start(self) -> None:
        """Connect; LogFailed where no server answers."""
        named = self.hooked.named
        if not isinstance(named, Servers):
            raise LogFailed(f"{named} 不是 Kafka")
        options, conf = self.hooked.options, self.app.conf
        self._kafka = AIOKafkaConsumer(
            bootstrap_servers=list(named.hosts),
            group_id=conf.id,
            group_instance_id=options.member,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            check_crcs=False,
            fetch_max_wait_ms=max(1, int(options.poll * 1000)),
            max_partition_fetch_bytes=options.batch_bytes,
            session_timeout_ms=int(options.session * 1000),
            heartbeat_interval_ms=int(options.session * 200),
            rebalance_timeout_ms=int(options.rebalance * 1000),
            **self.hooked.access.aiokafka(),
        )
        with said_as_log_errors(f"连接 {','.join(named.hosts)}"):
            await self._kafka.start()

    async def on_stop(self) -> None:
        """Finish as every consumer does, and leave the group."""
        await super().on_stop()
        await self._kafka.stop()

    async def subscribe(self, topics: Iterable[str]) -> None:
        """Join the group for the topics; TopicMissing where one does not exist."""
        wanted = set(topics)
        with said_as_log_errors("询问主题"):
            # Asking for all topics makes none; asking for one would, where the broker creates what is named.
            known = await self._kafka._client.fetch_all_metadata()  # noqa: SLF001 - see above
        if missing := sorted(topic for topic in wanted if not known.partitions_for_topic(topic)):
            raise TopicMissing(f"Kafka 中没有主题 {'、'.join(missing)}；先运行 jiancha topics apply")
        self._kafka.subscribe(topics=wanted, listener=Listener(self))

    async def changed(self, *, revoked: set[TP] | None = None, assigned: set[TP] | None = None) -> None:
        """Take or give up partitions as the group says. aiokafka would log what is raised, and go on."""
        try:
            if revoked is not None:
                await self._revoked(revoked)
            if assigned is not None:
                await self._assigned(assigned)
        except Exception as err:  # noqa: BLE001 - see above
            await self.crash(err)

    async def _begin(self, lanes: list[Lane]) -> None:
        tps = [_theirs(lane.tp) for lane in lanes]
        earliest = await self._kafka.beginning_offsets(tps)
        for lane, tp in zip(lanes, tps, strict=True):
            committed = await self._kafka.committed(tp)
            offset = earliest[tp] if committed is None else committed
            if await self._kafka.position(tp) != offset:
                self._kafka.seek(tp, offset)
            lane.begin_at(offset, committed)

    async def _fetch(self, lanes: list[Lane]) -> list[Fetched]:
        options = self.hooked.options
        # A lane that gets room while we wait for others is not asked about before we return.
        crowded = any(not lane.has_room(options.in_flight) for lane in self.lanes.values())
        wait = int(options.poll * 1000) if crowded else IDLE_MS
        asked = {_theirs(lane.tp): lane for lane in lanes}
        try:
            got = await self._kafka.getmany(*asked, timeout_ms=wait, max_records=options.batch_records)
        except IllegalStateError:
            if all(lane.live for lane in lanes):
                raise
            return []  # revoked while we asked
        return [
            Fetched(asked[tp], [to_record(wire) for wire in wires], self._kafka.highwater(tp))
            for tp, wires in got.items()
            if asked[tp].live
        ]

    async def _rest(self) -> None:
        """Return at once: a fetch has waited already."""

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        try:
            with said_as_log_errors("提交位点"):
                try:
                    await self._kafka.commit({_theirs(tp): OffsetAndMetadata(at, "") for tp, at in offsets.items()})
                except (CommitFailedError, IllegalStateError):
                    return (
                        False  # the group has moved on; whoever owns the partitions now repeats what is not committed
                    )
        except LogFailed:
            if self.app.should_stop:
                return False
            raise
        return True

    def topic_partitions(self, topic: str) -> int | None:
        """Return how many partitions a topic has."""
        found = self._kafka.partitions_for_topic(topic)
        return len(found) if found else None


class Listener(aiokafka.abc.ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Tells the consumer what the group has decided. The group waits while partitions are revoked, not afterwards."""

    def __init__(self, consumer: KafkaConsumer) -> None:
        self._consumer = consumer

    async def on_partitions_revoked(self, revoked: Iterable[Any]) -> None:
        """Give partitions up, after the batches being worked on."""
        await self._consumer.changed(revoked=_ours(revoked))

    async def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        """Take partitions. This must not wait for the app: no sign of life is sent meanwhile."""
        await self._consumer.changed(assigned=_ours(assigned))


class KafkaTransport(base.Transport):
    """Faust's transport for ``kafka://``."""

    Consumer = KafkaConsumer
    Producer = NoProducer
    driver_version = f"aiokafka={version('aiokafka')}"
    default_port = 9092


def _theirs(tp: TP) -> Any:
    return TopicPartition(tp.topic, tp.partition)


def _ours(tps: Iterable[Any]) -> set[TP]:
    return {TP(tp.topic, tp.partition) for tp in tps}
