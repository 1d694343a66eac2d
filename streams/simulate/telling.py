"""A plan told as records (报送): one a fact, each with the moment it comes in.

The id of a record is the case's serial and the tag of the fact, so a plant can name records before they are told.
"""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from rules.catalog.models.base import Unit
from streams.simulate.feed import encoded
from streams.simulate.moments import Moment, iso_day, text
from streams.simulate.plan import Halt, Notice, Passage, Plan, Postponed

Body = dict[str, Any]
Fact = tuple[str, str, Moment, Body]
"""Tag, event type, moment, fields."""

SUPERVISION = "alert."
"""What the supervisors' own platform reports carries no agency: it is no word of the agency."""

LEADER = "分管负责人"


class Record(NamedTuple):
    """One record: when it comes in, what it says; ``envelope`` is JSON without braces, the same for a whole case."""

    reported: Moment
    tag: str
    event_id: str
    kind: str
    stamp: str
    envelope: bytes
    body: Body

    def line(self, reported: Moment | None = None) -> bytes:
        """Return the record as one line of JSON without its end, as it comes in at a moment (its own if None)."""
        came = text(self.reported if reported is None else reported)
        head = (
            f'{{"event_id":"{self.event_id}","event_type":"{self.kind}",'
            f'"occurred_at":"{self.stamp}","reported_at":"{came}",'
        )
        tail = b"," + encoded(self.body)[1:] if self.body else b"}"
        return head.encode() + self.envelope + tail


class Teller:
    """Tells plans as records; what would come in at ``end`` or later is not told."""

    def __init__(self, rng: Random, end: Moment) -> None:
        self.rng = rng
        self.end = end

    def tell(self, plan: Plan) -> list[Record]:
        """Return the records of a plan, in no particular order, and note in the plan when each came in."""
        about = encoded({"case_id": plan.case_id})[1:-1]
        envelope = encoded(_envelope(plan))[1:-1]
        reporter, heard, held_back, end, rng = plan.desk.reporter, plan.heard, plan.held_back, self.end, self.rng
        changed, prefix = plan.fields, plan.serial
        records: list[Record] = []
        for tag, kind, at, body in _facts(plan):
            reported = held_back.get(tag) if held_back else None
            if reported is None:
                reported = reporter.reported(at, rng)
            if reported >= end or tag in plan.missing:
                continue
            heard[tag] = reported
            stamp = text(at)
            if tag in changed:
                stamp, body = _changed(stamp, body, changed[tag])  # noqa: PLW2901 - as if it had always been so
            whose = about if kind.startswith(SUPERVISION) else envelope
            records.append(Record(reported, tag, f"{prefix}-{tag}", kind, stamp, whose, body))
        return [*records, *self._again(plan, records)] if plan.again else records

    def _again(self, plan: Plan, records: list[Record]) -> Iterator[Record]:
        first = {record.tag: record for record in records}
        for tag, reported, changed in plan.again:
            if reported < self.end and tag in first:
                record = first[tag]
                yield record._replace(reported=reported, body={**record.body, **changed})


def _changed(stamp: str, body: Body, changed: Body) -> tuple[str, Body]:
    """Return stamp and fields of a record with some of them changed, and without those that are None."""
    whole = {**body, **changed}
    stamp = whole.pop("occurred_at", stamp)
    return stamp, {name: value for name, value in whole.items() if value is not None}


def _envelope(plan: Plan) -> Body:
    matter, desk = plan.terms.matter, plan.desk
    envelope = {"case_id": plan.case_id, "task_code": matter.code, "org_code": desk.org}
    region = matter.region or desk.agency.region
    if region is not None:
        envelope["region_code"] = region
    if desk.reporter.id is not None:
        envelope["data_source"] = desk.reporter.id
    return envelope


def _facts(plan: Plan) -> Iterator[Fact]:
    yield from _front(plan)
    says_entered = plan.desk.reporter.says_entered
    for step, passage in enumerate(plan.passages, 1):
        body = _stage(passage, step)
        if says_entered or passage.ended is None:
            yield f"B{step}", "stage.entered", passage.entered, body
        if passage.ended is not None:
            yield f"E{step}", "stage.completed", passage.ended, {**body, **_ended(passage, passage.ended)}
    for number, halt in enumerate(plan.halts, 1):
        yield f"P{number}", "pause.started", halt.started, _paused(halt, number)
        if halt.ended is not None:
            body = {"kind": halt.kind.value, "pause_no": f"T{number}", "result": "已完成"}
            yield f"R{number}", "pause.ended", halt.ended, body
    for number, more in enumerate(plan.postponed, 1):
        yield f"X{number}", "extension.granted", more.granted, _extended(more)
    yield from _end(plan)
    for word in plan.words:
        yield word.tag, word.kind, word.at, word.fields


