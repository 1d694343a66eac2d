"""A plan told as records (报送): one a fact, each with the moment it comes in.

The id of a record is the case's serial and the tag of the fact, so a plant can name records before they are told.
"""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from rules.catalog.models.base import Unit
from rules.catalog.models.matters import StageDef
from streams.simulate.moments import Moment, iso_day, text
from streams.simulate.plan import Halt, Passage, Plan, Postponed

Body = dict[str, Any]
SUPERVISION = "alert."
"""What the supervisors' own platform reports carries no agency: it is no word of the agency."""


class Record(NamedTuple):
    """One record: when it comes in, its tag, what it says."""

    reported: Moment
    tag: str
    body: Body


class Teller:
    """Tells plans as records; what would come in at ``end`` or later is not told."""

    def __init__(self, rng: Random, end: Moment) -> None:
        self.rng = rng
        self.end = end

    def tell(self, plan: Plan) -> list[Record]:
        """Return the records of a plan, in no particular order, and note in the plan when each came in."""
        terms, desk = plan.terms, plan.desk
        envelope: Body = {
            "case_id": plan.case_id,
            "task_code": terms.matter.code,
            "org_code": desk.org,
            "region_code": terms.matter.region or desk.agency.region,
            "data_source": desk.reporter.id,
        }
        records: list[Record] = []
        for tag, kind, at, body in _facts(plan):
            if tag in plan.missing:
                continue
            reported = plan.held_back.get(tag)
            if reported is None:
                reported = desk.reporter.reported(at, self.rng)
            if reported >= self.end:
                continue
            plan.heard[tag] = reported
            head = {
                "event_id": plan.event_id(tag),
                "event_type": kind,
                "occurred_at": text(at),
                "reported_at": text(reported),
            }
            more = plan.fields.get(tag)
            about = {"case_id": plan.case_id} if kind.startswith(SUPERVISION) else envelope
            whole = {**head, **about, **body, **more} if more else {**head, **about, **body}
            records.append(Record(reported, tag, {name: value for name, value in whole.items() if value is not None}))
        return [*records, *self._again(plan, records)] if plan.again else records

    def _again(self, plan: Plan, records: list[Record]) -> Iterator[Record]:
        bodies = {record.tag: record.body for record in records}
        for tag, reported, changed in plan.again:
            if reported < self.end and tag in bodies:
                yield Record(reported, tag, {**bodies[tag], **changed, "reported_at": text(reported)})


Fact = tuple[str, str, Moment, Body]


def _facts(plan: Plan) -> list[Fact]:
    facts = _front(plan)
    says_entered = plan.desk.reporter.says_entered
    for step, passage in enumerate(plan.passages, 1):
        if says_entered or passage.ended is None:
            facts.append((f"B{step}", "stage.entered", passage.entered, _entered(passage, step)))
        if passage.ended is not None:
            facts.append((f"E{step}", "stage.completed", passage.ended, _completed(passage, step)))
    for number, halt in enumerate(plan.halts, 1):
        facts.append((f"P{number}", "pause.started", halt.started, _paused(halt, number)))
        if halt.ended is not None:
            body = {"kind": halt.kind.value, "pause_no": f"T{number}", "result": "已完成"}
            facts.append((f"R{number}", "pause.ended", halt.ended, body))
    for number, more in enumerate(plan.postponed, 1):
        facts.append((f"X{number}", "extension.granted", more.granted, _extended(more)))
    return [*facts, *_end(plan), *((word.tag, word.kind, word.at, word.fields) for word in plan.words)]


