"""What an agent may rely on, on both logs."""

import asyncio
import time

import pytest

from streams.log import Batch, LogError, New, TopicMissing
from streams.transport import Options, app_on
from streams.transport.agent import AgentEnded
from tests.kafka.grounds import LARGE, Ground, finished
from tests.kafka.topics import a_name
from tests.streams.transport.workers import QUICK, Worker, fill, opened, running, until_crashed


class TestDelivery:
    def test_every_record_arrives_once_in_the_order_of_its_partition(self, ground: Ground) -> None:
        async def work() -> Worker:
            topic = await ground.topic(3)
            worker = Worker(ground, topic, a_name())
            async with opened(ground) as log:
                await fill(log, topic, {0: 5000, 2: 100})
                async with running(worker):
                    await worker.until(lambda: worker.count == 5100)
                    await fill(log, topic, {1: 50, 2: 50})
                    await worker.until(lambda: worker.count == 5200)
            return worker

        worker = finished(work())

        assert {0: list(range(5000)), 1: list(range(50)), 2: list(range(150))} == worker.offsets
        assert max(len(batch.records) for batch in worker.done) <= 2000
        assert b"0xxxxxxxxxx" == worker.done[0].records[0].value

    def test_a_batch_holds_no_more_records_than_it_may(self, ground: Ground) -> None:
        async def work() -> Worker:
            topic = await ground.topic()
            worker = Worker(ground, topic, a_name(), options=Options(batch_records=70))
            async with opened(ground) as log, running(worker):
                await fill(log, topic, {0: 500})
                await worker.until(lambda: worker.count == 500)
            return worker

        assert max(len(batch.records) for batch in finished(work()).done) <= 70

    def test_a_batch_knows_the_end_of_its_log(self, ground: Ground) -> None:
        async def work() -> list[int | None]:
            topic = await ground.topic()
            worker = Worker(ground, topic, a_name(), options=Options(batch_records=100))
            async with opened(ground) as log:
                await fill(log, topic, {0: 300})
                async with running(worker):
                    await worker.until(lambda: worker.count == 300)
            return [batch.end for batch in worker.done]

        assert [300, 300, 300] == finished(work())

    def test_a_record_of_five_megabytes_and_one_without_a_key_arrive(self, ground: Ground) -> None:
        large = b"\xff" * (5 << 20)

        async def work() -> Worker:
            topic = await ground.topic(config=LARGE)
            worker = Worker(ground, topic, a_name(), options=Options(batch_bytes=1 << 20))
            async with opened(ground) as log, running(worker):
                await log.append(topic, 0, [New(b"a"), New(large, b"k"), New(None, b"k"), New(b"z")])
                await worker.until(lambda: worker.count == 4)
            return worker

        records = [record for batch in finished(work()).done for record in batch.records]

        assert [b"a", large, None, b"z"] == [record.value for record in records]
        assert [None, b"k", b"k", None] == [record.key for record in records]

    def test_a_record_reaches_an_idle_agent_soon(self, ground: Ground) -> None:
        async def work() -> float:
            topic = await ground.topic(4)
            worker = Worker(ground, topic, a_name())
            waited = []
            async with opened(ground) as log, running(worker):
                await fill(log, topic, {0: 1})
                await worker.until(lambda: worker.count == 1)
                for at in range(10):
                    arrived = asyncio.create_task(worker.until(lambda at=at: worker.count == at + 2))  # type: ignore[misc]  # mypy takes no default for a lambda's argument
                    await log.append(topic, at % 4, [New(b"x")])
                    acknowledged = time.monotonic()
                    await arrived
                    waited.append(time.monotonic() - acknowledged)
            return sorted(waited)[5]

        assert finished(work()) < 0.25  # about 10 ms on an idle machine

    def test_an_agent_that_is_slow_is_not_given_more_than_two_batches_of_a_partition(self, ground: Ground) -> None:
        async def work() -> int:
            free = asyncio.Event()

            async def wait(_: Batch) -> None:
                await free.wait()

            topic = await ground.topic()
            worker = Worker(ground, topic, a_name(), wait, Options(batch_records=10))
            async with opened(ground) as log, running(worker):
                await fill(log, topic, {0: 100})
                await worker.until(lambda: "begun 0" in worker.told)
                await asyncio.sleep(0.5)
                (position,) = worker.app.positions().values()
                free.set()
                await worker.until(lambda: worker.count == 100)
            return position.fetched

        assert finished(work()) <= 20