def _front(plan: Plan) -> Iterator[Fact]:
    yield "SUB", "case.submitted", plan.submitted, _submitted(plan)
    for number, notice in enumerate(plan.notices, 1):
        yield f"N{number}", "supplement.notified", notice.notified, _notified(plan, notice, number)
        if notice.received is not None:
            body = {"items": plan.terms.version.materials[:1], "complete": True}
            yield f"G{number}", "supplement.received", notice.received, body
    if plan.refused is not None:
        body = {"reason_code": "02", "reason_text": "不属于本机关职权范围", "doc_no": f"{plan.serial}-BSL"}
        yield "REF", "case.not_accepted", plan.refused, {**body, "remedy_told": True}
    if plan.accepted is not None:
        yield "ACC", "case.accepted", plan.accepted, _accepted(plan)


def _end(plan: Plan) -> Iterator[Fact]:
    if plan.decided is not None:
        body = {"result": plan.result.value, "doc_no": f"{plan.serial}-JD", "remedy_told": True}
        yield "DEC", "decision.made", plan.decided, body
    if plan.withdrawn is not None:
        yield "WDR", "case.withdrawn", plan.withdrawn, {"reason": "申请人自愿撤回", "signed": True}
    if plan.closed is not None:
        body = {"result": plan.result.value}
        source = plan.desk.reporter.results.get(plan.result)
        if source is not None:
            body["source_result"] = source
        yield "CLS", "case.closed", plan.closed, body


def _matter(plan: Plan) -> Body:
    version = plan.terms.version
    said: Body = {
        "task_version": version.version,
        "task_type": plan.terms.matter.task_type,
        "handling_mode": version.handling.value,
    }
    if plan.attributes:
        said["attributes"] = plan.attributes
    return said


def _submitted(plan: Plan) -> Body:
    version, way = plan.terms.version, "2" if plan.online else "1"
    return {
        **_matter(plan),
        "apply_type": way,
        "channel": way,
        "applicant_type": "2" if version.serves_enterprises else "1",
        "applicant_hash": f"h1:{hash_like(plan.serial)}",
        "materials": version.materials,
    }


def _notified(plan: Plan, notice: Notice, number: int) -> Body:
    return {
        "items": plan.terms.version.materials[:1],
        "reason": "材料不齐",
        "notice_no": f"{plan.serial}-BZ{number}",
        **notice.extra,
    }


def _accepted(plan: Plan) -> Body:
    version = plan.terms.version
    said = {
        **_matter(plan),
        "accept_doc_no": f"{plan.serial}-SL",
        "project_type": version.project_type.value,
        "accept_place": "hall",
    }
    for name, limit in (("promise", version.promise), ("statutory", plan.terms.statutory)):
        if limit is not None:
            said[f"{name}_limit"], said[f"{name}_unit"] = limit.n, limit.unit.value
    if plan.slip is not None:
        said["promise_due"] = iso_day(plan.slip)
    return said


def _stage(passage: Passage, step: int) -> Body:
    stage = passage.stage
    said: Body = {
        "stage_code": stage.code,
        "occurrence": passage.occurrence,
        "stage_name": stage.name,
        "step_no": step,
    }
    if stage.roles:
        said["role"] = stage.roles[0]
    if passage.operator is not None:
        said["operator_id"] = passage.operator
    return said


def _ended(passage: Passage, ended: Moment) -> Body:
    returned = passage.result == "returned"
    said = {
        "action": "退回" if returned else "通过",
        "opinion": "材料需补充核实" if returned else "材料齐全，符合条件",
        "started_at": text(passage.entered),
        "ended_at": text(ended),
        "result": passage.result,
    }
    return {**said, **passage.extra} if passage.extra else said


def _paused(halt: Halt, number: int) -> Body:
    said: Body = {"kind": halt.kind.value, "pause_no": f"T{number}", "reason": "依法需要", "approver": LEADER}
    if halt.limit is not None:
        said["limit"], said["limit_unit"] = halt.limit, Unit.WORKING_DAY.value
    if halt.told is not None:
        said["applicant_told"] = halt.told
    return said


def _extended(more: Postponed) -> Body:
    said: Body = {
        "days": more.days,
        "unit": Unit.WORKING_DAY.value,
        "requested_at": text(more.requested),
        "granted_at": text(more.granted),
        "reason": "情况复杂",
        "applicant_told": more.told,
    }
    if more.approver is not None:
        said["approver"] = more.approver
    return said


def hash_like(serial: str) -> str:
    """Return a digest-looking mark of an applicant; the simulator has no applicants to hide."""
    return f"{int(serial, 16) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 96):024x}"
