"""What a clean run says: the records of a log judged once more, in one process that nothing disturbs."""

from collections.abc import Iterator, Sequence

from rules.catalog.index import Catalog
from rules.verdicts import NEVER
from streams.clock import Clock
from streams.live.agencies import AgencyPartition
from streams.live.cases import CasePartition
from streams.live.said import Said
from streams.live.wire import FROM, event_value, tick_value, transition_value
from streams.log import Log, Record
from streams.topics import Topics

READ_AT_ONCE = 5_000


async def records_of(log: Log, topic: str, number: int) -> list[Record]:
    """Return every record of a partition."""
    found: list[Record] = []
    at, end = await log.bounds(topic, number)
    while at < end and (read := await log.read(topic, number, at, READ_AT_ONCE)):
        found += read
        at = read[-1].offset + 1
    return found


def said_cleanly(
    catalog: Catalog, topics: Topics, partitions: Sequence[Sequence[Record]], clock: Clock
) -> dict[str, bytes]:
    """Return the transitions, as they stand in the cards topic, by their ids; of both tiers.

    ``partitions`` are those of the events topic. What was forwarded or copied stands where it was put already.
    """
    of = len(partitions)
    agencies = AgencyPartition(catalog, 0, 1, sources=of, hot=NEVER)
    found: dict[str, bytes] = {}
    told = 0
    for number, records in enumerate(partitions):
        cases = CasePartition(catalog, topics.events, number, of, sim=clock.sim, hot=NEVER)
        said = cases.judge(records)
        found.update(_values(said))
        words = list(_words(said, number, cases.now, told))
        told += len(words)
        found.update(_values(agencies.judge(words)))
    found.update(_values(agencies.judge([])))
    return found


def _words(said: Said, number: int, now: int, offset: int) -> Iterator[Record]:
    header = ((FROM, str(number).encode()),)
    for at, word in enumerate(said.words, offset):
        key = None if word.org is None else word.org.encode()
        yield Record(at, word.at, key, event_value(word.event), header)
    yield Record(offset + len(said.words), now, None, tick_value(now), header)


def _values(said: Said) -> Iterator[tuple[str, bytes]]:
    for one in said.transitions:
        yield f"{one.card.card_id}#{one.card.seq}", transition_value(one)
