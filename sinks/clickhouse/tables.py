"""The tables as they are written: their columns, in Arrow's types. ``migrations/`` says what each column means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

Row = tuple[Any, ...]
"""A row: the values of its table's columns, in their order; instants are whole microseconds."""

AMOUNT_DIGITS = 18
AMOUNT_SCALE = 2
DIGEST_BYTES = 32

_TEXT = pa.string()
_BYTES = pa.binary()
_INSTANT = pa.timestamp("us", "Asia/Shanghai")
_COUNT = pa.uint64()
_SMALL = pa.uint32()
_FLAG = pa.bool_()
_DAY = pa.date32()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table: its name, and its columns with their types, in the order in which rows hold them."""

    name: str
    schema: pa.Schema

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self.schema.names)

    def batch(self, rows: Sequence[Row]) -> pa.RecordBatch:
        """Return rows, one at least, as Arrow. A value its column cannot hold to the last digit is an ArrowInvalid."""
        columns = zip(zip(*rows, strict=True), self.schema, strict=True)
        return pa.record_batch([_array(values, field.type) for values, field in columns], schema=self.schema)


def _array(values: Row, kind: pa.DataType) -> pa.Array:
    """Return a column; instants are whole microseconds and are taken as they are."""
    if pa.types.is_timestamp(kind):
        return pa.array(values, pa.int64()).cast(kind)
    return pa.array(values, kind)


EVENT = Table(
    "event",
    pa.schema(
        [
            ("source", _TEXT),
            ("seq", _COUNT),
            ("case_id", _TEXT),
            ("event_id", _TEXT),
            ("event_type", _TEXT),
            ("occurred_at", _INSTANT),
            ("reported_at", _INSTANT),
            ("org_code", _TEXT),
            ("task_code", _TEXT),
            ("region_code", _TEXT),
            ("data_source", _TEXT),
            ("data_version", pa.int64()),
            ("amount_yuan", pa.decimal128(AMOUNT_DIGITS, AMOUNT_SCALE)),
            ("defects", pa.list_(_TEXT)),
            ("digest", pa.binary(DIGEST_BYTES)),
            ("record", _BYTES),
            ("file", _TEXT),
            ("line", _COUNT),
            ("trace", _TEXT),
        ]
    ),
)

QUARANTINE = Table(
    "quarantine",
    pa.schema(
        [
            ("run", _TEXT),
            ("position", _COUNT),
            ("file", _TEXT),
            ("line", _COUNT),
            ("trace", _TEXT),
            ("field", _TEXT),
            ("reason", _TEXT),
            ("case_id", _TEXT),
            ("size", _COUNT),
            ("digest", _TEXT),
            ("record", _BYTES),
            ("at", _INSTANT),
        ]
    ),
)

CARD = Table(
    "card",
    pa.schema(
        [
            ("run", _TEXT),
            ("card_id", _TEXT),
            ("rule_id", _TEXT),
            ("rule_version", _SMALL),
            ("rule_name", _TEXT),
            ("scope", _TEXT),
            ("tier", _TEXT),
            ("subject", _TEXT),
            ("level", _TEXT),
            ("peak", _TEXT),
            ("state", _TEXT),
            ("verified", _FLAG),
            ("standing", _FLAG),
            ("condition_at", _INSTANT),
            ("known_at", _INSTANT),
            ("raised_at", _INSTANT),
            ("ended", _INSTANT),
            ("merged_into", _TEXT),
            ("org_code", _TEXT),
            ("org_name", _TEXT),
            ("task_code", _TEXT),
            ("task_name", _TEXT),
            ("region_code", _TEXT),
            ("profile", _TEXT),
            ("seq", _SMALL),
            ("historic", _FLAG),
            ("events", pa.list_(_TEXT)),
            ("digest", _TEXT),
            ("finding", _TEXT),
            ("grounds", _TEXT),
            ("contested", _TEXT),
        ]
    ),
)

CARD_TRANSITION = Table(
    "card_transition",
    pa.schema(
        [
            ("run", _TEXT),
            ("card_id", _TEXT),
            ("seq", _SMALL),
            ("position", _COUNT),
            ("move", _TEXT),
            ("level_before", _TEXT),
            ("state_before", _TEXT),
            ("cause", _TEXT),
            ("reason", _TEXT),
            ("rule_id", _TEXT),
            ("rule_version", _SMALL),
            ("scope", _TEXT),
            ("subject", _TEXT),
            ("level", _TEXT),
            ("peak", _TEXT),
            ("state", _TEXT),
            ("verified", _FLAG),
            ("condition_at", _INSTANT),
            ("known_at", _INSTANT),
            ("ended", _INSTANT),
            ("merged_into", _TEXT),
            ("org_code", _TEXT),
            ("task_code", _TEXT),
            ("region_code", _TEXT),
            ("profile", _TEXT),
            ("digest", _TEXT),
            ("finding", _TEXT),
            ("grounds", _TEXT),
            ("contested", _TEXT),
        ]
    ),
)

CASE_STATE = Table(
    "case_state",
    pa.schema(
        [
            ("run", _TEXT),
            ("case_id", _TEXT),
            ("task_code", _TEXT),
            ("task_name", _TEXT),
            ("org_code", _TEXT),
            ("org_name", _TEXT),
            ("region_code", _TEXT),
            ("profile", _TEXT),
            ("submitted_at", _INSTANT),
            ("accepted_at", _INSTANT),
            ("decided_at", _INSTANT),
            ("closed_at", _INSTANT),
            ("promise_due", _DAY),
            ("promise_certain", _FLAG),
            ("statutory_due", _DAY),
            ("statutory_certain", _FLAG),
            ("suspended", _FLAG),
            ("open", _FLAG),
            ("broken", _FLAG),
            ("events", _SMALL),
            ("cards", _SMALL),
            ("standing", _SMALL),
            ("worst", _TEXT),
            ("next_review", _INSTANT),
            ("version", _COUNT),
        ]
    ),
)

RUN = Table(
    "run",
    pa.schema(
        [
            ("run", _TEXT),
            ("recorded_at", _INSTANT),
            ("catalog", _TEXT),
            ("edition", _TEXT),
            ("profile", _TEXT),
            ("as_of", _INSTANT),
            ("now", _INSTANT),
            ("read", _COUNT),
            ("folded", _COUNT),
            ("duplicate", _COUNT),
            ("quarantined", _COUNT),
            ("filtered", _COUNT),
            ("detail", _TEXT),
        ]
    ),
)

METRIC_MINUTE = Table(
    "metric_minute",
    pa.schema(
        [
            ("run", _TEXT),
            ("minute", _INSTANT),
            ("source", _TEXT),
            ("metric", _TEXT),
            ("label", _TEXT),
            ("last", _COUNT),
            ("value", pa.int64()),
        ]
    ),
)

DELIVERY = Table(
    "delivery",
    pa.schema(
        [
            ("run", _TEXT),
            ("card_id", _TEXT),
            ("seq", _SMALL),
            ("endpoint", _TEXT),
            ("attempt", _SMALL),
            ("at", _INSTANT),
            ("status", _TEXT),
            ("code", pa.uint16()),
            ("took", _SMALL),
            ("reason", _TEXT),
            ("digest", _TEXT),
        ]
    ),
)

TABLES = (EVENT, QUARANTINE, CARD, CARD_TRANSITION, CASE_STATE, RUN, METRIC_MINUTE, DELIVERY)
OF_A_RUN = (QUARANTINE, CARD, CARD_TRANSITION, CASE_STATE)
"""Tables a replay writes whose rows belong to a run, which they name in ``run``."""
