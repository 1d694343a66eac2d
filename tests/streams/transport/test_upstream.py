"""What is wrong in Faust 0.15.3 and avoided here, reproduced, so that an upgrade that changes it is noticed.

A test that fails here after an upgrade is good news or bad: read what changed, then look again at the part of
``streams.transport`` it names. Bug A is also proved avoided in ``test_lane``, F in ``test_contract``.
"""

import asyncio
import inspect
from importlib.metadata import version
from typing import Any, cast

import aiokafka.cluster
import aiokafka.producer.message_accumulator as accumulating
import faust
import faust.agents.manager
import faust.tables.manager
import faust.transport.consumer
import pytest
from aiokafka import AIOKafkaClient, AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError
from faust.transport.producer import ProducerBuffer
from faust.types import TP, FutureMessage, PendingMessage

from streams.transport import Options, app_on
from streams.transport.local import LocalConsumer, LocalTransport
from tests.kafka.grounds import LocalGround, finished
from tests.kafka.topics import a_name
from tests.streams.transport.workers import Worker, fill, opened, running

TP0 = TP("t", 0)


def a_stock_app() -> faust.App:
    """An app on Faust's own driver, never started."""
    return faust.App("upstream", broker="aiokafka://127.0.0.1:1", autodiscover=False, topic_disable_leader=True)


class Bare(faust.transport.consumer.Consumer):
    """Faust's consumer as it stands, without a driver, owning one partition."""

    def assignment(self) -> set[TP]:
        return {TP0}


Bare.__abstractmethods__ = frozenset()  # what a driver would add is not asked for


def bare(app: faust.App, kind: Any = Bare) -> Bare:
    app.consumer = consumer = kind(app.transport, app.topics.on_message, _nothing, _nothing)
    return cast("Bare", consumer)


async def _nothing(*_: Any) -> None:
    """Hear of partitions."""


class TestBugA:
    """`Consumer._new_offset` commits past an event that is still worked on: `> 1` should be `> 0`."""

    def test_it_is_there(self) -> None:
        async def work() -> int | None:
            consumer = bare(a_stock_app())
            consumer._committed_offset[TP0] = 2585
            consumer._acked[TP0] = [2586, 2587, 2588, 2589]
            return consumer._new_offset(TP0)

        assert 2590 == finished(work())  # 2585 is not done


class TestBugB:
    """`producer.flush()`, after which offsets are committed, gives up after 100 ms and misses what it has popped."""

    def test_it_is_there(self) -> None:
        class Slow(ProducerBuffer):
            async def _send_pending(self, fut: FutureMessage) -> None:  # noqa: ARG002 - Faust's signature
                await asyncio.Event().wait()

        async def work() -> int:
            buffer = Slow()
            buffer.app = a_stock_app()
            await buffer.start()
            for _ in range(3):
                buffer.put(a_message(buffer.app))
            await asyncio.sleep(0)
            await buffer.flush()
            left = buffer.size
            while not buffer.pending.empty():
                buffer.pending.get_nowait()
            await buffer.stop()
            return left

        assert 2 == finished(work())  # flushed, and none of three is sent


def a_message(app: Any) -> FutureMessage:
    parts: dict[str, Any] = dict.fromkeys(PendingMessage._fields)
    return FutureMessage(PendingMessage(**{**parts, "channel": app.topic("t")}))


class TestBugC:
    """A record that could not be written is a warning, and aiokafka's flush does not raise either."""

    def test_faust_only_warns(self) -> None:
        async def work() -> bool:
            app = a_stock_app()
            failed: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            failed.set_exception(KafkaError("refused"))
            message = a_message(app)
            app.topic("t")._on_published(failed, message, app.producer, None)  # type: ignore[attr-defined]  # private
            assert isinstance(message.exception(), KafkaError)
            return app.crashed

        assert not finished(work())

    def test_aiokafka_flushes_without_raising(self) -> None:
        async def work() -> BaseException | None:
            accumulator = accumulating.MessageAccumulator(aiokafka.cluster.ClusterMetadata(), 1000, 0, 30)
            written = await accumulator.add_message(TP0, b"k", b"v", 1)
            flushing = asyncio.create_task(accumulator.flush())
            await asyncio.sleep(0)
            accumulator.fail_all(KafkaError("refused"))
            await flushing
            return written.exception()  # type: ignore[no-any-return]  # aiokafka has no types

        assert isinstance(finished(work()), KafkaError)


class TestBugD:
    """After a rebalance partitions are resumed before they are sought, while the fetcher runs."""

    def test_it_is_there(self) -> None:
        calls: list[str] = []

        class Recorder(Bare):
            def resume_partitions(self, tps: Any) -> None:  # noqa: ARG002 - Faust's signature
                calls.append("resume partitions")

            async def perform_seek(self) -> None:
                calls.append("seek")

            def resume_flow(self) -> None:
                calls.append("resume flow")

            async def _drain_messages(self, fetcher: Any) -> None:  # noqa: ARG002 - Faust's signature
                calls.append("fetch")

        async def work() -> None:
            app = a_stock_app()
            bare(app, Recorder)
            recovery: Any = app.tables.recovery  # type: ignore[attr-defined]  # not in Faust's interface
            await recovery._resume_streams(app.consumer_generation_id)
            await asyncio.sleep(0)
            await app._fetcher.stop()

        finished(work())

        assert ["resume partitions", "seek", "resume flow"] == calls[:3]


