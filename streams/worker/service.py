"""The composition root: from settings to a running process, and its orderly end.

One Faust app a role, each a group of its own, so that a slow store never holds supervision back. In embedded mode both
run in one process on the local log; the code is the same.
"""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from time import monotonic
from typing import Any

from faust.types import TP

from rules.catalog.index import Catalog
from sinks.clickhouse.engine import Connection
from sinks.clickhouse.http import HttpReader
from sinks.clickhouse.store import Store
from streams.board.board import Board
from streams.clock import Clock, clock_of
from streams.log import Batch, Log
from streams.replay.workers import load_catalog
from streams.settings import Settings
from streams.settings.kafka import access_of, log_of
from streams.settings.secret import secret
from streams.settings.settings import Role
from streams.topics import Topics, ensure_topics
from streams.transport import LogApp, Options, app_on
from streams.worker.figures import Figures, registry_of
from streams.worker.http import Endpoint, health
from streams.worker.sink import Sink
from streams.worker.stall import Place, StallWatch, Standing
from streams.worker.stores import store_of
from streams.worker.supervise import Supervision

LOOK_EVERY = 0.1
"""Seconds between two looks at what is due: a timer fires within a second of its instant."""
LOOK_AT_THE_REST_EVERY = 0.05
RECORD_EVERY = 5.0
AT_ONCE = 4
"""Batches of several partitions supervised at once: while one becomes durable another is judged."""
SINK_AT_ONCE = 64
"""Batches the sink may hold at once: they are inserted together."""