class TestCommitting:
    def test_what_is_done_is_committed_and_a_restart_goes_on_behind_it(self, ground: Ground) -> None:
        async def work() -> tuple[Worker, Worker]:
            topic, group = await ground.topic(2), a_name()
            first, second = Worker(ground, topic, group), Worker(ground, topic, group)
            async with opened(ground) as log:
                await fill(log, topic, {0: 100, 1: 30})
                async with running(first):
                    await first.until_committed({0: 100, 1: 30})
                await fill(log, topic, {0: 7})
                async with running(second):
                    await second.until(lambda: second.count == 7)
                    await second.until_committed({0: 107, 1: 30})
            return first, second

        first, second = finished(work())

        assert 130 == first.count
        assert {0: list(range(100, 107))} == second.offsets

    def test_a_stop_commits_what_is_done_without_waiting_for_the_interval(self, ground: Ground) -> None:
        async def work() -> dict[int, list[int]]:
            topic, group = await ground.topic(), a_name()
            first, second = Worker(ground, topic, group), Worker(ground, topic, group)
            async with opened(ground) as log:
                await fill(log, topic, {0: 10})
                first.app.conf.broker_commit_interval = 3600.0
                async with running(first):
                    await first.until(lambda: first.count == 10)
                await fill(log, topic, {0: 1})
                async with running(second):
                    await second.until(lambda: second.count > 0)
            return second.offsets

        assert {0: [10]} == finished(work())

    def test_groups_do_not_know_each_other(self, ground: Ground) -> None:
        """Two apps of one process and loop read one log, each at its own pace."""

        async def work() -> tuple[int, int]:
            topic = await ground.topic()
            one, other = Worker(ground, topic, a_name()), Worker(ground, topic, a_name())
            async with opened(ground) as log, running(one, other):
                await fill(log, topic, {0: 50})
                await one.until(lambda: one.count == 50)
                await other.until(lambda: other.count == 50)
            return one.count, other.count

        assert (50, 50) == finished(work())

    def test_positions_tell_what_is_fetched_processed_and_committed(self, ground: Ground) -> None:
        async def work() -> tuple[object, ...]:
            topic = await ground.topic()
            worker = Worker(ground, topic, a_name())
            assert {} == worker.app.positions()
            async with opened(ground) as log, running(worker):
                await fill(log, topic, {0: 40})
                await worker.until_committed({0: 40})
                (at,) = worker.app.positions().values()
            return at.fetched, at.processed, at.committed, at.highwater

        assert (40, 40, 40, 40) == finished(work())


