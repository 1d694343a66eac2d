"""What each topic puts into the store, through one connection each."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from rules.catalog.index import Catalog
from sinks.clickhouse.dimension_tables import CASE_PART
from sinks.clickhouse.live import LiveWriter
from sinks.clickhouse.raised import raised_at
from sinks.clickhouse.tables import CARD, CARD_TRANSITION, CASE_STATE, EVENT, METRIC_MINUTE, QUARANTINE, Row, Table
from streams.live.rows import CardRows, EventRows, QuarantineRows, StateRows
from streams.log import Batch, Record

KNOWN_CARDS = 200_000


class Storing(ABC):
    """Writes batches of one topic. ``insert`` leaves out what is empty."""

    def __init__(self, writer: LiveWriter) -> None:
        self._writer = writer

    @abstractmethod
    def store(self, batches: Sequence[Batch], token: str) -> None:
        """Write batches."""

    def insert(self, table: Table, rows: Sequence[Row], token: str) -> None:
        """Insert rows under the token of their ranges."""
        if rows:
            self._writer.insert(table, rows, f"{token}-{table.name}")


class StoringEvents(Storing):
    """Events go into ``event``."""

    def __init__(self, writer: LiveWriter, catalog: Catalog, topic: str, of: int, sim: Callable[[int], int]) -> None:
        super().__init__(writer)
        self._rows = EventRows(catalog, topic, of, sim)

    def store(self, batches: Sequence[Batch], token: str) -> None:
        """Write batches."""
        rows = list(chain.from_iterable(self._rows.rows(one.partition, one.records) for one in batches))
        self.insert(EVENT, rows, token)


class StoringCards(Storing):
    """Transitions go into ``card_transition``, and the cards as they stand into ``card``."""

    def __init__(self, writer: LiveWriter, catalog: Catalog, run: str) -> None:
        super().__init__(writer)
        self._run = run
        self._rows = CardRows(catalog, run)
        self._raised: dict[str, int] = {}

    def store(self, batches: Sequence[Batch], token: str) -> None:
        """Write batches."""
        pairs = [self._rows.transitions(one.partition, one.records) for one in batches]
        said = [transition for some, _ in pairs for transition in some]
        self.insert(CARD_TRANSITION, [row for _, rows in pairs for row in rows], token)
        for one in said:
            if one.card.seq == 1:
                self._raised[one.card.card_id] = one.known_at
        missing = {one.card.card_id for one in said} - self._raised.keys()
        if missing:
            self._raised |= self._writer.asked(lambda database: raised_at(database, self._run, sorted(missing)))
        self.insert(CARD, self._rows.cards(said, self._raised), token)
        while len(self._raised) > KNOWN_CARDS:
            del self._raised[next(iter(self._raised))]


class StoringStates(Storing):
    """What is remembered of cases goes into ``case_state`` and ``case_part``, of partitions into ``metric_minute``."""

    def __init__(self, writer: LiveWriter, catalog: Catalog, run: str, topic: str) -> None:
        super().__init__(writer)
        self._rows = StateRows(catalog, run, topic)

    def store(self, batches: Sequence[Batch], token: str) -> None:
        """Write batches."""
        states, parts = self._rows.rows(list(_records(batches)))
        self.insert(CASE_STATE, states, token)
        self.insert(CASE_PART, parts, token)
        metrics = [row for one in batches for row in self._rows.metrics(one.partition, one.records)]
        self.insert(METRIC_MINUTE, metrics, token)


class StoringQuarantine(Storing):
    """What was put aside goes into ``quarantine``."""

    def __init__(self, writer: LiveWriter, run: str, sim: Callable[[int], int]) -> None:
        super().__init__(writer)
        self._rows = QuarantineRows(run, sim)

    def store(self, batches: Sequence[Batch], token: str) -> None:
        """Write batches."""
        self.insert(QUARANTINE, list(self._rows.rows(_records(batches))), token)


def _records(batches: Sequence[Batch]) -> Iterator[Record]:
    return chain.from_iterable(one.records for one in batches)
