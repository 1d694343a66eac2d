"""XES logs (IEEE 1849): the events of each trace as records, with the attributes of the trace before them.

An attribute keeps the text it was written with. Those of the trace stand under ``case:`` and their key, as in the
tables that are exported from such logs, so one mapping serves both. An attribute inside another is named
``outer/inner``; a list holds the texts of its items. Defaults under ``global`` only describe the log and are not
filled in. A trace without events is a record that only has attributes of the case.
"""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from streams.sources.errors import Broken, Refused
from streams.sources.item import Bad, Where, bad
from streams.sources.lines import LONGEST, blocks
from streams.sources.mapping.compiled import Compiled
from streams.sources.records import Record, digest

CASE_PREFIX = "case:"
_ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_LISTS = frozenset({"list", "container"})


class _Event:
    """An event of a trace while it is read: its attributes and where its bytes stand in the trace."""

    def __init__(self, line: int, start: int) -> None:
        self.line = line
        self.start = start
        self.end = start
        self.values: dict[str, Any] = {}


class _Log:
    """Takes tags and gives traces. Bytes are kept from the start of the open trace, for the quarantine."""

    def __init__(self, path: str, compiled: Compiled) -> None:
        self.path = path
        self.done: list[Record] = []
        self._wanted = compiled.wanted
        self._empty = frozenset(compiled.spec.empty)
        self._by_content = compiled.spec.event_id == "content"
        self._group = 0
        self._window = bytearray()
        self._offset = 0
        self._trace: _Event | None = None
        self._event: _Event | None = None
        self._events: list[_Event] = []
        self._keys: list[str | None] = []
        self._lists: list[list[str]] = []
        self.parser = self._new_parser(compiled.spec.encoding)

    def _new_parser(self, encoding: str | None) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8" if encoding else None)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = _refuse_entities
        parser.buffer_text = True
        return parser

    def feed(self, block: bytes, *, final: bool = False) -> None:
        """Take some bytes of the log; expat.ExpatError where they are not XML, Refused where they are not read."""
        self._window += block
        self.parser.Parse(block, final)
        if self._trace is None:
            self._forget(self.parser.CurrentByteIndex)
        if self._offset + len(self._window) - self.parser.CurrentByteIndex > LONGEST:
            raise Refused(f"一个标签超过 {LONGEST >> 20} MiB")

    def rest(self) -> bytes:
        """Return the bytes from the start of the trace that was open."""
        return bytes(self._window)

    def trace_name(self) -> str | None:
        """Return the name of the trace that was open, as far as it was read."""
        name = self._trace.values.get("concept:name") if self._trace else None
        return name if isinstance(name, str) else None

    def _forget(self, up_to: int) -> None:
        if up_to > self._offset:
            del self._window[: up_to - self._offset]
            self._offset = up_to

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        line = self.parser.CurrentLineNumber
        if tag == "trace":
            self._forget(at)
            self._trace, self._events = _Event(line, at), []
        elif tag == "event" and self._trace is not None:
            self._event = _Event(line, at)
        elif self._trace is not None and (tag in _ATTRIBUTES or tag in _LISTS):
            self._attribute(tag, attributes)

    def _attribute(self, tag: str, attributes: dict[str, str]) -> None:
        key = attributes.get("key")
        outer = self._keys[-1] if self._keys else None
        name = key if outer is None else f"{outer}/{key}"
        self._keys.append(name)
        holder = self._event or self._trace
        if name is None or holder is None:
            return
        if tag in _LISTS:
            self._lists.append([])
            holder.values[name] = self._lists[-1]
            return
        value = attributes.get("value", "")
        if self._lists:
            self._lists[-1].append(value)
        if value not in self._empty:
            holder.values[name] = value

    def _end(self, tag: str) -> None:
        if tag == "trace" and self._trace is not None:
            self._close_trace(self._trace)
        elif tag == "event" and self._event is not None:
            self._event.end = self._behind()
            self._events.append(self._event)
            self._event = None
        elif self._keys and (tag in _ATTRIBUTES or tag in _LISTS):
            self._keys.pop()
            if tag in _LISTS and self._lists:
                self._lists.pop()

    def _behind(self) -> int:
        """Return the index of the byte behind the tag that just ended."""
        return self._offset + self._window.find(b">", self.parser.CurrentByteIndex - self._offset) + 1

    def _close_trace(self, trace: _Event) -> None:
        self._group += 1
        shared = {CASE_PREFIX + name: value for name, value in trace.values.items()}
        shared = self._picked(shared)
        name = trace.values.get("concept:name", f"#{self._group}")
        if not self._events:
            raw = bytes(self._window[: self._behind() - self._offset])
            where = Where(self.path, trace.line, f"trace {name}")
            self.done.append(Record(shared, raw, where, group=self._group, header=True))
        for number, event in enumerate(self._events, 1):
            raw = bytes(self._window[event.start - self._offset : event.end - self._offset])
            where = Where(self.path, event.line, f"trace {name} event {number}")
            same = _same(event.values) if self._by_content else ""
            values = shared | self._picked(event.values)
            self.done.append(Record(values, raw, where, same=same, group=self._group))
        self._trace, self._events = None, []

    def _picked(self, values: dict[str, Any]) -> dict[str, Any]:
        wanted = self._wanted
        return values if wanted is None else {name: value for name, value in values.items() if name in wanted}


def _refuse_entities(*_: Any) -> None:
    raise Refused("声明了实体（ENTITY），不读")


def _same(values: dict[str, Any]) -> str:
    return digest([part for name in sorted(values) for part in (name, str(values[name]))])


def read_xes(path: str, compiled: Compiled) -> Iterator[Record | Bad]:
    """Return the events of each trace as records. Traces before a break are kept; the rest is one quarantined record.

    A trace that is cut off goes with the rest: what it lacks is unknown.
    """
    log = _Log(path, compiled)
    try:
        for block in _utf8(path, compiled.spec.encoding):
            log.feed(block)
            yield from log.done
            log.done.clear()
        log.feed(b"", final=True)
        reason = ""
    except (Broken, Refused) as err:
        reason = err.reason
    except UnicodeDecodeError as err:
        reason = f"不是 {err.encoding} 编码：{err.reason}"
    except expat.ExpatError as err:
        reason = f"不是 XML：{expat.ErrorString(err.code)}"
    except (ValueError, LookupError) as err:
        reason = f"不是能读的编码：{err}"
    yield from log.done
    if reason:
        name = log.trace_name()
        where = Where(path, log.parser.CurrentLineNumber, f"trace {name}" if name else None)
        yield bad(f"{reason}；其后未读", "", log.rest(), where, name)


def _utf8(path: str, encoding: str | None) -> Iterator[bytes]:
    """Return the bytes of a log, turned into UTF-8 where the mapping names another encoding than the log does."""
    if encoding is None:
        yield from blocks(path)
        return
    decoder = getincrementaldecoder(encoding)()
    for block in blocks(path):
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()
