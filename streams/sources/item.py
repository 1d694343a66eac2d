"""What a source hands over, one item a record: an event, a record put aside, or one the mapping leaves out.

Every item counts once, so that *read = folded + duplicate + quarantined + filtered* holds for the caller: ``Good`` is
folded or a duplicate, ``Bad`` is quarantined, ``Filtered`` is filtered. A record that a mapping turns into several
events counts once for each of them.
"""

from hashlib import sha256

import msgspec

from rules.events.decode import Unplaceable, decode
from rules.events.envelope import Event
from rules.events.instants import instant_of, to_datetime

KEPT_WHOLE = 1 << 20
"""Bytes of a quarantined record that are kept as they came; of a longer one the head is kept, and a digest of all."""
KEPT_HEAD = 1 << 16


class Where(msgspec.Struct, frozen=True):
    """Where a record stood: file ("-" is standard input), line from 1, and trace or row inside it."""

    file: str
    line: int | None = None
    record: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}（{self.record}）" if self.record else place


class Good(msgspec.Struct, frozen=True):
    """An event (事件) and its canonical JSON, from which ``decode`` gives the same event again."""

    event: Event
    raw: bytes
    where: Where


class Bad(msgspec.Struct, frozen=True):
    """A record for the quarantine (隔离): why, which field, and the bytes as they came.

    ``size`` is the length of the original; where that is more than ``raw`` holds, ``digest`` is its SHA-256.
    ``case_id`` is the case it speaks of, where that much could be read.
    """

    reason: str
    field: str
    raw: bytes
    where: Where
    case_id: str | None = None
    size: int = 0
    digest: str | None = None


class Filtered(msgspec.Struct, frozen=True):
    """A record the mapping leaves out (过滤), or from which no event came."""

    where: Where


Item = Good | Bad | Filtered


def bad(reason: str, field: str, raw: bytes, where: Where, case_id: str | None = None) -> Bad:
    """Return the quarantined record; of one over ``KEPT_WHOLE`` bytes, its head with the digest of the whole."""
    if len(raw) <= KEPT_WHOLE:
        return Bad(reason, field, raw, where, case_id, len(raw))
    return Bad(reason, field, raw[:KEPT_HEAD], where, case_id, len(raw), sha256(raw).hexdigest())


def placed(line: bytes, latest: int | None) -> Event:
    """Return the event of one canonical JSON line that has its place in time.

    Beyond what ``decode`` refuses, an event without a readable ``occurred_at`` is refused, and one that happened or
    was reported after ``latest`` (microseconds): the log is the clock, and one record of 2099 would run every timer.
    An unreadable ``reported_at`` is a defect. Unplaceable carries the reason and the field.
    """
    try:
        event = decode(line)
    except UnicodeDecodeError as err:
        raise Unplaceable(f"不是 UTF-8：第 {err.start + 1} 字节") from None
    except RecursionError:
        raise Unplaceable("嵌套过深") from None
    try:
        moment = instant_of(event.occurred_at)
    except (ValueError, OverflowError) as err:
        raise Unplaceable(f"发生时间读不出：{event.occurred_at!r:.60}（{err}）", "occurred_at") from None
    if event.reported_at is not None:
        try:
            moment = max(moment, instant_of(event.reported_at))
        except (ValueError, OverflowError) as err:
            defect = f"reported_at: {err}: {event.reported_at!r:.60}"
            event = msgspec.structs.replace(event, reported_at=None, defects=(*event.defects, defect))
    if latest is not None and moment > latest:
        raise Unplaceable(f"事件时间晚于 {to_datetime(latest).isoformat()}：{event.occurred_at}", "occurred_at")
    return event


_loose = msgspec.json.Decoder(dict[str, object])


def case_of(line: bytes) -> str | None:
    """Return the case a refused JSON record speaks of, as far as it can be read."""
    try:
        record = _loose.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    case = record.get("case_id", record.get("project_no"))
    return case if isinstance(case, str) and case else None
