"""Records in, items out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from rules.events.decode import Unplaceable
from streams.sources.errors import Unread
from streams.sources.item import Bad, Filtered, Good, Item, bad, placed
from streams.sources.mapping.cases import Tally, gathered
from streams.sources.mapping.compiled import Compiled, Emitter
from streams.sources.records import NUMBER_KEY, Record
from streams.sources.stamps import Stamp

_encode = msgspec.json.Encoder(decimal_format="string").encode


class Mapped:
    """Turns the records of any number of files into items; what happens after ``latest`` is put aside.

    It is used for all files of one reading, so that numbers and ids run on from file to file.
    """

    def __init__(self, compiled: Compiled, latest: int | None, *, traces: bool) -> None:
        self._compiled = compiled
        self._latest = latest
        scattered = compiled.spec.case.scattered
        self._scattered = not traces if scattered is None else scattered
        self._tallies: dict[str, Tally] = {}
        self._began: set[str] = set()
        self._once = tuple(emitter for emitter in compiled.emitters if emitter.each_case)
        self._always = tuple(emitter for emitter in compiled.emitters if not emitter.each_case)
        self._by_content = compiled.spec.event_id == "content"
        self._numbered = NUMBER_KEY in compiled.columns or compiled.whole

    def items(self, records: Iterable[Record | Bad]) -> Iterator[Item]:
        """Return the items of records, in the order of the log, or case by case where the case is looked at."""
        filtered: list[Item] = []
        known = self._known(records, filtered)
        if self._compiled.looks_at_case:
            for case in gathered(known, scattered=self._scattered):
                yield from _drained(filtered)
                yield from self._case(case) if isinstance(case, list) else (case,)
        else:
            for record in known:
                yield from _drained(filtered)
                yield from self._single(record) if isinstance(record, Record) else (record,)
        yield from _drained(filtered)

    def _known(self, records: Iterable[Record | Bad], filtered: list[Item]) -> Iterator[Record | Bad]:
        """Return the records that are kept, with their case and number."""
        compiled, scope, tallies = self._compiled, self._compiled.scope, self._tallies
        for record in records:
            if isinstance(record, Bad):
                yield record
                continue
            scope.enter_record(record.values)
            try:
                case_id = compiled.case_id(record)
                kept = record.header or compiled.keep is None or compiled.keep.holds()
            except Unread as err:
                yield bad(str(err), "case_id", record.raw, record.where)
                continue
            if not case_id:
                yield bad("缺失", "case_id", record.raw, record.where)
                continue
            record.case_id = case_id
            if not record.header:
                tally = tallies.get(case_id)
                if tally is None:
                    tally = tallies[case_id] = Tally()
                tally.number(record, compiled.counted)
                if self._numbered:
                    record.values[NUMBER_KEY] = record.number
            if kept:
                yield record
            else:
                filtered.append(Filtered(record.where))

    def _case(self, case: list[Record]) -> Iterator[Item]:
        scope, compiled = self._compiled.scope, self._compiled
        first = case[0]
        records = [record for record in case if not record.header]
        scope.enter_case(first.case_id, [record.values for record in records])
        scope.enter_record(first.values)
        for name, expression in compiled.given_case:
            scope.give(name, expression)
        gave = list(self._events(first, self._once))
        yield from gave
        for record in records:
            scope.enter_record(record.values)
            found = list(self._record(record))
            yield from found or (() if record is first and gave else (Filtered(record.where),))
        if first.header and not gave:
            yield Filtered(first.where)

    def _single(self, record: Record) -> Iterator[Item]:
        scope = self._compiled.scope
        began = record.case_id not in self._began
        found: list[Item] = []
        scope.enter_record(record.values)
        if began and self._once:
            self._began.add(record.case_id)
            found.extend(self._events(record, self._once))
        if not record.header:
            found.extend(self._record(record))
        yield from found or (Filtered(record.where),)

    def _record(self, record: Record) -> Iterator[Item]:
        for name, expression in self._compiled.given_record:
            self._compiled.scope.give(name, expression)
        return self._events(record, self._always)

    def _events(self, record: Record, emitters: tuple[Emitter, ...]) -> Iterator[Item]:
        common: dict[str, Any] | None = None
        for emitter in emitters:
            try:
                if not emitter.happened(record):
                    continue
                at = _asked(emitter.at, record, "occurred_at")
                if at is None and emitter.optional:
                    continue
                if common is None:
                    common = _filled({}, self._compiled.envelope, record)
                raw = self._written(emitter, at, common, record)
                yield Good(placed(raw, self._latest), raw, record.where)
            except Unplaceable as err:
                yield bad(err.reason, f"{emitter.name}.{err.field}", record.raw, record.where, record.case_id)
            except Unread as err:
                yield bad(str(err), f"{emitter.name}.when", record.raw, record.where, record.case_id)

    def _written(self, emitter: Emitter, at: Stamp | None, common: Mapping[str, Any], record: Record) -> bytes:
        """Return the canonical JSON of an event; Unplaceable where it has no time or id."""
        if at is None:
            raise Unplaceable("缺失", "occurred_at")
        fields: dict[str, Any] = {
            "event_type": emitter.type,
            "event_id": self._id(emitter, record),
            "occurred_at": at.text,
            "case_id": record.case_id,
        }
        if at.day_only:
            fields["time_precision"] = "day"
        return _encode(_filled({**fields, **common}, emitter.fields, record))

    def _id(self, emitter: Emitter, record: Record) -> str:
        """Return the id of an event: its own, or made of the case, the name of the event and the record.

        The record is known by the id it has itself, by the digest of its content, or by its number in its case.
        """
        if emitter.id is not None:
            own = _asked(emitter.id, record, "event_id")
            if not own:
                raise Unplaceable("缺失", "event_id")
            return str(own)
        if emitter.each_case:
            return f"{record.case_id}/{emitter.name}"
        if self._by_content:
            return f"{record.case_id}/{emitter.name}/{record.same}"
        if self._compiled.event_id is None:
            return f"{record.case_id}/{emitter.name}/{record.number}"
        natural = _asked(self._compiled.event_id, record, "event_id")
        if not natural:
            raise Unplaceable("缺失", "event_id")
        return f"{natural}/{emitter.name}"


def _asked(read: Any, record: Record, field: str) -> Any:
    try:
        return read(record)
    except Unread as err:
        raise Unplaceable(str(err), field) from None


def _filled(fields: dict[str, Any], readers: Iterable[tuple[str, Any]], record: Record) -> dict[str, Any]:
    """Return the fields with what the readers give; what cannot be read is a line in ``defects``."""
    for name, read in readers:
        try:
            value = read(record)
        except Unread as err:
            fields["defects"] = [*fields.get("defects", ()), f"{name}: {err}"]
        else:
            if value is not None:
                fields[name] = value
    return fields


def _drained(items: list[Item]) -> list[Item]:
    drained = items[:]
    items.clear()
    return drained
