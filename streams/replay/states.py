"""What is known of a case at the end of a run."""

from typing import Any

from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.clocks.clock import Answer, Clock, promise_clock, statutory_clock
from rules.engine.cards import STANDING
from rules.engine.docket import Docket
from rules.law import Law
from rules.verdicts import NEVER
from sinks.clickhouse.stored import CaseState


def state_of(docket: Docket[Case], law: Law) -> CaseState:
    """Return the state of a case; due dates as the clocks have them, pauses and extensions counted."""
    case = docket.facts
    promise, statutory = promise_clock(case, law), statutory_clock(case, law)
    standing = [card.level for card in docket.cards.values() if card.state in STANDING]
    finished = case.finished
    org = case.org_code or (law.matter.org_code if law.matter is not None else None)
    agency = law.catalog.agencies.get(org) if org is not None else None
    return CaseState(
        case_id=docket.key,
        task_code=case.task_code or "",
        task_name=law.matter.name if law.matter is not None else "",
        org_code=org or "",
        org_name=agency.name if agency is not None else "",
        region_code=case.region_code or "",
        profile=law.profile,
        submitted_at=_at(case.submitted),
        accepted_at=_at(case.accepted),
        decided_at=_at(case.decided),
        closed_at=_at(finished),
        promise_due=_due(promise),
        promise_certain=_certain(promise),
        statutory_due=_due(statutory),
        statutory_certain=_certain(statutory),
        suspended=finished is None and any(pause.ended is None for pause in case.pauses),
        open=finished is None,
        broken=docket.broken,
        events=sum(len(held) if isinstance(held, list) else 1 for held in docket.held.values()),
        cards=len(docket.cards),
        standing=len(standing),
        worst=max(standing, default=None),
        next_review=None if docket.next_review >= NEVER else docket.next_review,
    )


def _at(filed: Filed[Any] | None) -> int | None:
    return None if filed is None else filed.at


def _due(answer: Answer) -> int | None:
    return answer.due.day if isinstance(answer, Clock) else None


def _certain(answer: Answer) -> bool:
    return isinstance(answer, Clock) and answer.due.certain
