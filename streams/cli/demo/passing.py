"""The days pass: a worker runs in this process, the city is fed to it, and somebody watches.

The worker is the one of ``jiancha run`` and ``jiancha worker``; what is shown is read off its figures and its topics.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from streams.cli.demo.glance import Gauge, Glance, Span
from streams.cli.demo.heard import Heard
from streams.cli.demo.scene import names_in
from streams.settings.settings import Role

if TYPE_CHECKING:
    from streams.feed import FeedOptions, FeedProgress
    from streams.log import Log
    from streams.settings import Settings
    from streams.worker.service import Service

T = TypeVar("T")
LOOK_EVERY = 0.25
ASK_EVERY = 0.1

Show = Callable[[Glance], None]
Ready = Callable[["Service"], None]
Ends = Mapping[tuple[str, int], int]


def pass_days(settings: "Settings", options: "FeedOptions", span: Span, ready: Ready, show: Show) -> None:
    """Return when all that was fed has been judged and stored, and the worker has ended.

    ``ready`` hears of the worker once it runs; ``show`` a few times a second of how far things are. Raises what breaks
    the worker or the feed; KeyboardInterrupt where it was told to stop.
    """
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_days(settings, options, span, ready, show))


async def _days(settings: "Settings", options: "FeedOptions", span: Span, ready: Ready, show: Show) -> None:
    from streams.settings.kafka import log_of
    from streams.topics import applied
    from streams.worker.service import Service

    await applied(settings)
    log = log_of(settings.broker)
    await log.start()
    service = Service(settings)
    running = asyncio.create_task(service.run())
    try:
        await _unless(running, service.ready.wait())
        ready(service)
        await _unless(running, _Day(service, log, span, show).fed(options))
    finally:
        service.stop()
        try:
            await asyncio.gather(running, return_exceptions=True)
        finally:
            await log.stop()
    await running


class _Day:
    """One city fed to one worker."""

    def __init__(self, service: "Service", log: "Log", span: Span, show: Show) -> None:
        self._service = service
        self._log = log
        self._heard = Heard(log, service.topics.cards, service.catalog, names_in(service.catalog))
        self._gauge = Gauge(service, self._heard, span)
        self._show = show

    async def fed(self, options: "FeedOptions") -> None:
        """Feed, and return when everything is judged and stored."""
        from streams.feed import feed

        watching = asyncio.create_task(self._watch())
        try:
            service = self._service
            await feed(service.settings, service.catalog, self._log, options, self._told, clock=service.clock)
            await self._drained()
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        await self._look()

    def _told(self, progress: "FeedProgress") -> None:
        from streams.feed.options import FeedPhase

        if progress.phase is FeedPhase.SENDING:
            self._gauge.sent = progress.records

    async def _watch(self) -> None:
        while True:
            await self._look()
            await asyncio.sleep(LOOK_EVERY)

    async def _look(self) -> None:
        await self._heard.listen()
        self._show(self._gauge.look(monotonic()))

    async def _drained(self) -> None:
        """Return when what stands in the log now, and what comes of it, has been judged and stored.

        One tier after the other: what the first says is told to the second before it counts as judged, and all of it
        stands in the log before the store is waited for. A scaled clock goes on ticking; that is not waited for.
        """
        topics = self._service.topics
        for role, names in (
            (Role.SUPERVISE, (topics.events,)),
            (Role.SUPERVISE, (topics.second,)),
            (Role.SINK, (topics.events, topics.cards, topics.quarantine, topics.state_cases)),
        ):
            ends = {place: end for name in names for place, end in (await self._ends(name)).items()}
            while self._behind(role, ends):  # noqa: ASYNC110 - nobody tells of a commit
                await asyncio.sleep(ASK_EVERY)

    async def _ends(self, topic: str) -> Ends:
        many = range(await self._log.partitions(topic))
        return {(topic, number): (await self._log.bounds(topic, number))[1] for number in many}

    def _behind(self, role: Role, ends: Ends) -> bool:
        """Return whether a role has not committed all up to some ends."""
        done = self._service.standings().get(role.value, {})
        return any(end and (place not in done or done[place].committed < end) for place, end in ends.items())


async def _unless(running: asyncio.Task[None], work: Coroutine[Any, Any, T]) -> T:
    """Return what some work returns; where the worker ends before, what broke it, or KeyboardInterrupt."""
    task = asyncio.create_task(work)
    await asyncio.wait({running, task}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        return task.result()
    task.cancel()
    await _quietly(task)
    running.result()
    raise KeyboardInterrupt


async def _quietly(task: Awaitable[Any]) -> None:
    with suppress(asyncio.CancelledError):
        await task
