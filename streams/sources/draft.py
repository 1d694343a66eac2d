"""An event being written by an adapter: fields put in as their source writes them, defects noted on the way."""

from collections.abc import Mapping
from typing import Any

import msgspec

from rules.events.decode import Unplaceable
from streams.sources.errors import Unread
from streams.sources.item import Good, Item, Where, bad, placed
from streams.sources.mapping.targets import fields_of
from streams.sources.mapping.values import Turns, text_of
from streams.sources.stamps import Stamp

_encode = msgspec.json.Encoder(decimal_format="string").encode


class Draft:
    """An event on its way to canonical JSON. What cannot be read becomes a defect; what is not there is left out."""

    def __init__(self, turns: Turns, event_type: str, event_id: str, case_id: str) -> None:
        self.fields: dict[str, Any] = {"event_type": event_type, "event_id": event_id, "case_id": case_id}
        self.unplaced: Unplaceable | None = None
        self._turns = turns
        self._takes = fields_of(event_type)

    def put(self, field: str, value: Any) -> "Draft":
        """Put a field in, turned into what it takes."""
        if value is None or value == "":
            return self
        try:
            self.fields[field] = self._turns.into(self._takes[field], self._turns.stamps, None)(value)
        except Unread as err:
            self.defect(field, str(err))
        return self

    def code(self, field: str, value: Any, table: Mapping[str, Any], name: str) -> "Draft":
        """Put a field in through a code table; a code the table lacks is a defect."""
        if value is None or value == "":
            return self
        found = table.get(text_of(value))
        if found is None:
            self.defect(field, f"代码 {value!r:.40} 不在{name}中")
        else:
            self.fields[field] = found
        return self

    def defect(self, field: str, reason: str) -> None:
        """Note that a field was there and could not be read."""
        self.fields["defects"] = [*self.fields.get("defects", ()), f"{field}: {reason}"]

    def at(self, field: str, value: Any) -> "Draft":
        """Set when it happened, from a field of the source; without it the event has no place."""
        try:
            stamp = self.stamp(value)
        except ValueError as err:
            self.unplaced = Unplaceable(str(err), field)
            return self
        self.fields["occurred_at"] = stamp.text
        if stamp.day_only:
            self.fields["time_precision"] = "day"
        return self

    def stamp(self, value: Any) -> Stamp:
        """Return the stamp of a value of the source; ValueError says why there is none."""
        if value is None or value == "":
            raise ValueError("缺失")
        return self._turns.stamps.read(text_of(value))

    def item(self, latest: int | None, original: bytes, where: Where) -> Item:
        """Return the event, or the record put aside because it has no place."""
        try:
            if self.unplaced is not None:
                raise self.unplaced
            raw = _encode(self.fields)
            return Good(placed(raw, latest), raw, where)
        except Unplaceable as err:
            return bad(err.reason, err.field, original, where, str(self.fields["case_id"]))
