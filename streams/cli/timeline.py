"""The events of a case as lines: when, what, with which particulars, how late it was reported, what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

import msgspec

from rules.cases.filed import Filed
from rules.catalog.models.base import UNIT_NAMES, Unit
from rules.engine.docket import Docket
from rules.events.envelope import Event
from rules.events.instants import MINUTE, instant_of
from rules.events.kinds import type_name
from rules.events.words import PauseKind, Result, StageResult
from rules.law import Law
from streams.cli.names import minute
from streams.cli.screen import kind_title, yuan

FREE_TEXT = frozenset({"reason", "reason_text", "opinion", "text", "ground", "source_reason", "clue"})
"""Fields people write freely: screens show their length, not what they say (``semantics.md`` §10)."""
STAMPS = frozenset({"due_at", "promise_due", "requested_at", "granted_at"})
LEFT_OUT = frozenset(
    {"applicant_hash", "payer", "attributes", "document", "stage_code", "stage_name", "occurrence", "step_no"}
    | {"apply_type", "channel", "applicant_type", "project_type", "action", "started_at", "ended_at"}
)
"""Fields that are digests or codes, or stand elsewhere on the page."""
UNITS = {"statutory_limit": "statutory_unit", "promise_limit": "promise_unit", "limit": "limit_unit", "days": "unit"}
"""Numbers and the fields that hold their units."""
LATE = 30 * MINUTE
RESULTS = {
    Result.GRANTED: "准予",
    Result.DENIED: "不予",
    Result.NOT_ACCEPTED: "不予受理",
    Result.WITHDRAWN: "申请人撤回",
    Result.LAPSED: "视为放弃",
    Result.FORWARDED: "转报",
    Result.RETURNED: "退回",
    Result.VOIDED: "作废",
    Result.DELETED: "删除",
    Result.DONE: "办结",
    StageResult.PASSED: "通过",
    StageResult.REFUSED: "不通过",
    StageResult.RETURNED: "退回",
    StageResult.OTHER: "其他",
    PauseKind.HEARING: "听证",
    PauseKind.TENDER: "招标",
    PauseKind.AUCTION: "拍卖",
    PauseKind.INSPECTION: "检验",
    PauseKind.TESTING: "检测",
    PauseKind.QUARANTINE: "检疫",
    PauseKind.APPRAISAL: "鉴定",
    PauseKind.EXPERT_REVIEW: "专家评审",
    PauseKind.SUPPLEMENT: "补正",
    PauseKind.PAYMENT: "缴费",
    PauseKind.APPLICANT: "申请人原因",
    PauseKind.LEADER: "领导原因",
    PauseKind.ORDINARY: "一般挂起",
    PauseKind.OTHER: "其他",
}
_ENVELOPE = frozenset(Event.__struct_fields__)


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a case. ``what`` its name, ``particulars`` its fields, ``remark`` what is special about it."""

    filed: Filed[Event]
    when: str
    what: str
    particulars: str
    remark: str


def timeline(docket: Docket[Any], law: Law | None, zone: str) -> Iterator[Line]:
    """Yield the events of a case in their order, those that no longer count among them."""
    spoken_of = {one.target: one for one in docket.facts.tampering}
    log = sorted((filed for held in docket.all_held() for filed in held), key=lambda filed: filed.key)
    for filed in log:
        event = filed.event
        remarks = []
        if filed.reported - filed.at > LATE and filed.exact:
            remarks.append(f"到达 {minute(filed.reported, zone)}")
        word = spoken_of.get(event.event_id)
        if word is not None:
            remarks.append(f"后有{word.what}（{word.by.event.event_id}）")
        remarks += [f"缺陷 {defect}" for defect in event.defects]
        when = minute(filed.at, zone) if filed.exact else date.fromordinal(filed.day).isoformat()
        yield Line(filed, when, titled(event, law), "，".join(particulars(event, zone)), "；".join(remarks))


def titled(event: Event, law: Law | None) -> str:
    """Return the name of an event, with that of its stage where it speaks of one."""
    title = kind_title(type(event))
    code = getattr(event, "stage_code", None)
    if code is None:
        return title
    stage = law.stage(code) if law is not None else None
    name = getattr(event, "stage_name", None) or (stage.name if stage is not None else "")
    again = getattr(event, "occurrence", None) or 1
    return f"{title}：{name or code}" + (f"（第 {again} 次）" if again > 1 else "")


def particulars(event: Event, zone: str) -> Iterator[str]:
    """Yield what an event says beyond its envelope, each field under its Chinese name."""
    for name, title in _fields(type(event)):
        value = getattr(event, name)
        if value is None or value in ((), "", False) or name in UNITS.values():
            continue
        if name in FREE_TEXT:
            yield f"{title}（{len(str(value))} 字）"
        elif name in STAMPS:
            yield f"{title} {_stamp(value, zone)}"
        else:
            yield f"{title} {shown(value)}{_unit(event, name)}"


def shown(value: Any) -> str:
    """Return a field's value as people read it."""
    if isinstance(value, Enum):
        return RESULTS.get(value, str(value.value))  # type: ignore[call-overload, no-any-return]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return yuan(value)
    if isinstance(value, tuple | list):
        return f"{len(value)} 项"
    if isinstance(value, dict):
        return "、".join(value)
    return str(value)


def _unit(event: Event, name: str) -> str:
    """Return the unit of a number; nothing where it has none."""
    unit = getattr(event, UNITS.get(name, ""), None)
    return UNIT_NAMES.get(Unit(unit), "") if unit in set(Unit) else str(unit or "")


def _stamp(text: str, zone: str) -> str:
    """Return a stamp to the minute; one that is only a date, or cannot be read, as it is written."""
    try:
        return minute(instant_of(text), zone)
    except ValueError:
        return text


@lru_cache(maxsize=128)
def _fields(of: type[Event]) -> tuple[tuple[str, str], ...]:
    """Return the fields of an event type beyond the envelope, with their Chinese names."""
    found = []
    for field in msgspec.structs.fields(of):
        if field.name not in _ENVELOPE and field.name not in LEFT_OUT:
            notes = [note.title for note in getattr(field.type, "__metadata__", ()) if isinstance(note, msgspec.Meta)]
            found.append((field.name, next((note for note in notes if note), field.name)))
    return tuple(found)


def event_type(line: Line) -> str:
    """Return the type of a line's event."""
    return type_name(type(line.filed.event))
