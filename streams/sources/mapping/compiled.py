"""A mapping ready to run: every name looked up, every expression compiled, or all that is wrong with it."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from rules.events.kinds import BY_NAME
from streams.sources.errors import Problem, Unusable
from streams.sources.lines import complaint_about_encoding
from streams.sources.mapping.expressions import Expression, Scope
from streams.sources.mapping.load import Document, Path_
from streams.sources.mapping.model import EventSpec, Mapping, Source, ValueMap
from streams.sources.mapping.targets import Takes, envelope_fields, fields_of, words_of
from streams.sources.mapping.values import (
    Read,
    Turns,
    mapped,
    mapped_by,
    needed,
    otherwise,
    read_stamp,
    text_of,
    turned,
)
from streams.sources.records import Record
from streams.sources.stamps import ISO, Stamps, complaint_about, complaint_about_zone


class Emitter:
    """One kind of event: its condition and its readers."""

    def __init__(self, spec: EventSpec) -> None:
        self.type = spec.type
        self.name = spec.name or spec.type
        self.each_case = spec.each == "case"
        self.optional = spec.optional
        self.only = [
            (column, frozenset([texts] if isinstance(texts, str) else texts)) for column, texts in spec.only.items()
        ]
        self.when: Expression | None = None
        self.at: Read = _nothing
        self.id: Read | None = None
        self.fields: list[tuple[str, Read]] = []

    def happened(self, record: Record) -> bool:
        """Return whether the record says that it happened; Unread where that cannot be told."""
        values = record.values
        for column, texts in self.only:
            value = values.get(column)
            if value is None or text_of(value) not in texts:
                return False
        return self.when is None or self.when.holds()


class Compiled:
    """A mapping ready to run."""

    def __init__(self, spec: Mapping, stamps: Stamps) -> None:
        self.spec = spec
        self.stamps = stamps
        self.scope = Scope(stamps)
        self.case_id: Read = _nothing
        self.keep: Expression | None = None
        self.given_case: list[tuple[str, Expression]] = []
        self.given_record: list[tuple[str, Expression]] = []
        self.envelope: list[tuple[str, Read]] = []
        self.emitters: list[Emitter] = []
        self.event_id: Read | None = None
        self.columns: set[str] = set()
        """Columns named outright or in expressions."""
        self.whole = False
        """Whether some expression works out the name of a column."""
        self.counted: set[str] = set()
        """Columns of ``nth``."""
        self.looks_at_case = False
        """Whether something is worked out per case, or from its other records, so that they must be gathered."""

    @property
    def wanted(self) -> frozenset[str] | None:
        """Return the columns that are read, None for all of them."""
        return None if self.whole else frozenset(self.columns)


def _nothing(_: Record) -> None:
    return None


def compile_mapping(document: Document, spec: Mapping) -> Compiled:
    """Return the mapping ready to run; Unusable with everything that is wrong."""
    return _Compiler(document, spec).compiled()


class _Compiler:
    """Looks up and compiles, and gathers what is wrong."""

    def __init__(self, document: Document, spec: Mapping) -> None:
        self.document = document
        self.spec = spec
        self.problems: list[Problem] = []
        self.stamps = Stamps(self._zone(), self._formats(spec.times.formats, ("times", "formats")))
        self.stamps.midnight_is_day = spec.times.midnight == "day"
        self.turns = Turns(self.stamps, spec.numbers)
        self.out = Compiled(spec, self.stamps)
        self.given: list[str] = []

    def compiled(self) -> Compiled:
        """Return the mapping ready to run; Unusable with everything that is wrong."""
        out, spec = self.out, self.spec
        if spec.format != "xes" and (complaint := complaint_about_encoding(spec.encoding)) is not None:
            self._wrong(("encoding",), complaint)
        case = Source(column=spec.case.column, cel=spec.case.cel)
        out.case_id = self._source(case, Takes.TEXT, ("case",))
        if out.looks_at_case or "given." in (spec.case.cel or ""):
            self._wrong(("case",), "may look at row only: it says which case that is")
        if isinstance(spec.event_id, Source):
            out.event_id = self._source(spec.event_id, Takes.TEXT, ("event_id",))
        for name, text in spec.given.case.items():
            out.given_case += self._given(name, text, ("given", "case", name))
        out.looks_at_case = out.looks_at_case or bool(spec.given.case)
        for name, text in spec.given.record.items():
            out.given_record += self._given(name, text, ("given", "record", name))
        if spec.keep is not None:
            out.keep = self._expression(spec.keep, ("keep",))
            if out.keep is not None and (out.keep.mentions.case or out.keep.mentions.given):
                self._wrong(("keep",), "may look at row only: it is asked before the case is gathered")
        out.envelope = self._fields(spec.envelope, envelope_fields(), "case.submitted", ("envelope",), "an envelope")
        for at, event in enumerate(spec.events):
            self._event(event, ("events", at))
        self._names()
        if self.problems:
            raise Unusable(sorted(set(self.problems), key=lambda one: (one.file, one.line or 0, one.field)))
        return out

    def _event(self, spec: EventSpec, path: Path_) -> None:
        emitter = Emitter(spec)
        self.out.emitters.append(emitter)
        if spec.type not in BY_NAME:
            self._wrong((*path, "type"), f"no event type {spec.type!r}")
            return
        self.out.columns |= spec.only.keys()
        if spec.when is not None:
            emitter.when = self._expression(spec.when, (*path, "when"))
        emitter.at = self._stamp(spec.at, (*path, "at"))
        if spec.id is not None:
            emitter.id = self._source(spec.id, Takes.TEXT, (*path, "id"))
        emitter.fields = self._fields(spec.fields, fields_of(spec.type), spec.type, (*path, "fields"), spec.type)
        for name in ("event_id", "occurred_at", "case_id"):
            if name in spec.fields:
                said = {"event_id": "id", "occurred_at": "at", "case_id": "the case of the mapping"}[name]
                self._wrong((*path, "fields", name), f"is said with {said}")

    def _fields(self, sources: Any, known: Any, event_type: str, path: Path_, of: str) -> list[tuple[str, Read]]:
        readers: list[tuple[str, Read]] = []
        for name, source in sources.items():
            takes = known.get(name)
            if takes is None:
                self._wrong((*path, name), f"{of} has no field {name!r}; it has {', '.join(sorted(known))}")
                continue
            if takes is Takes.CODE:
                self._words(source, words_of(event_type, name), (*path, name))
            readers.append((name, self._source(source, takes, (*path, name))))
        return readers

    def _source(self, source: Source, takes: Takes, path: Path_) -> Read:
        stamps = self._stamps_of(source, path)
        if source.round is not None and takes is not Takes.AMOUNT:
            self._wrong((*path, "round"), f"this field takes {takes.value}, not an amount")
        if (source.table is not None) != (takes is Takes.TABLE) and source.cel is None:
            self._wrong(path, f"this field takes {takes.value}")
        turn = self.turns.into(takes, stamps, source.round)
        read = turned(self._before_turn(source, path), turn)
        if source.value is not None:
            try:
                constant = read(Record({}, b"", None))  # type: ignore[arg-type]  # a constant asks no record
            except ValueError as err:
                self._wrong(path, str(err))
            else:
                return lambda _: constant
        return needed(read) if source.required else read

    def _stamp(self, source: Source, path: Path_) -> Read:
        stamps = self._stamps_of(source, path)
        return turned(self._before_turn(source, path), lambda value: read_stamp(stamps, value))

    def _before_turn(self, source: Source, path: Path_) -> Read:
        read = self._plain(source, path)
        if source.map is not None:
            read = self._mapped(read, source, path)
        return read if source.default is None else otherwise(read, source.default)

    def _plain(self, source: Source, path: Path_) -> Read:
        if source.column is not None:
            column = source.column
            self.out.columns.add(column)
            return lambda record: record.values.get(column)
        if source.nth is not None:
            counted = source.nth
            self.out.columns.add(counted)
            self.out.counted.add(counted)
            return lambda record: record.counts.get(counted)
        if source.cel is not None:
            expression = self._expression(source.cel, (*path, "cel"))
            return _nothing if expression is None else lambda _: expression.value()
        if source.table is not None:
            rows = [
                (name, self._source(part, Takes.TEXT, (*path, "table", name))) for name, part in source.table.items()
            ]
            return lambda record: {name: read(record) for name, read in rows} or None
        return lambda _: source.value

    def _mapped(self, read: Read, source: Source, path: Path_) -> Read:
        table = source.map
        name = "值表"
        if isinstance(table, str):
            name = f"值表 {table} "
            found = self.spec.maps.get(table)
            if found is None:
                there = ", ".join(sorted(self.spec.maps)) or "none"
                self._wrong((*path, "map"), f"no map {table!r} under maps; there are: {there}")
                return read
            if isinstance(found, ValueMap):
                by = self._source(found.by, Takes.TEXT, ("maps", table, "by"))
                return mapped_by(read, by, found.tables, name, source.unknown)
            table = found
        return mapped(read, table or {}, name, source.unknown)

    def _words(self, source: Source, words: frozenset[str], path: Path_) -> None:
        """Check the constants of a field that takes words of a closed list."""
        table = self.spec.maps.get(source.map) if isinstance(source.map, str) else source.map
        tables: Sequence[Any] = list(table.tables.values()) if isinstance(table, ValueMap) else [table or {}]
        said = {str(word) for one in tables for word in one.values()}
        said |= {str(word) for word in (source.value, source.default, source.unknown) if word is not None}
        if strange := sorted(said - words):
            self._wrong(path, f"not a word of this field: {', '.join(strange)}; it takes {', '.join(sorted(words))}")

    def _given(self, name: str, text: str, path: Path_) -> list[tuple[str, Expression]]:
        expression = self._expression(text, path)
        if name in self.given:
            self._wrong(path, "stands under given.case and given.record")
        self.given.append(name)
        return [] if expression is None else [(name, expression)]

    def _expression(self, text: str, path: Path_) -> Expression | None:
        try:
            expression = Expression(text, self.out.scope)
        except ValueError as err:
            said = [line.strip() for line in str(err).split("\n") if line.strip()]
            self._wrong(path, f"is not CEL: {' '.join(said)}")
            return None
        for complaint in expression.complaints(self.given):
            self._wrong(path, complaint)
        self.out.scope.expect(expression.mentions)
        self.out.columns |= expression.mentions.columns
        self.out.whole = self.out.whole or expression.mentions.whole
        self.out.looks_at_case = self.out.looks_at_case or expression.mentions.case
        return expression

    def _names(self) -> None:
        seen: set[str] = set()
        for at, emitter in enumerate(self.out.emitters):
            if emitter.name in seen:
                self._wrong(("events", at), f"a second event named {emitter.name!r}: give it a name of its own")
            seen.add(emitter.name)

    def _zone(self) -> ZoneInfo:
        if (complaint := complaint_about_zone(self.spec.zone)) is not None:
            self._wrong(("zone",), complaint)
            return ZoneInfo("UTC")
        return ZoneInfo(self.spec.zone)

    def _stamps_of(self, source: Source, path: Path_) -> Stamps:
        if source.formats is not None:
            return self.stamps.with_formats(self._formats(source.formats, (*path, "formats")))
        if source.column is not None:
            return self.stamps
        # What an expression or a constant gives is ISO, whatever the log writes.
        return self.stamps.with_formats((ISO, *(form for form in self.stamps.formats if form != ISO)))

    def _formats(self, formats: Sequence[str], path: Path_) -> tuple[str, ...]:
        for at, form in enumerate(formats):
            if (complaint := complaint_about(form)) is not None:
                self._wrong((*path, at), f"{form!r} cannot be used: {complaint}")
        return tuple(formats)

    def _wrong(self, path: Path_, reason: str) -> None:
        self.problems.append(self.document.problem(path, reason))
