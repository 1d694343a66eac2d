"""What was said against what a clean run says: lost, duplicated, said otherwise; in the topic and in the store."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from rules.catalog.index import Catalog
from sinks.clickhouse.store import open_store
from streams.clock import clock_of
from streams.live.wire import transition_value
from streams.log import Log
from streams.settings.settings import Settings
from streams.topics import Topics
from tools.soak.clean import records_of, said_cleanly


class Counted(msgspec.Struct, frozen=True):
    """Transitions in one place: ids that are missing, that nobody should have said, that stand there twice.

    ``otherwise``: ids that carry something else than the clean run says.
    """

    there: int
    lost: tuple[str, ...]
    false: tuple[str, ...]
    duplicated: tuple[str, ...]
    otherwise: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Return whether nothing is lost, and nothing said twice or otherwise."""
        return not (self.lost or self.false or self.duplicated or self.otherwise)


class Said(msgspec.Struct, frozen=True):
    """The cards topic, read whole: values by id, ids with two contents, how often one was said again."""

    values: dict[str, bytes]
    contradicted: tuple[str, ...]
    again: int


class _Named(msgspec.Struct, frozen=True):
    id: str


_name_of = msgspec.json.Decoder(_Named).decode


async def clean(log: Log, settings: Settings, catalog: Catalog) -> dict[str, bytes]:
    """Return what a clean run says of the records in the events topic, by id."""
    topics = Topics.of(settings.topics.prefix)
    partitions = [await records_of(log, topics.events, number) for number in range(await log.partitions(topics.events))]
    return said_cleanly(catalog, topics, partitions, clock_of(settings.clock))


async def said(log: Log, settings: Settings) -> Said:
    """Return what the cards topic holds."""
    topic = Topics.of(settings.topics.prefix).cards
    values: dict[str, bytes] = {}
    contradicted: list[str] = []
    again = 0
    for number in range(await log.partitions(topic)):
        for record in await records_of(log, topic, number):
            value = record.value or b""
            name = _name_of(value).id
            again += name in values
            if values.setdefault(name, value) != value:
                contradicted.append(name)
    return Said(values, tuple(contradicted), again)


def counted(expected: dict[str, bytes], found: dict[str, bytes], duplicated: Iterable[str] = ()) -> Counted:
    """Return how what was found differs from what was expected."""
    return Counted(
        there=len(found),
        lost=tuple(sorted(expected.keys() - found.keys())),
        false=tuple(sorted(found.keys() - expected.keys())),
        duplicated=tuple(duplicated),
        otherwise=tuple(sorted(name for name in expected.keys() & found.keys() if expected[name] != found[name])),
    )


def stored(store: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the transitions a store holds, and the ids of those and of cards that stand in it more than once."""
    with open_store(store) as opened:
        archive = opened.archive()
        names = Counter[str]()
        values: dict[str, bytes] = {}
        for one in archive.transitions():
            name = f"{one.transition.card.card_id}#{one.transition.card.seq}"
            names[name] += 1
            values[name] = transition_value(one.transition)
        cards = Counter(card.card.card_id for card in archive.cards())
    return values, tuple(_twice(names)) + tuple(_twice(cards))


def _twice(names: Counter[str]) -> Iterator[str]:
    return (name for name, count in sorted(names.items()) if count > 1)
