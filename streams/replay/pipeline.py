"""The replay of a log: read, judge, store."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import time_ns

from rules.catalog.index import Catalog
from rules.events.instants import DAY
from sinks.clickhouse.address import is_address
from sinks.clickhouse.store import Store, open_store
from streams.replay.accounts import Account, reconciled, run_name
from streams.replay.cardfile import write_cards
from streams.replay.inputs import Input, inputs_of, sources_read
from streams.replay.loading import Loader
from streams.replay.meter import Meter
from streams.replay.outcome import outcome_of
from streams.replay.recording import record_run
from streams.replay.settings import NotReadable, ReplaySettings, Report, RunSummary
from streams.replay.shard import Stopped
from streams.replay.work import Plan, ReadOut
from streams.replay.workers import Alone, Crew, load_catalog

LARGE = 16 << 20
"""Bytes of input, some 30,000 records, from which a second process is worth its start of half a second."""
SPOOL = "spool"


def replay(settings: ReplaySettings, report: Report | None = None) -> RunSummary:
    """Replay a log and return what came of it.

    Raises CatalogErrors (the catalogue), UnknownProfile, Unusable (paths, mapping), NotReadable (``strict``),
    StoreError (the store cannot be used). Nothing counts as the current run of the store until all of it is there.
    """
    catalog = load_catalog(settings.catalog, settings.profile)
    with ExitStack() as held:
        store = held.enter_context(open_store(settings.store, create=True)) if settings.store is not None else None
        room = held.enter_context(_room(settings.store))
        inputs = inputs_of(settings.sources, settings.mapping, room)
        meter = Meter(report, shards=_shards(settings, inputs))
        loader = held.enter_context(Loader(store)) if store is not None else None
        on_piece = loader.take if loader is not None else _nowhere
        several = meter.shards > 1
        with Crew(meter.shards, on_piece, meter.told) if several else Alone(catalog, on_piece, meter.told) as crew:
            plan = _plan(settings, catalog, inputs, room if store is not None else None)
            try:
                read = crew.read(plan)
            except Stopped as stop:
                raise NotReadable(stop.aside.bad) from None
            until = _until(settings, read)
            name = run_name(settings, catalog, plan.sources)
            shards = crew.judge(name, until)
        counts = reconciled(read, shards)
        meter.storing(0.0)
        said = outcome_of(catalog, shards, until)
        account = Account(name, settings, catalog, plan.sources, until, counts, tuple(shards), said)
        meter.storing(0.3)
        if loader is not None and store is not None:
            loader.wait()
            meter.storing(0.6)
            aside = [one for shard in shards for one in shard.aside]
            run = account.run(_recorded_at(store, name))
            record_run(store, run, said, aside=aside, told=loader.pieces, room=room)
        if settings.cards is not None:
            write_cards(settings.cards, said.cards.values(), catalog)
        meter.storing(1.0)
    return account.summary()


def _nowhere(_table: str, _piece: Path) -> None:
    """Nothing is stored."""


def _shards(settings: ReplaySettings, inputs: Sequence[Input]) -> int:
    """Return how many processes judge. What goes through a mapping is one log and is read by one."""
    if settings.mapping is not None:
        return 1
    if settings.workers is not None:
        return max(1, settings.workers)
    large = sum(one.unpacked for one in inputs) >= LARGE
    return 2 if large and (os.cpu_count() or 1) > 1 else 1


@contextmanager
def _room(store: Path | str | None) -> Iterator[Path]:
    """Give a directory for what is on its way: in the store, which nobody else has open; else somewhere."""
    if store is None or is_address(store):
        with TemporaryDirectory(prefix="jiancha-") as directory:
            yield Path(directory)
        return
    room = Path(store) / SPOOL
    rmtree(room, ignore_errors=True)  # what an interrupted run left behind
    room.mkdir()
    try:
        yield room
    finally:
        rmtree(room, ignore_errors=True)


def _plan(settings: ReplaySettings, catalog: Catalog, inputs: tuple[Input, ...], spool: Path | None) -> Plan:
    now = time_ns() // 1000
    latest = settings.latest if settings.latest is not None else max(now, settings.as_of or now) + DAY
    return Plan(
        inputs=inputs,
        sources=sources_read(inputs, settings.mapping),
        mapping=settings.mapping,
        catalog=settings.catalog,
        edition=catalog.edition,
        profile=settings.profile,
        as_of=settings.as_of,
        latest=latest,
        strict=settings.strict,
        spool=spool,
    )


def _until(settings: ReplaySettings, read: Sequence[ReadOut]) -> int:
    """Return the instant the cards stand at: as of, else the last report."""
    if settings.as_of is not None:
        return settings.as_of
    return max((one.reading.latest for one in read if one.reading.latest is not None), default=0)


def _recorded_at(store: Store, name: str) -> int:
    """Return when a run is recorded: now, or when it was, where it is the current one already and nothing changes."""
    current = next(iter(store.runs()), None)
    return current.recorded_at if current is not None and current.run == name else time_ns() // 1000
