"""The event of a record in its place, and the record as it may be stored; or why it has none.

Beyond what ``decode`` refuses: bytes that are no text, times that are none, and events of the core's own.
"""

from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.engine import file_event
from rules.events.alerts import Alert
from rules.events.decode import Unplaceable, decode
from rules.events.envelope import Event
from rules.events.instants import DAY, instant_of
from rules.events.kinds import BY_STRUCT
from rules.events.second import CardMoved, OrgReported
from streams.replay.masking import fields_of, masked, record_of
from streams.sources.item import placed

OTHERS = frozenset({CardMoved, OrgReported})
"""What the tiers tell each other is never read from a source: it would be hearsay."""
IN_FUTURE = "事件时间在将来"
"""The log is the clock: a record of 2099 would run every timer. When it was read is left out: it says nothing new."""
BEFORE_ALL = "事件时间早于 1900 年"
EARLIEST = -25_567 * DAY
"""1900-01-01: what is stamped before is a default of some program (year 1, day 0), not a time."""


class Placing:
    """Places events by the calendar of a catalogue. What is later than ``latest`` is of the future."""

    def __init__(self, catalog: Catalog, latest: int | None) -> None:
        self._catalog = catalog
        self._latest = latest

    def event_of(self, record: bytes) -> tuple[Filed[Event], bytes]:
        """Return the event of a canonical record in its place, and the record as it may be stored; or Unplaceable."""
        try:
            if not record.isascii():
                record.decode()
            filed = file_event(self._catalog, decode(record))
        except UnicodeDecodeError as err:
            raise Unplaceable(f"不是 UTF-8：第 {err.start + 1} 字节") from None
        except (Unplaceable, ValueError, OverflowError, RecursionError):
            return self._salvaged(record)
        return self._salvaged(record) if filed.reported < EARLIEST else self.fit(filed, record)

    def fit(self, filed: Filed[Event], record: bytes) -> tuple[Filed[Event], bytes]:
        """Return an event with its record, masked; Unplaceable where it can have no place here."""
        event = filed.event
        latest = self._latest
        if latest is not None and (filed.at > latest or filed.reported > latest):
            raise Unplaceable(IN_FUTURE, "occurred_at" if filed.at > latest else "reported_at")
        if filed.at < EARLIEST or filed.reported < EARLIEST:
            raise Unplaceable(BEFORE_ALL, "occurred_at" if filed.at < EARLIEST else "reported_at")
        if not event.case_id:
            _need_place(event)
        elif type(event) in OTHERS:
            raise Unplaceable("级间事件不从来源读取", "event_type")
        clean = masked(record, event)
        if clean is not record:
            filed = file_event(self._catalog, decode(clean))
        return filed, clean

    def _salvaged(self, record: bytes) -> tuple[Filed[Event], bytes]:
        """Return the event of a record some of whose times cannot be read; without a time of its report if need be."""
        event = placed(record, None)
        stamp = decode(record).reported_at
        if stamp is not None and (event.reported_at is None or instant_of(stamp) < EARLIEST):
            record = _without_report(record)
            event = decode(record)
        try:
            filed = file_event(self._catalog, event)
        except (ValueError, OverflowError):
            raise Unplaceable(BEFORE_ALL, "occurred_at") from None
        return self.fit(filed, record)


def _need_place(event: Event) -> None:
    """Refuse an event that needs a case and has none; a word about an agency's own card needs the agency."""
    if not BY_STRUCT[type(event)].has_case:
        if type(event) in OTHERS:
            raise Unplaceable("级间事件不从来源读取", "event_type")
        return
    if not isinstance(event, Alert) or not event.card_id:
        raise Unplaceable("缺失", "case_id")
    if not event.org_code:
        raise Unplaceable("缺失：没有办件编号的督办事件须写明部门", "org_code")


def _without_report(record: bytes) -> bytes:
    """Return the record without the time of its report, which could not be read; it says so itself then."""
    fields = fields_of(record)
    said = fields.get("defects")
    stamp = fields.pop("reported_at")
    fields["defects"] = [*(said if isinstance(said, list) else ()), f"reported_at: 读不出: {stamp!r:.60}"]
    return record_of(fields)
