"""A source, as records handed to a shard."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from rules.cases.filed import Filed
from rules.engine.engine import file_event
from rules.events.decode import Unplaceable
from rules.events.envelope import Event
from rules.events.kinds import BY_STRUCT
from sinks.clickhouse.rows import Place
from sinks.clickhouse.stored import SourceRead
from streams.replay.inputs import Input
from streams.replay.shard import LEFT_OUT, REPORT_EVERY, Shard
from streams.replay.shards import case_in, shard_of
from streams.sources import Bad, Filtered, Good, Where, open_source
from streams.sources.item import bad, case_of
from streams.sources.lines import raw_lines

Told = Callable[[int, int], None]
"""Told how many bytes and how many records have been read."""


def feed_lines(shard: Shard, inputs: Sequence[Input], sources: Sequence[SourceRead], told: Told) -> int:
    """Hand a shard its records among canonical JSON lines; return how many records there are for all shards."""
    feed = _Lines(shard)
    done = 0
    for number, (one, source) in enumerate(zip(inputs, sources, strict=True)):
        trouble: list[Bad] = []
        for seq, line in raw_lines(one.path, trouble.append):
            done += len(line) + 1
            if trouble:
                feed.troubled(trouble, number, one.name)
            if not seq % REPORT_EVERY:
                told(done, feed.seen)
            if line and not line.isspace():
                feed.line(line, number, seq, source.key, one.name)
        feed.troubled(trouble, number, one.name)
    return feed.seen


class _Lines:
    """Hands the lines that are a shard's to it."""

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self.seen = 0

    def line(self, line: bytes, number: int, seq: int, key: str, name: str) -> None:
        """Hand over one line, if it is this shard's or every shard's."""
        self.seen += 1
        shard = self.shard
        case = case_in(line) if shard.of > 1 else None
        if case is not None and shard_of(case, shard.of) != shard.number:
            return
        try:
            filed, record = shard.placing.event_of(line)
        except Unplaceable as err:
            named = case_of(line) or _text(case_in(line))
            self._put_aside(bad(err.reason, err.field, line, Where(name, seq), named), number, seq, owned=bool(case))
            return
        if case is None and shard.of > 1 and not self._concerned(filed):
            return
        shard.take(filed, Place(key, seq, name, seq, ""), record)

    def troubled(self, trouble: list[Bad], number: int, name: str) -> None:
        """Put aside what could not be read as lines: each a record of its own."""
        for found in trouble:
            self.seen += 1
            where = msgspec.structs.replace(found.where, file=name)
            found_in = msgspec.structs.replace(found, where=where, case_id=_text(case_in(found.raw)))
            self._put_aside(found_in, number, where.line or 0, owned=False)
        trouble.clear()

    def _concerned(self, filed: Filed[Event]) -> bool:
        """Return whether a decoded event is this shard's; what belongs to no case every shard hears of."""
        event = filed.event
        if not event.case_id or not BY_STRUCT[type(event)].has_case:
            return True
        return shard_of(event.case_id.encode(), self.shard.of) == self.shard.number

    def _put_aside(self, found: Bad, number: int, seq: int, *, owned: bool) -> None:
        """Put a record aside in the shard of its case; of a line no case can be told of, in the first."""
        shard = self.shard
        if owned or (shard_of(found.case_id.encode(), shard.of) if found.case_id else 0) == shard.number:
            shard.put_aside(found, number, seq)


def feed_items(
    shard: Shard,
    inputs: Sequence[Input],
    sources: Sequence[SourceRead],
    mapping: Path,
    told: Told,
) -> int:
    """Hand a shard every record that a mapping makes of the inputs, read as one log; return how many there are."""
    names = {one.path: one.name for one in inputs}
    places = {one.path: sum(before.unpacked for before in inputs[:at]) for at, one in enumerate(inputs)}
    key = sources[0].key
    seq = 0
    for seq, item in enumerate(open_source([one.path for one in inputs], mapping, latest=shard.latest), 1):
        where = item.where
        name = names.get(where.file, where.file)
        if not seq % REPORT_EVERY:
            told(places.get(where.file, 0), seq)
        match item:
            case Good(event, raw):
                _good(shard, event, raw, Place(key, seq, name, where.line, where.record or ""))
            case Bad():
                shard.put_aside(msgspec.structs.replace(item, where=msgspec.structs.replace(where, file=name)), 0, seq)
            case Filtered():
                shard.leave_out(LEFT_OUT)
    return seq


def _good(shard: Shard, event: Event, raw: bytes, place: Place) -> None:
    try:
        filed, record = shard.placing.fit(file_event(shard.catalog, event), raw)
    except (Unplaceable, ValueError, OverflowError) as err:
        reason, field = (err.reason, err.field) if isinstance(err, Unplaceable) else (str(err), "occurred_at")
        where = Where(place.file, place.line, place.trace or None)
        shard.put_aside(bad(reason, field, raw, where, event.case_id), 0, place.seq)
    else:
        shard.take(filed, place, record)


def _text(case: bytes | None) -> str | None:
    """Return the case named in bytes that could not be read as a record; None where the bytes are no text."""
    try:
        return case.decode() if case else None
    except UnicodeDecodeError:
        return None
