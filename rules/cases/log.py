"""The log of a case (案卷日志): what was received under each event id, and what of it counts.

Same id and content: a duplicate. Same id, higher ``data_version``: a correction of the first. Same id and version,
other content: a conflict, of which the smaller content hash counts. ``event.corrected`` and ``event.voided`` apply as
if it had always been so. All of it is a function of the set received, not of the order (``semantics.md`` §5).
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from rules.cases.case import Tampering
from rules.cases.filed import Filed, Key, file
from rules.events.data import EventCorrected, EventVoided
from rules.events.decode import Unplaceable, of_mapping
from rules.events.envelope import Event
from rules.events.kinds import type_name

Held = list[Filed[Event]]
"""All that was received under one event id, equal contents once (with the earliest ``reported_at``)."""

_NEVER_CHANGED = frozenset({"event_id", "event_type", "case_id", "reported_at", "defects"})


def content(event: Event) -> bytes:
    """Return the content of an event without when it was reported: equal contents are one event."""
    plain = msgspec.structs.replace(event, reported_at=None)
    try:
        return msgspec.msgpack.encode(plain)
    except OverflowError:  # a whole number beyond 64 bits: absurd, but it was received
        return repr(plain).encode()


def content_hash(event: Event) -> str:
    """Return the digest by which conflicts are settled."""
    return hashlib.sha256(content(event)).hexdigest()


def hold(held: Held, filed: Filed[Event]) -> str:
    """Add what was received to what is held under its id; return duplicate, earlier, version or conflict.

    ``earlier``: a duplicate reported before the copy held; the earliest report is the one that counts.
    """
    for at, known in enumerate(held):
        if _same(known.event, filed.event):
            if filed.reported < known.reported:
                held[at] = filed
                return "earlier"
            return "duplicate"
    versions = {known.event.data_version for known in held}
    held.append(filed)
    return "conflict" if filed.event.data_version in versions else "version"


def chosen(held: Held) -> Filed[Event]:
    """Return the one that counts: the highest version, of rivals the smaller content hash."""
    if len(held) == 1:
        return held[0]
    best = max(known.event.data_version for known in held)
    rivals = [known for known in held if known.event.data_version == best]
    return rivals[0] if len(rivals) == 1 else min(rivals, key=lambda known: content_hash(known.event))


def effective(held: Iterable[Held], day_of: Callable[[int], int]) -> tuple[list[Filed[Event]], list[Tampering]]:
    """Return the events that count, in order, and what was said about earlier ones.

    A void is final and strikes its target, a correction too. Corrections of corrections apply before those they
    correct, else corrections apply in their order.
    """
    counting: dict[str, Filed[Event]] = {}
    said: list[Tampering] = []
    voids: list[tuple[Filed[Event], EventVoided]] = []
    corrections: list[tuple[Filed[Event], EventCorrected]] = []
    for many in held:
        best = chosen(many)
        event = best.event
        counting[event.event_id] = _first_heard(many, best)
        if len(many) > 1:
            said += _rivals(many, best)
        if isinstance(event, EventVoided):
            voids.append((best, event))
        elif isinstance(event, EventCorrected):
            corrections.append((best, event))
    for filed, void in sorted(voids, key=_by_key):
        said.append(_voided(filed, void, counting))
    speaking = {filed.event.event_id for filed, _ in corrections}
    for filed, first in sorted(corrections, key=lambda pair: (pair[1].target_event_id not in speaking, pair[0].key)):
        counts = counting.get(filed.event.event_id)
        correction = counts.event if counts is not None else None
        target = first.target_event_id
        if not isinstance(correction, EventCorrected) or target is None:
            continue
        fields = correction.fields or {}
        found = counting.get(target)
        changed = tuple(sorted(fields)) if found is not None else ()
        said.append(Tampering(filed, target, "更正", changed, _reasoned(correction)))
        if found is not None:
            counting[target] = _corrected(found, fields, day_of)
    return sorted(counting.values(), key=lambda filed: filed.key), said


def _first_heard(many: Held, best: Filed[Event]) -> Filed[Event]:
    """Return the event that counts as reported when its id first was: a later version does not make it late."""
    first = min(known.reported for known in many)
    return best if first == best.reported else msgspec.structs.replace(best, reported=first)


def _voided(filed: Filed[Event], void: EventVoided, counting: dict[str, Filed[Event]]) -> Tampering:
    target = void.target_event_id or ""
    found = counting.pop(target, None)
    fields = (type_name(type(found.event)),) if found is not None else ()
    return Tampering(filed, target, "作废", fields, _reasoned(void))


def _reasoned(event: EventVoided | EventCorrected) -> bool:
    return bool(event.reason) and bool(event.approver)


def _by_key(pair: tuple[Filed[Event], Event]) -> Key:
    return pair[0].key


def _corrected(found: Filed[Event], fields: dict[str, Any], day_of: Callable[[int], int]) -> Filed[Event]:
    """Return the target with its fields replaced; as it was where they make it something that cannot be placed."""
    record = msgspec.to_builtins(found.event)
    record.update({name: value for name, value in fields.items() if name not in _NEVER_CHANGED})
    try:
        return file(of_mapping(record), day_of)
    except Unplaceable:
        return found


def _rivals(held: Held, best: Filed[Event]) -> list[Tampering]:
    said: list[Tampering] = []
    for other in held:
        if other is best:
            continue
        same_version = other.event.data_version == best.event.data_version
        by = max((other, best), key=lambda filed: (filed.event.data_version, filed.reported, content_hash(filed.event)))
        what = "冲突" if same_version else "改版"
        said.append(Tampering(by, best.event.event_id, what, _differing(other.event, best.event), reasoned=False))
    return said


def _differing(one: Event, other: Event) -> tuple[str, ...]:
    if type(one) is not type(other):
        return ("event_type",)
    return tuple(
        name
        for name in one.__struct_fields__
        if name not in {"data_version", "reported_at"} and getattr(one, name) != getattr(other, name)
    )


def _same(one: Event, other: Event) -> bool:
    return one == other or (type(one) is type(other) and content(one) == content(other))
