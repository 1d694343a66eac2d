"""What a mapping may say. The shape is checked here; whether it makes sense, in ``compiled``."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Said(BaseModel):
    """Base of all parts of a mapping: nothing in it changes, nothing unknown is let through."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Said):
    """Where a value comes from (取值): exactly one of ``column``, ``value``, ``cel``, ``nth``, ``table``.

    ``column``   what stands in that column or attribute
    ``value``    a constant
    ``cel``      a CEL expression
    ``nth``      how many records of the case, up to this one, have the same text in that column: 1, 2, ...
    ``table``    names and values, for a field that takes a table
    """

    column: str | None = None
    value: str | int | float | bool | list[str] | None = None
    cel: str | None = None
    nth: str | None = None
    table: "dict[str, Source] | None" = None

    map: str | dict[str, str | int | bool] | None = None
    """A value map: its name under ``maps``, or the map itself. A value that is not in it is a defect."""
    unknown: str | int | bool | None = None
    """Takes the place of a value that is not in the map."""
    default: str | int | float | bool | None = None
    """Takes the place of a value that is not there."""
    formats: list[str] | None = None
    """Forms of the stamp, in place of ``times.formats``."""
    round: Annotated[int, Field(ge=0, le=6)] | None = None
    """Decimal places an amount is rounded to, halves away from zero."""
    required: bool = False
    """That nothing is there is a defect."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in ("column", "value", "cel", "nth", "table") if getattr(self, name) is not None]
        if len(given) != 1:
            said = " and ".join(given) or "none"
            raise ValueError(f"takes exactly one of column, value, cel, nth, table; has {said}")
        if self.unknown is not None and self.map is None:
            raise ValueError("unknown stands only beside map")
        return self


class ValueMap(Said):
    """A value map that depends on where the record came from: one table per text of ``by``."""

    by: Source
    tables: dict[str, dict[str, str | int | bool]]


class CaseSpec(Said):
    """The case a record belongs to (办件编号)."""

    column: str | None = None
    cel: str | None = None
    scattered: bool | None = None
    """Whether the records of a case stand apart in the log. Defaults: true for tables, false for XES."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.column is None) == (self.cel is None):
            raise ValueError("takes exactly one of column, cel")
        return self


class Times(Said):
    """How the log writes stamps."""

    formats: Annotated[list[str], Field(min_length=1)] = ["iso"]
    midnight: Literal["instant", "day"] = "instant"


class Numbers(Said):
    """How the log writes numbers."""

    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.decimal == self.thousands:
            raise ValueError("decimal and thousands cannot be the same")
        return self


class Foreign(Said):
    """What every mapping says of its log: how it is encoded, its time zone, how it writes stamps and numbers."""

    encoding: str | None = None
    zone: str
    times: Times = Times()
    numbers: Numbers = Numbers()


class Table(Said):
    """How a CSV is written."""

    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    quote: Annotated[str, Field(min_length=1, max_length=1)] | None = '"'
    escape: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    header: bool = True
    columns: list[str] | None = None
    """Names of the columns where there is no header."""
    skip_lines: Annotated[int, Field(ge=0)] = 0
    """Lines above the header."""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.header == (self.columns is not None):
            raise ValueError("columns are named where there is no header, and only there")
        return self


class Given(Said):
    """Values worked out once and used by name, ``given.NAME``: per case, and per record."""

    case: dict[str, str] = {}
    record: dict[str, str] = {}


class EventSpec(Said):
    """One kind of event a record or a case gives."""

    type: str
    name: str | None = None
    """Part of the event id; the type, where it is not said."""
    each: Literal["record", "case"] = "record"
    only: dict[str, str | list[str]] = {}
    """Columns and the texts they must have, one of them each. Quicker than ``when``, which is asked after it."""
    when: str | None = None
    """CEL: where it is false, the event has not happened."""
    at: Source
    """``occurred_at``."""
    optional: bool = False
    """Where ``at`` is nothing, it has not happened. Without this, the record is put aside: it has no time."""
    id: Source | None = None
    """The event id, in place of the mapping's way."""
    fields: dict[str, Source] = {}


class Mapping(Foreign):
    """A mapping (映射): a foreign log to events."""

    format: Literal["csv", "xes", "jsonl"] | None = None
    """Where it is not said: by the name of the file."""
    csv: Table = Table()
    empty: list[str] = [""]
    """Texts that mean that nothing is there."""
    optional_columns: list[str] = []
    """Columns a table may lack; any other column the mapping names must be in its header."""
    case: CaseSpec
    event_id: Literal["position", "content"] | Source = "position"
    keep: str | None = None
    """CEL: records for which it is false are filtered."""
    maps: dict[str, dict[str, str | int | bool] | ValueMap] = {}
    given: Given = Given()
    envelope: dict[str, Source] = {}
    events: Annotated[list[EventSpec], Field(min_length=1)]