class TestFailing:
    def test_an_exception_in_an_agent_stops_the_worker_with_it_and_its_batch_comes_again(self, ground: Ground) -> None:
        class Spoilt(Exception):
            pass

        async def spoil(batch: Batch) -> None:
            if batch.records[0].offset >= 20:
                raise Spoilt(f"from {batch.records[0].offset}")

        async def work() -> tuple[BaseException, Worker, Worker]:
            topic, group = await ground.topic(), a_name()
            options = Options(batch_records=10)
            first, second = Worker(ground, topic, group, spoil, options), Worker(ground, topic, group)
            async with opened(ground) as log:
                await fill(log, topic, {0: 100})
                async with running(first):
                    reason = await until_crashed(first.app)
                async with running(second):
                    await second.until(lambda: second.count == 80)
            return reason, first, second

        reason, first, second = finished(work())

        assert isinstance(reason, Spoilt)
        assert "from 20" == str(reason)
        assert {0: list(range(20))} == first.offsets
        assert {0: list(range(20, 100))} == second.offsets

    def test_an_agent_that_ends_stops_the_worker(self, ground: Ground) -> None:
        async def work() -> BaseException:
            topic = await ground.topic()
            app = app_on(ground.broker, id=a_name(), options=QUICK)

            async def leave(stream: object) -> None:
                async for _ in stream:  # type: ignore[attr-defined]  # Faust hands a stream
                    return

            app.agent(app.topic(topic), name="short")(leave)
            async with opened(ground) as log:
                await fill(log, topic, {0: 1})
                await app.start()
                try:
                    return await until_crashed(app)
                finally:
                    await app.stop()

        reason = finished(work())

        assert isinstance(reason, AgentEnded)
        assert "short" in str(reason)

    def test_a_topic_that_is_not_there_stops_the_worker_with_its_name(self, ground: Ground) -> None:
        async def work() -> BaseException:
            await ground.topic()
            worker = Worker(ground, "nowhere", a_name())
            async with running(worker):
                return await until_crashed(worker.app)

        reason = finished(work())

        assert isinstance(reason, TopicMissing)
        assert "nowhere" in str(reason)

    def test_what_a_hook_raises_stops_the_worker_before_any_batch(self, ground: Ground) -> None:
        async def refuse(_: object) -> None:
            raise LogError("not ready")

        async def work() -> tuple[BaseException, int]:
            topic = await ground.topic()
            worker = Worker(ground, topic, a_name())
            worker.app.on_assigned = refuse
            async with opened(ground) as log:
                await fill(log, topic, {0: 5})
                async with running(worker):
                    return await until_crashed(worker.app), worker.count

        reason, count = finished(work())

        assert "not ready" == str(reason)
        assert 0 == count

    def test_sending_through_faust_is_refused(self, ground: Ground) -> None:
        async def work() -> None:
            topic = await ground.topic()
            worker = Worker(ground, topic, a_name())
            async with running(worker):
                with pytest.raises(NotImplementedError, match=r"Log\.append"):
                    await worker.app.topic(topic).send(value=b"x")

        finished(work())


class TestChangingHands:
    def test_the_app_is_told_before_the_first_batch_and_after_the_last(self, ground: Ground) -> None:
        async def work() -> list[str]:
            topic = await ground.topic(2)
            worker = Worker(ground, topic, a_name())
            async with opened(ground) as log:
                await fill(log, topic, {0: 1})
                async with running(worker):
                    await worker.until(lambda: worker.count == 1)
            return worker.told

        assert ["assigned [0, 1]", "begun 0", "done 0", "revoked [0, 1]"] == finished(work())

    def test_a_stop_waits_for_the_batch_that_is_worked_on_and_commits_it(self, ground: Ground) -> None:
        async def take_time(_: Batch) -> None:
            await asyncio.sleep(0.5)

        async def work() -> tuple[list[str], int]:
            topic, group = await ground.topic(), a_name()
            first = Worker(ground, topic, group, take_time, Options(batch_records=10))
            second = Worker(ground, topic, group)
            async with opened(ground) as log:
                await fill(log, topic, {0: 20})
                async with running(first):
                    await first.until(lambda: "begun 0" in first.told)
                async with running(second):
                    await second.until(lambda: second.count > 0)
            return first.told, second.offsets[0][0]

        told, next_offset = finished(work())

        assert ["assigned [0]", "begun 0", "done 0", "revoked [0]"] == told
        assert 10 == next_offset

    def test_a_stop_leaves_a_batch_that_takes_too_long_undone(self, ground: Ground) -> None:
        async def hang(_: Batch) -> None:
            await asyncio.Event().wait()

        async def work() -> tuple[float, int]:
            topic, group = await ground.topic(), a_name()
            first = Worker(ground, topic, group, hang, Options(drain=0.5))
            second = Worker(ground, topic, group)
            async with opened(ground) as log:
                await fill(log, topic, {0: 20})
                async with running(first):
                    await first.until(lambda: "begun 0" in first.told)
                    began = time.monotonic()
                stopped = time.monotonic() - began
                async with running(second):
                    await second.until(lambda: second.count == 20)
            return stopped, second.offsets[0][0]

        stopped, next_offset = finished(work())

        assert stopped < 5
        assert 0 == next_offset