class TestBugE:
    """What counts as committed moves although the commit failed."""

    def test_it_is_there(self) -> None:
        class Refused(Bare):
            async def _commit(self, offsets: Any) -> bool:  # noqa: ARG002 - Faust's signature
                return False

        async def work() -> tuple[bool, int | None]:
            app = a_stock_app()
            consumer = bare(app, Refused)
            did = await consumer._commit_offsets({TP0: 5})
            return did, consumer._committed_offset[TP0]

        assert (False, 5) == finished(work())

    def test_here_it_stays_where_it_was_and_is_tried_again(self, tmp_path: Any) -> None:
        refusals: list[Any] = []

        class Refused(LocalConsumer):
            async def _commit(self, offsets: Any) -> bool:
                if len(refusals) < 2:
                    refusals.append([at.committed for at in self.positions().values()])
                    return False
                return await super()._commit(offsets)

        class Transport(LocalTransport):
            Consumer = Refused

        async def work() -> None:
            ground = LocalGround(tmp_path / "log")
            topic = await ground.topic()
            worker = Worker(ground, topic, a_name())
            worker.app.transport = Transport(worker.app.conf.broker, worker.app)
            async with opened(ground) as log, running(worker):
                await fill(log, topic, {0: 5})
                await worker.until_committed({0: 5})

        finished(work())

        assert [[None], [None]] == refusals


class TestBugF:
    """An exception in an agent acknowledges the event it failed on, and the agent goes on behind it."""

    def test_it_is_there(self, tmp_path: Any) -> None:
        async def work() -> tuple[list[int], list[int]]:
            ground = LocalGround(tmp_path / "log")
            topic = await ground.topic()
            begun: list[int] = []
            third = asyncio.Event()
            options = Options(batch_records=1, in_flight=3)
            app = app_on(ground.broker, id="f", options=options, Stream="faust:Stream", Agent="faust:Agent")

            async def spoil(stream: Any) -> None:
                async for batch in stream:
                    begun.append(batch.records[0].offset)
                    if len(begun) == 2:
                        raise ValueError("spoilt")
                    if len(begun) == 3:
                        third.set()

            app.agent(app.topic(topic))(spoil)
            await app.start()
            try:
                async with opened(ground) as log:
                    for _ in range(3):
                        await fill(log, topic, {0: 1})
                    await asyncio.wait_for(third.wait(), 20)
                consumer: Any = app.consumer
                return begun, list(consumer._acked[TP(topic, 0)])
            finally:
                await app.stop()

        begun, acked = finished(work())

        assert [0, 1, 2] == begun
        assert {0, 1} <= set(acked)


class TestGround:
    """What the transports rest on, beyond what is public."""

    def test_the_versions_are_those_that_were_read(self) -> None:
        assert "0.15.3" == version("faust-streaming")
        assert "0.7.1" == version("mode-streaming")
        assert "0.14.0" == version("aiokafka")

    @pytest.mark.parametrize(
        ("owner", "name", "parameters"),
        [
            (faust.Agent, "_execute_actor", ["self", "coro", "aref"]),
            (faust.App, "_create_directories", ["self"]),
            (faust.Stream, "_channel_stop_iteration", ["self", "channel"]),
            (faust.transport.consumer.Consumer, "_drain_messages", ["self", "fetcher"]),
            (faust.transport.consumer.Consumer, "commit", ["self", "topics", "start_new_transaction"]),
            (faust.transport.consumer.Consumer, "wait_empty", ["self"]),
            (faust.transport.consumer.Consumer, "resume_flow", ["self"]),
            (faust.transport.consumer.Consumer, "on_partitions_assigned", ["self", "assigned", "generation_id"]),
            (faust.transport.consumer.Consumer, "on_partitions_revoked", ["self", "revoked"]),
            (faust.tables.manager.TableManager, "_update_channels", ["self"]),
            (AIOKafkaClient, "fetch_all_metadata", ["self"]),
            (AIOKafkaProducer, "create_batch", ["self"]),
            (AIOKafkaProducer, "send_batch", ["self", "batch", "topic", "partition"]),
        ],
    )
    def test_a_method_is_there_and_takes_what_it_took(self, owner: type, name: str, parameters: list[str]) -> None:
        assert parameters == list(inspect.signature(getattr(owner, name)).parameters)

    def test_streams_remember_their_iterations_and_clients_their_connections(self) -> None:
        async def work() -> None:
            app = a_stock_app()
            stream: Any = app.stream(app.channel())
            assert 0 == len(stream._active_agens)
            assert stream._finalized is False
            consumer = AIOKafkaConsumer(bootstrap_servers="127.0.0.1:1")
            assert isinstance(consumer._client, AIOKafkaClient)
            await consumer.stop()

        finished(work())
