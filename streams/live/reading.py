"""A record of the events topic, read: the event in its place, stamped by the log; and its bytes as they are stored."""

import re
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.events.decode import Unplaceable
from rules.events.envelope import Event
from rules.events.instants import DAY, to_datetime
from streams.replay.masking import fields_of, record_of
from streams.replay.placing import IN_FUTURE, Placing

_NAME = b'"reported_at"'
_REPORTED = re.compile(rb'"reported_at"\s*:\s*"[^"\\]*"')
_FIELDS = b'"fields"'
"""A correction names the fields of another event, its report perhaps among them."""


class Reader:
    """Reads records by the calendar of a catalogue. The stamp of the log is when an event was reported."""

    def __init__(self, catalog: Catalog) -> None:
        self._placing = Placing(catalog, None)
        self._zone = ZoneInfo(catalog.head.zone)
        self._stamp = -1
        self._text = ""

    def read(self, value: bytes, stamp: int) -> tuple[Filed[Event], bytes]:
        """Return the event of a record and its bytes, masked; Unplaceable where it has no place."""
        filed, clean = self._placing.event_of(value)
        if filed.at > stamp + DAY:
            raise Unplaceable(IN_FUTURE, "occurred_at")
        event = replace(filed.event, reported_at=self.text(stamp))
        return Filed(event, filed.at, filed.day, stamp, filed.key), clean

    def stamped(self, clean: bytes, stamp: int) -> bytes:
        """Return a record as it is stored: with the stamp of the log as the time of its report."""
        text = self.text(stamp).encode()
        found = _REPORTED.findall(clean)
        if len(found) == 1 and _FIELDS not in clean:
            return _REPORTED.sub(b'"reported_at":"' + text + b'"', clean)
        if _NAME not in clean and clean.endswith(b"}"):
            return clean[:-1] + b',"reported_at":"' + text + b'"}'
        return record_of({**fields_of(clean), "reported_at": text.decode()})

    def text(self, stamp: int) -> str:
        """Return an instant as text, in the zone of the catalogue."""
        if stamp != self._stamp:
            self._stamp = stamp
            self._text = to_datetime(stamp).astimezone(self._zone).isoformat()
        return self._text
