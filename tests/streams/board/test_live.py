"""The board beside a running worker: what happens is on the page without anyone touching it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from rules.catalog.index import Catalog
from rules.events.instants import instant_of
from streams.cli.law import open_catalog
from streams.feed import FeedOptions, feed
from streams.log import Log
from streams.settings import Settings
from streams.settings.broker import Broker
from streams.settings.clock import ClockKind, ClockSettings
from streams.settings.http import HttpSettings
from streams.settings.kafka import log_of
from streams.settings.store import StoreSettings
from streams.settings.topics import TopicSettings
from streams.simulate.options import SimOptions
from streams.simulate.run import write_city
from streams.topics import applied
from streams.worker.service import Service
from tests.sinks.clickhouse.city import CATALOG
from tests.streams.board.browser import Tab, opened

pytestmark = pytest.mark.slow

HALF = instant_of("2026-01-20T00:00:00+08:00")
PATIENCE = 120.0


def settings_in(folder: Path) -> Settings:
    """Everything in one process, on free ports, by the clock of the feed."""
    return Settings(
        broker=Broker(url=f"local://{folder / 'log'}"),
        store=StoreSettings(url=str(folder / "store")),
        topics=TopicSettings(partitions=2),
        clock=ClockSettings(kind=ClockKind.REHEARSAL),
        http=HttpSettings(port=0, store_port=0),
        catalog=CATALOG,
    )


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[tuple[Service, Log]]:
    """Give a worker that is ready, and its log."""
    await applied(settings)
    log = log_of(settings.broker)
    await log.start()
    service = Service(settings)
    running = asyncio.create_task(service.run())
    ready = asyncio.create_task(service.ready.wait())
    try:
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        assert service.ready.is_set(), running.exception()
        yield service, log
    finally:
        ready.cancel()
        service.stop()
        await asyncio.gather(running, return_exceptions=True)
        await log.stop()
    await running


async def said_by(service: Service, question: str) -> object:
    """What the store answers while the worker writes it."""
    assert service.store is not None
    database = service.store.another()
    try:
        return (await asyncio.to_thread(database.table, question)).to_pylist()[0]["n"]
    finally:
        database.close()


async def settles(tab: Tab, service: Service, question: str, shown: str) -> object:
    """Return what both the store and the page say once the page has caught up; TimeoutError where it never does."""
    async with asyncio.timeout(PATIENCE):
        while True:
            stored = await said_by(service, question)
            if stored and str(stored) == await tab.value(shown):
                return stored
            await asyncio.sleep(0.2)


def test_cards_come_onto_an_open_page_as_they_are_said(browser: int, tmp_path: Path) -> None:
    catalog: Catalog = open_catalog(CATALOG)
    city = write_city(tmp_path, catalog, SimOptions(seed=5, months=1, cases=80))
    settings = settings_in(tmp_path)
    red = "SELECT toString(count()) AS n FROM v_card_open WHERE unanswered AND level = 'red'"
    last = "SELECT argMax(card_id, (known_at, position)) AS n FROM v_card_transition"
    big = "document.querySelector('[data-panel=\"unanswered-red\"] .big')?.textContent"
    newest = "document.querySelector('#news li a')?.pathname.slice(6)"

    async def run() -> None:
        async with working(settings) as (service, log), opened(browser) as tab:
            assert service.endpoint is not None
            await tab.resize(1366, 768)
            await tab.go(f"http://127.0.0.1:{service.endpoint.port}/")
            await tab.value("window.untouched = true")

            before = "0"
            for until in (HALF, instant_of(city.as_of)):
                await feed(settings, catalog, log, FeedOptions(sources=(str(city.events),), until=until))
                await settles(tab, service, last, newest)
                await tab.until(f"Number({big}.replace(',', '')) > {before}")
                before = str(await settles(tab, service, red, big))

            assert await tab.value("window.untouched === true && document.querySelectorAll('#news .just').length > 0")
            assert [] == tab.said

    asyncio.run(run())
