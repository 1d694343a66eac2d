"""Arrow as the driver of a server gives it, turned into Arrow as the embedded engine gives it."""

import re

import pyarrow as pa
from pyarrow import compute

_ENUM = re.compile(r"Enum(?:8|16)\(")
_VALUES = re.compile(r"'((?:[^'\\]|\\.)*)' = (-?\d+)")


def as_embedded(table: pa.Table) -> pa.Table:
    """Return an answer with text as text, whatever its bytes, and enums as their numbers."""
    columns = [_column(table.column(at), field) for at, field in enumerate(table.schema)]
    return pa.table(columns, names=table.schema.names)


def _column(column: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    kind = (field.metadata or {}).get(b"clickhouse_type", b"").decode()
    if _ENUM.search(kind):
        numbers = {name.encode(): int(number) for name, number in _VALUES.findall(kind)}
        wide = pa.int16() if "Enum16(" in kind else pa.int8()
        values = [None if value is None else numbers[_bytes(value)] for value in column.to_pylist()]
        return pa.chunked_array([pa.array(values, wide)])
    if "FixedString(" not in kind and pa.types.is_binary(field.type):
        return pa.chunked_array([chunk.view(pa.string()) for chunk in column.chunks], pa.string())
    if pa.types.is_list(field.type) and pa.types.is_binary(field.type.value_type):
        return compute.cast(column, pa.list_(pa.string()))
    return column


def _bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value
