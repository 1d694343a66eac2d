"""The feed: read, sort, publish; read = published + quarantined + filtered."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rules.catalog.index import Catalog
from rules.events.instants import DAY
from streams.clock import Clock, clock_of, wall
from streams.feed.options import Fed, FeedOptions, FeedPhase, FeedProgress, Report
from streams.feed.pace import Pace
from streams.feed.publishing import Publisher, Sleep
from streams.feed.reading import Letter, Letters, names_of
from streams.feed.sorting import Sorted
from streams.log import Log
from streams.quarantine.record import record_of_bad
from streams.replay.inputs import Input, inputs_of, sources_read
from streams.replay.settings import CountsDiffer
from streams.settings.clock import ClockKind
from streams.settings.settings import Settings
from streams.sources import open_source
from streams.topics.names import Topics

READING_SHARE = 0.3
REPORT_EVERY = 4096
FRAMING = 4096
"""Bytes a batch needs beyond its one record."""


async def feed(
    settings: Settings,
    catalog: Catalog,
    log: Log,
    options: FeedOptions,
    report: Report | None = None,
    *,
    clock: Clock | None = None,
    sleep: Sleep = asyncio.sleep,
) -> Fed:
    """Publish a source to the events topic of a started log, and return what became of its records.

    All of it is read and sorted before the first goes. A feed that broke off may be run again: what came twice is a
    duplicate. Unusable (paths, mapping), LogError (the log); CountsDiffer is a fault of this program.
    """
    now = clock if clock is not None else clock_of(settings.clock)
    topics = Topics.of(settings.topics.prefix)
    partitions = await log.partitions(topics.events)
    with TemporaryDirectory(prefix="jiancha-") as name:
        inputs = inputs_of(options.sources, options.mapping, Path(name))
        letters = Letters(
            catalog,
            canonical=options.mapping is None,
            until=options.until,
            latest=max(wall(), options.until or 0) + DAY,
            largest=settings.topics.max_message_bytes - FRAMING,
        )
        ordered = Sorted(Path(name))
        items = open_source([one.path for one in inputs], options.mapping, latest=None)
        _drain(ordered.take(letters.of(items, names_of(inputs))), inputs, report)
        publisher = Publisher(
            log,
            topics.events,
            partitions,
            _pace(settings, options, now),
            now=now.read,
            sleep=sleep,
            ticks_every=options.ticks_every if settings.clock.kind is ClockKind.REHEARSAL else None,
        )
        count = max(1, ordered.count)

        def told(sent: int) -> None:
            if report is not None:
                share = READING_SHARE + (1 - READING_SHARE) * sent / count
                report(FeedProgress(FeedPhase.SENDING, share, sent))

        await publisher.publish(ordered, told)
        await publisher.finish(options.until)
        if letters.aside:
            key = sources_read(inputs, options.mapping)[0].key
            news = [record_of_bad(key, seq, found) for seq, found in letters.aside]
            await log.append(topics.quarantine, 0, news)
    return _accounted(letters, publisher)


def _pace(settings: Settings, options: FeedOptions, clock: Clock) -> Pace:
    scaled = clock if settings.clock.kind is ClockKind.SCALED else None
    return Pace(clock.read(), clock=scaled, speed=options.speed, rate=options.rate)


def _drain(letters: Iterator[Letter], inputs: tuple[Input, ...], report: Report | None) -> None:
    """Read to the end; how far it is is told from about how long the files are."""
    whole = max(1, sum(one.unpacked for one in inputs))
    done = 0
    for number, letter in enumerate(letters, 1):
        done += len(letter.value) + 1
        if report is not None and not number % REPORT_EVERY:
            report(FeedProgress(FeedPhase.READING, READING_SHARE * min(1.0, done / whole), number))


def _accounted(letters: Letters, publisher: Publisher) -> Fed:
    fed = Fed(
        read=letters.read,
        published=publisher.sent,
        unreadable=publisher.unreadable,
        quarantined=dict(Counter(found.reason for _, found in letters.aside).most_common()),
        filtered=dict(letters.filtered.most_common()),
        copies=publisher.copies,
        ticks=publisher.ticks,
        first=publisher.first,
        last=publisher.last,
    )
    if not fed.reconciles():
        raise CountsDiffer(f"计数对不上：{fed}")
    return fed
