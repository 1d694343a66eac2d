"""Records of the log as rows of the store. What a record gives follows from the record alone, or from what it says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from rules.cases.case import Case
from rules.catalog.index import Catalog
from rules.declare import Rule, Tier
from rules.engine.cards import Transition
from rules.engine.engine import Engine
from rules.engine.stored import glimpse
from rules.engine.tiers import case_tier
from rules.events.decode import Unplaceable
from rules.events.instants import MINUTE
from rules.events.kinds import BY_STRUCT
from rules.registry import BY_ID, CASE_RULES
from sinks.clickhouse.parts import part_row
from sinks.clickhouse.rows import Place, card_row, case_row, event_row, quarantine_row, transition_row
from sinks.clickhouse.stored import Quarantined, StoredCard, StoredTransition
from sinks.clickhouse.tables import Row
from streams.live.reading import Reader
from streams.live.state import OWN, PARTITION, StateSchemaError, is_ours, packed_of, position_of
from streams.live.wire import UNREADABLE, transition_of
from streams.log import Record, partition_of
from streams.replay.masking import masked_bytes, masked_text
from streams.replay.outcome import is_historic
from streams.replay.states import state_of

LIVE = "live"
"""The name of the run every deployment writes: a store belongs to one."""
OFFSET_BITS = 40
"""Bits of an offset in the position of a transition; the partition stands above."""


def source_of(topic: str, partition: int) -> str:
    """Return the key of a partition of a topic in the archive."""
    return f"{topic}-{partition}"


class EventRows:
    """Rows of ``event``, of a topic with ``of`` partitions. ``sim`` gives the instant a stamp stands for."""

    def __init__(self, catalog: Catalog, topic: str, of: int, sim: Callable[[int], int]) -> None:
        self._reader = Reader(catalog)
        self._topic = topic
        self._of = of
        self._sim = sim

    def rows(self, partition: int, records: Iterable[Record]) -> Iterable[Row]:
        """Yield a row for each record that is judged in this partition, ticks among them, masked."""
        source = source_of(self._topic, partition)
        for record in records:
            value = record.value
            if value is None or any(name == UNREADABLE for name, _ in record.headers):
                continue
            stamp = self._sim(record.stamp)
            try:
                filed, clean = self._reader.read(value, stamp)
            except Unplaceable:
                continue  # it stands in the quarantine
            case = filed.event.case_id
            if case and BY_STRUCT[type(filed.event)].has_case and partition_of(case.encode(), self._of) != partition:
                continue  # it was forwarded to where its case is judged
            kept = self._reader.stamped(clean, stamp)
            place = Place(source, record.offset, source, None, "")
            yield event_row(filed, place, sha256(kept).digest(), kept)


class CardRows:
    """Rows of ``card_transition`` and ``card``."""

    def __init__(self, catalog: Catalog, run: str) -> None:
        self._catalog = catalog
        self._run = run

    def transitions(self, partition: int, records: Iterable[Record]) -> tuple[list[Transition], list[Row]]:
        """Return the transitions of records, and their rows."""
        said: list[Transition] = []
        rows: list[Row] = []
        for record in records:
            if record.value is None:
                continue
            transition = transition_of(record.value)
            said.append(transition)
            position = partition << OFFSET_BITS | record.offset
            rows.append(transition_row(self._run, StoredTransition(transition, position)))
        return said, rows

    def cards(self, said: Iterable[Transition], raised: Mapping[str, int]) -> list[Row]:
        """Return the rows of the cards that moved, as they stand last; ``raised`` says when each was first said."""
        last = {one.card.card_id: one.card for one in sorted(said, key=lambda one: one.card.seq)}
        rows: list[Row] = []
        for card in last.values():
            rule = BY_ID.get(card.rule_id)
            agency = self._catalog.agencies.get(card.org_code or "")
            matter = self._catalog.matters.get(card.task_code or "")
            names = (
                rule.name if rule is not None else "",
                agency.name if agency is not None else "",
                matter.name if matter is not None else "",
            )
            stored = StoredCard(card, raised.get(card.card_id, card.known_at), is_historic(self._catalog, card))
            rows.append(card_row(self._run, stored, names, _tier(rule)))
        return rows


class StateRows:
    """Rows of ``case_state``, ``case_part`` and ``metric_minute``, from what is remembered of cases and partitions."""

    def __init__(self, catalog: Catalog, run: str, topic: str) -> None:
        self._run = run
        self._topic = topic
        self._engine: Engine[Case] = Engine(case_tier(CASE_RULES), catalog, _say_nothing)

    def rows(self, records: Sequence[Record]) -> tuple[list[Row], list[Row]]:
        """Return the rows of cases, as last remembered among the records: of ``case_state`` and ``case_part``."""
        last = {one.key: one for one in records if one.key is not None and not one.key.startswith(OWN)}
        states: list[Row] = []
        parts: list[Row] = []
        engine = self._engine
        for key, record in last.items():
            if record.value is None or not is_ours(record.value):
                continue  # of another version: the worker that finds it remembers the case anew
            docket = glimpse(engine, key.decode(), packed_of(record.value))
            law = docket.law
            if law is not None:
                states.append(case_row(self._run, state_of(docket, law), record.offset))
                parts.append(part_row(self._run, docket.facts, law, docket.latest, record.offset))
        return states, parts

    def metrics(self, partition: int, records: Iterable[Record]) -> list[Row]:
        """Return the rows that say how far a partition of the events topic has come, by what became of its records."""
        last = next((one for one in reversed(list(records)) if one.key == PARTITION and one.value is not None), None)
        if last is None or last.value is None:
            return []
        try:
            position = position_of(last.value)
        except StateSchemaError:
            return []  # as above
        minute = position.now // MINUTE * MINUTE
        source = source_of(self._topic, partition)

        def row(metric: str, label: str, value: int) -> Row:
            return (self._run, minute, source, metric, label, last.offset, value)

        return [
            row("now", "", position.now),
            *(row("records_total", what, count) for what, count in sorted(position.total.items())),
        ]


class QuarantineRows:
    """Rows of ``quarantine``."""

    def __init__(self, run: str, sim: Callable[[int], int]) -> None:
        self._run = run
        self._sim = sim

    def rows(self, records: Iterable[Record]) -> Iterable[Row]:
        """Yield a row for each record put aside, masked; it says where the record stood."""
        for record in records:
            if record.value is None:
                continue
            said = {name: value.decode(errors="replace") for name, value in record.headers}
            case = said.get("case", "")
            yield quarantine_row(
                self._run,
                Quarantined(
                    position=int(said.get("offset", record.offset)),
                    file=source_of(said.get("topic", ""), int(said.get("partition", 0))),
                    line=None,
                    trace="",
                    field=said.get("field", ""),
                    reason=masked_text(said.get("reason", ""), case),
                    case_id=case,
                    size=int(said.get("size", len(record.value))),
                    digest=sha256(record.value).hexdigest(),
                    record=masked_bytes(record.value, case),
                    at=self._sim(int(said.get("stamp", record.stamp))),
                ),
            )


def _tier(rule: Rule | None) -> str:
    return "agency" if rule is not None and rule.tier is Tier.AGENCY else "case"


def _say_nothing(_transition: Transition) -> None:
    """What was said stands in the cards topic."""
