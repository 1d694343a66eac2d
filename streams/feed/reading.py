"""A source as letters: what goes into the log, under which key.

Records are masked here, before anything is stored (``semantics.md`` §10): the log keeps what it gets.
"""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

import msgspec

from rules.catalog.index import Catalog
from rules.engine.engine import file_event
from rules.events.alerts import Alert
from rules.events.decode import Unplaceable
from rules.events.envelope import Event
from rules.events.kinds import BY_STRUCT
from streams.replay.inputs import Input
from streams.replay.masking import masked_bytes, masked_text
from streams.replay.placing import Placing
from streams.replay.shard import AFTER, LEFT_OUT
from streams.replay.shards import case_in
from streams.sources import Bad, Filtered, Good, Item
from streams.sources.item import bad


class Letter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record on its way: when it was reported (microseconds), its place in the source, its key and value.

    Without a key it concerns every partition. ``reason`` and ``field`` say why it cannot be read, where it cannot.
    """

    reported: int
    seq: int
    key: bytes | None
    value: bytes
    reason: str = ""
    field: str = ""


class Letters:
    """Reads the items of a source, and counts what becomes of them.

    What was reported after ``until`` is left out; what happened or was reported after ``latest`` cannot be read: the
    log is the clock. ``largest`` is the longest value the log takes. ``canonical``: the source holds canonical JSON, so
    that a case may be told from bytes that are no record.
    """

    def __init__(self, catalog: Catalog, *, canonical: bool, until: int | None, latest: int, largest: int) -> None:
        self.read = 0
        self.filtered: Counter[str] = Counter()
        self.aside: list[tuple[int, Bad]] = []
        """Records put aside, each with its place in the source, masked."""
        self._canonical = canonical
        self._catalog = catalog
        self._placing = Placing(catalog, latest)
        self._until = until
        self._largest = largest
        self._last: int | None = None
        self._waiting: list[Letter] = []

    def of(self, items: Iterator[Item], names: dict[str, str]) -> Iterator[Letter]:
        """Return the letters of the items, in their order. ``names``: what people call the files read.

        One that cannot be read stands where it stood in the source: behind the last that could.
        """
        for item in items:
            self.read += 1
            match item:
                case Good(event, raw):
                    yield from self._good(item, event, raw, names)
                case Bad():
                    yield from self._bad(item, names)
                case Filtered():
                    self.filtered[LEFT_OUT] += 1
        yield from self._waiting
        self._waiting.clear()

    def _good(self, item: Good, event: Event, raw: bytes, names: dict[str, str]) -> Iterator[Letter]:
        try:
            filed, record = self._placing.fit(file_event(self._catalog, event), raw)
        except (Unplaceable, ValueError, OverflowError) as err:
            reason, field = (err.reason, err.field) if isinstance(err, Unplaceable) else (str(err), "occurred_at")
            yield from self._bad(bad(reason, field, raw, item.where, event.case_id), names)
            return
        if len(record) > self._largest:
            reason = f"记录过长：{len(record):,} 字节，日志最多收 {self._largest:,} 字节"
            yield from self._bad(bad(reason, "", record, item.where, event.case_id), names)
            return
        if self._until is not None and filed.reported > self._until:
            self.filtered[AFTER] += 1
            return
        self._last = max(filed.reported, self._last or filed.reported)
        for one in self._waiting:
            yield msgspec.structs.replace(one, reported=filed.reported)
        self._waiting.clear()
        yield Letter(filed.reported, self.read, _key(filed.event), record)

    def _bad(self, found: Bad, names: dict[str, str]) -> Iterator[Letter]:
        case = found.case_id or (_case_in(found.raw) if self._canonical else "")
        where = msgspec.structs.replace(found.where, file=names.get(found.where.file, found.where.file))
        clean = msgspec.structs.replace(
            found,
            case_id=case or None,
            where=where,
            raw=masked_bytes(found.raw, case),
            reason=masked_text(found.reason, case),
            digest=found.digest or sha256(found.raw).hexdigest(),
        )
        if not case:
            self.aside.append((self.read, clean))
            return
        letter = Letter(self._last or 0, self.read, case.encode(), clean.raw, clean.reason, clean.field)
        if self._last is None:
            self._waiting.append(letter)
        else:
            yield letter


def _case_in(raw: bytes) -> str:
    """Return the case named in bytes that are no record, where that is certain, as a replay tells it; else nothing."""
    try:
        return (case_in(raw) or b"").decode()
    except UnicodeDecodeError:
        return ""


def _key(event: Event) -> bytes | None:
    """Return what a record is keyed by: its case; of a word about an agency's own card the agency; else nothing."""
    if event.case_id and BY_STRUCT[type(event)].has_case:
        return event.case_id.encode()
    if isinstance(event, Alert) and event.org_code:
        return event.org_code.encode()
    return None


def names_of(inputs: tuple[Input, ...]) -> dict[str, str]:
    """Return what people call the files that are read."""
    return {one.path: one.name for one in inputs}