class Service:
    """A worker. ``run`` returns when it was told to stop, and raises what broke it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.topics = Topics.of(settings.topics.prefix)
        self.clock: Clock = clock_of(settings.clock)
        self.endpoint: Endpoint | None = None
        self.supervision: Supervision | None = None
        self.sink: Sink | None = None
        self.catalog: Catalog = load_catalog(settings.catalog, settings.profile)
        self.store: Store | None = None
        self.board: Board | None = None
        self.store_port = 0
        """Where the embedded store answers, 0 where it does not."""
        self.ready = asyncio.Event()
        self._apps: dict[Role, LogApp] = {}
        self._stopping = asyncio.Event()
        self._failed: BaseException | None = None

    def stop(self) -> None:
        """Have the worker drain and end."""
        self._stopping.set()

    async def run(self) -> None:
        """Run until stopped. LogError, StoreError, SettingsErrors, OSError where it cannot; else what broke it."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread of a test
                loop.add_signal_handler(number, self.stop)
        async with AsyncExitStack() as held:
            log = log_of(self.settings.broker)
            await ensure_topics(self.settings)
            await log.start()
            held.push_async_callback(log.stop)
            await self._compose(log, held)
            gc.collect()
            gc.freeze()  # law and code are never garbage
            gc.set_threshold(50_000, 20, 100)
            tasks = await self._begin(log, held)
            await self._stopping.wait()
            self.ready.clear()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if self._failed is not None:
            raise self._failed

    def why_not_ready(self) -> str:
        """Return why the worker is not ready, empty where it is."""
        if self._stopping.is_set():
            return "正在停止"
        if not self.ready.is_set():
            return "正在启动"
        if self.supervision is not None and self.supervision.recovering:
            return f"正在恢复 {self.supervision.recovering} 个分区的状态"
        if self.sink is not None and self.sink.away:
            return "存储不可用"
        return ""

    def standings(self) -> dict[str, dict[Place, Standing]]:
        """Return how far each partition is, by role."""
        found: dict[str, dict[Place, Standing]] = {}
        for role, app in self._apps.items():
            positions = app.positions().items()
            found[role.value] = {
                (tp.topic, tp.partition): Standing(one.committed or 0, one.highwater or 0) for tp, one in positions
            }
        return found

    # Composition

    async def _compose(self, log: Log, held: AsyncExitStack) -> None:
        settings = self.settings
        if Role.SUPERVISE in settings.roles:
            self.supervision = Supervision(settings, self.catalog, log, self.clock)
            await self.supervision.start()
            app = self._app(Role.SUPERVISE, self.supervision.assigned, self.supervision.revoked)
            self._agents(app, self.supervision.read_topics, self.supervision.take, AT_ONCE)
        if Role.SINK in settings.roles:
            self.store = await asyncio.to_thread(store_of, settings)
            held.callback(self.store.close)
            await self._answer_questions(held)
            partitions = await log.partitions(self.topics.events)
            self.sink = Sink(settings, self.catalog, self.store, self.clock, partitions)
            held.push_async_callback(self.sink.stop)
            await self.sink.start()
            if settings.store.is_folder:
                self.board = Board(self.store, lambda _run: self.catalog, self.sink.stored)
                held.callback(self.board.close)
            app = self._app(Role.SINK)
            self._agents(app, self.sink.read_topics, self.sink.take, SINK_AT_ONCE)

    async def _answer_questions(self, held: AsyncExitStack) -> None:
        """Let any ClickHouse client of this machine ask the embedded store, read only."""
        http, store = self.settings.http, self.store
        if store is None or not self.settings.store.is_folder:
            return
        connection = store.another()
        held.callback(connection.close)
        if isinstance(connection, Connection):
            reader = HttpReader(connection, password=secret(http.token, http.token_file, "http.token"))
            held.push_async_callback(reader.stop)
            self.store_port = await reader.start(http.host, http.store_port)

    def _app(self, role: Role, assigned: Any = None, revoked: Any = None) -> LogApp:
        worker = self.settings.worker
        records = worker.batch_records if role is Role.SUPERVISE else worker.sink_rows // 4
        hooks = {
            name: _places(hook)
            for name, hook in (("on_assigned", assigned), ("on_revoked", revoked))
            if hook is not None
        }
        app = app_on(
            self.settings.broker.url,
            id=f"{self.settings.topics.prefix}-{role.value}",
            access=access_of(self.settings.broker),
            options=Options(
                batch_records=max(1, records),
                drain=self._share_of_drain,
                session=float(worker.session_seconds),
            ),
            **hooks,
        )
        self._apps[role] = app
        return app

    def _agents(
        self, app: LogApp, topics: tuple[str, ...], take: Callable[[Batch], Awaitable[None]], at_once: int
    ) -> None:
        for topic in topics:

            async def work(stream: Any) -> None:
                async for batch in stream:
                    await take(batch)

            app.agent(app.topic(topic), name=topic, concurrency=at_once)(work)

    async def _begin(self, log: Log, held: AsyncExitStack) -> list[asyncio.Task[None]]:
        http = self.settings.http
        figures = Figures(self.standings, self.supervision, self.sink)
        token = secret(http.token, http.token_file, "http.token")
        self.endpoint = Endpoint(http.host, http.port, token)
        self.endpoint.app.add_routes(health(self.why_not_ready, registry_of(figures)))
        if self.board is not None:
            self.endpoint.app.add_routes(self.board.routes(loopback_only=token is None))
        await self.endpoint.start()
        held.push_async_callback(self.endpoint.stop)
        # What ends first has begun last: supervision, and then the sink stores what was said at the end.
        for role in (Role.SINK, Role.SUPERVISE):
            if role in self._apps:
                app = self._apps[role]
                held.push_async_callback(app.stop)
                if len(self._apps) > 1 and role is Role.SINK:
                    held.push_async_callback(self._store_the_rest, log)
                await app.start()
        tasks = [asyncio.create_task(self._guarded(self._watch()))]
        tasks += [asyncio.create_task(self._guarded(_wait_for(app))) for app in self._apps.values()]
        if self.supervision is not None:
            tasks.append(asyncio.create_task(self._guarded(_every(LOOK_EVERY, self.supervision.tick))))
        if self.sink is not None:
            tasks.append(asyncio.create_task(self._guarded(_every(RECORD_EVERY, self.sink.record))))
        self.ready.set()
        return tasks

    @property
    def _share_of_drain(self) -> float:
        """Return for how many seconds each part of an orderly end may last; of two roles it has three."""
        roles = len(self.settings.roles)
        return max(1.0, self.settings.worker.drain_seconds * 0.8 / (1 if roles == 1 else roles + 1))

    async def _store_the_rest(self, log: Log) -> None:
        """Wait, but not for long, until the sink has read to the end of the log: then store and log say the same."""
        for _ in range(int(self._share_of_drain / LOOK_AT_THE_REST_EVERY)):
            if self._failed is not None or not await self._sink_is_behind(log):
                return
            await asyncio.sleep(LOOK_AT_THE_REST_EVERY)

    async def _sink_is_behind(self, log: Log) -> bool:
        if self.sink is None or self.sink.away:
            return False
        for place, one in self._apps[Role.SINK].positions().items():
            if one.processed < (await log.bounds(*place))[1]:
                return True
        return False

    async def _guarded(self, work: Awaitable[None]) -> None:
        """Do something that never ends; what breaks it ends the worker."""
        try:
            await work
        except asyncio.CancelledError:
            raise
        except BaseException as err:  # noqa: BLE001 - whatever it is, ``run`` raises it
            self._failed = self._failed or err
            self.stop()

    async def _watch(self) -> None:
        """See that commits move."""
        watches = {role: StallWatch(self.settings.worker.stall_seconds) for role in self._apps}
        while True:
            standings = self.standings()
            for role, watch in watches.items():
                excused = role is Role.SINK and self.sink is not None and bool(self.sink.away)
                watch.look(standings[role.value], monotonic(), excused=excused)
            await asyncio.sleep(1)


def _places(hook: Callable[[set[Place]], Awaitable[None]]) -> Callable[[set[TP]], Awaitable[None]]:
    async def called(tps: set[TP]) -> None:
        await hook({(tp.topic, tp.partition) for tp in tps})

    return called


async def _every(seconds: float, do: Callable[[], Awaitable[None]]) -> None:
    while True:
        await do()
        await asyncio.sleep(seconds)


async def _wait_for(app: LogApp) -> None:
    """Return never: a Faust app that ends by itself has broken, and says why."""
    await app.wait_until_stopped()
    reason: BaseException | None = app.crash_reason
    raise reason if reason is not None else RuntimeError(f"{app.conf.id} 自行停止")
