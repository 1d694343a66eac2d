"""JSON lines with fields of their own: each object as a record.

An object inside an object is named ``outer/inner``. Numbers with a point keep the text they were written with; a list
stays one.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from streams.sources.item import Bad, Where, bad
from streams.sources.lines import raw_lines
from streams.sources.mapping.compiled import Compiled
from streams.sources.records import Record, digest

_decode = msgspec.json.Decoder(dict[str, Any], float_hook=str).decode


def read_objects(path: str, compiled: Compiled) -> Iterator[Record | Bad]:
    """Return the object of each line that is not blank as a record."""
    empty = frozenset(compiled.spec.empty)
    by_content = compiled.spec.event_id == "content"
    aside: list[Bad] = []
    for number, line in raw_lines(path, aside.append):
        yield from aside
        aside.clear()
        if not line or line.isspace():
            continue
        where = Where(path, number)
        try:
            found = object_of(line, compiled.spec.encoding)
        except ValueError as err:
            yield bad(str(err), "", line, where)
            continue
        values = dict(_flat(found, "", empty))
        same = digest([part for name in sorted(values) for part in (name, str(values[name]))]) if by_content else ""
        yield Record(values, line, where, same=same)
    yield from aside


def object_of(line: bytes, encoding: str | None) -> dict[str, Any]:
    """Return the object of a line; ValueError says why there is none."""
    try:
        return _decode(line.decode(encoding) if encoding else line)
    except UnicodeDecodeError as err:
        raise ValueError(f"不是 {encoding or 'UTF-8'} 编码：第 {err.start + 1} 字节起") from None
    except msgspec.DecodeError as err:
        raise ValueError(f"不是 JSON 对象：{err}") from None
    except RecursionError:
        raise ValueError("嵌套过深") from None


def _flat(found: dict[str, Any], prefix: str, empty: frozenset[str]) -> Iterator[tuple[str, Any]]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}/", empty)
        elif value is not None and not (isinstance(value, str) and value in empty):
            yield prefix + name, value