def _front(plan: Plan) -> list[Fact]:
    terms = plan.terms
    version = terms.version
    said: Body = {
        "task_version": version.version,
        "task_type": terms.matter.task_type,
        "handling_mode": version.handling.value,
        "attributes": plan.attributes or None,
    }
    submitted = {
        **said,
        "apply_type": "2" if plan.online else "1",
        "channel": "2" if plan.online else "1",
        "applicant_type": "2" if version.serves_enterprises else "1",
        "applicant_hash": f"h1:{hash_like(plan.serial)}",
        "materials": list(version.materials),
    }
    facts: list[Fact] = [("SUB", "case.submitted", plan.submitted, submitted)]
    for number, notice in enumerate(plan.notices, 1):
        body = {
            "items": list(version.materials[:1]),
            "reason": "材料不齐",
            "notice_no": f"{plan.serial}-BZ{number}",
            **notice.extra,
        }
        facts.append((f"N{number}", "supplement.notified", notice.notified, body))
        if notice.received is not None:
            body = {"items": list(version.materials[:1]), "complete": True}
            facts.append((f"G{number}", "supplement.received", notice.received, body))
    if plan.refused is not None:
        body = {"reason_code": "02", "reason_text": "不属于本机关职权范围", "doc_no": f"{plan.serial}-BSL"}
        facts.append(("REF", "case.not_accepted", plan.refused, {**body, "remedy_told": True}))
    if plan.accepted is not None:
        promise, statutory = version.promise, terms.statutory
        facts.append(
            (
                "ACC",
                "case.accepted",
                plan.accepted,
                {
                    **said,
                    "accept_doc_no": f"{plan.serial}-SL",
                    "project_type": version.project_type.value,
                    "promise_due": iso_day(plan.slip) if plan.slip is not None else None,
                    "promise_limit": promise.n if promise else None,
                    "promise_unit": promise.unit.value if promise else None,
                    "statutory_limit": statutory.n if statutory else None,
                    "statutory_unit": statutory.unit.value if statutory else None,
                    "accept_place": "hall",
                },
            )
        )
    return facts


def _end(plan: Plan) -> list[Fact]:
    facts: list[Fact] = []
    if plan.decided is not None:
        body = {"result": plan.result.value, "doc_no": f"{plan.serial}-JD", "remedy_told": True}
        facts.append(("DEC", "decision.made", plan.decided, body))
    if plan.withdrawn is not None:
        facts.append(("WDR", "case.withdrawn", plan.withdrawn, {"reason": "申请人自愿撤回", "signed": True}))
    if plan.closed is not None:
        source = plan.desk.reporter.results.get(plan.result)
        facts.append(("CLS", "case.closed", plan.closed, {"result": plan.result.value, "source_result": source}))
    return facts


def _named(stage: StageDef, passage: Passage, step: int) -> Body:
    return {
        "stage_code": stage.code,
        "occurrence": passage.occurrence,
        "stage_name": stage.name,
        "step_no": step,
        "role": stage.roles[0] if stage.roles else None,
        "operator_id": passage.operator,
    }


def _entered(passage: Passage, step: int) -> Body:
    return _named(passage.stage, passage, step)


def _completed(passage: Passage, step: int) -> Body:
    assert passage.ended is not None  # noqa: S101 - told of ended passages alone
    return {
        **_named(passage.stage, passage, step),
        "action": "退回" if passage.result == "returned" else "通过",
        "opinion": "材料齐全，符合条件",
        "started_at": text(passage.entered),
        "ended_at": text(passage.ended),
        "result": passage.result,
        **passage.extra,
    }


def _paused(halt: Halt, number: int) -> Body:
    return {
        "kind": halt.kind.value,
        "pause_no": f"T{number}",
        "reason": "依法需要",
        "approver": "分管负责人",
        "limit": halt.limit,
        "limit_unit": Unit.WORKING_DAY.value if halt.limit is not None else None,
        "applicant_told": halt.told,
    }


def _extended(more: Postponed) -> Body:
    return {
        "days": more.days,
        "unit": Unit.WORKING_DAY.value,
        "requested_at": text(more.requested),
        "granted_at": text(more.granted),
        "approver": more.approver,
        "reason": "情况复杂",
        "applicant_told": more.told,
    }


def hash_like(serial: str) -> str:
    """Return a digest-looking mark of an applicant; the simulator has no applicants to hide."""
    number = int.from_bytes(serial.encode(), "big")
    return f"{number * 0x9E3779B97F4A7C15 % (1 << 96):024x}"
