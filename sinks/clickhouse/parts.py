"""What a case consists of as a row of ``case_part``: stages, suspensions, clocks and charges, as the core folded them.

The lists of a row that begin alike (``stage_…``) are read side by side; each has one entry a part.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rules.calendar import CalendarError
from rules.cases.case import Case, Charge, Stage
from rules.catalog.models.base import Unit
from rules.charges.charge import assessment_of, item_code
from rules.clocks.clock import Clock, promise_clock, statutory_clock
from rules.clocks.deadline import Added, Excluded
from rules.clocks.pauses import OPEN
from rules.law import Law
from sinks.clickhouse.dimension_tables import CASE_PART
from sinks.clickhouse.tables import AMOUNT_DIGITS, AMOUNT_SCALE, Row

Part = Mapping[str, Any]
NOTHING = Decimal("0.00")
_FEN = Decimal("0.01")
_LONGEST = Decimal(10) ** (AMOUNT_DIGITS - AMOUNT_SCALE)
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    prefix: tuple(name for name in CASE_PART.columns if name.startswith(f"{prefix}_"))
    for prefix in ("stage", "pause", "clock", "span", "charge")
}


def part_row(run: str, case: Case, law: Law, until: int, version: int = 0) -> Row:
    """Return the row of a case; ``until`` (microseconds) is the instant up to which an open stage has taken time."""
    clocks = [
        (kind, answer)
        for kind, answer in (("promise", promise_clock(case, law)), ("statutory", statutory_clock(case, law)))
        if isinstance(answer, Clock)
    ]
    parts: Mapping[str, Sequence[Part]] = {
        "stage": list(_stages(case, law, until)),
        "pause": list(_pauses(case)),
        "clock": [_clock(kind, clock) for kind, clock in clocks],
        "span": [span for kind, clock in clocks for span in _spans(kind, clock)],
        "charge": [*_charges(case, law), *_unpaid(case)],
    }
    org = case.org_code or (law.matter.org_code if law.matter is not None else None)
    return (
        run,
        case.case_id,
        version,
        case.task_code or "",
        org or "",
        case.region_code or "",
        _result(case),
        (case.submitted is not None and case.submitted.event.priority) or "",
        *([part[name] for part in parts[prefix]] for prefix, names in _COLUMNS.items() for name in names),
    )


def _result(case: Case) -> str:
    if case.closed is not None and case.closed is case.finished:
        return case.closed.event.result.value if case.closed.event.result is not None else ""
    return "WITHDRAWN" if case.withdrawn is not None else ""


def _stages(case: Case, law: Law, until: int) -> Iterator[Part]:
    """Yield the passages in order of their ends; each took the time since the one before ended, waiting included."""
    finished = case.finished
    still = until if finished is None else finished.at
    ends = [(stage.ended if stage.ended is not None else still, stage) for stage in case.stages.values()]
    ends.sort(key=lambda one: (one[1].ended is None, one[0], one[1].key))
    starts = [stage.started for stage in case.stages.values() if stage.started is not None]
    before = case.accepted.at if case.accepted is not None else min(starts, default=None)
    for end, stage in ends:
        yield {
            "stage_code": stage.code,
            "stage_occurrence": min(stage.occurrence, 65_535),
            "stage_started": stage.started,
            "stage_ended": stage.ended,
            "stage_workdays": 0 if before is None else _workdays(law, before, end),
            "stage_result": _stage_result(stage),
        }
        before = end if before is None else max(before, end)


def _stage_result(stage: Stage) -> str:
    done = stage.completed
    return done.event.result.value if done is not None and done.event.result is not None else ""


def _workdays(law: Law, after: int, through: int) -> int:
    """Return the working days between two instants; none where they lie beyond all calendars."""
    try:
        return law.days.working_between(law.days.day_of(after), law.days.day_of(through))
    except CalendarError:
        return 0


def _pauses(case: Case) -> Iterator[Part]:
    for pause in case.pauses:
        event = pause.started.event
        yield {
            "pause_kind": event.kind.value if event.kind is not None else "other",
            "pause_event": event.event_id,
            "pause_started": pause.started.at,
            "pause_ended": pause.ended.at if pause.ended is not None else None,
        }


def _clock(kind: str, clock: Clock) -> Part:
    due = clock.due
    return {
        "clock_kind": kind,
        "clock_start": date.fromordinal(due.start),
        "clock_limit": str(due.limit) if due.limit.n else "受理回执所载日期",
        "clock_working": due.limit.unit is Unit.WORKING_DAY,
        "clock_base": date.fromordinal(due.base),
        "clock_due": None if due.day is None else date.fromordinal(due.day),
        "clock_stop": None if clock.stop is None else date.fromordinal(clock.stop.day),
        "clock_certain": due.certain,
        "clock_basis": clock.basis,
    }


def _spans(kind: str, clock: Clock) -> Iterator[Part]:
    for span in clock.due.excluded:
        ended = None if span.through >= OPEN else date.fromordinal(span.through)
        yield {"span_kind": "excluded", "span_through": ended, **_span(kind, span)}
    for more in clock.due.extended:
        yield {"span_kind": "added", "span_through": None, **_span(kind, more)}


def _span(clock: str, span: Excluded | Added) -> Part:
    return {
        "span_clock": clock,
        "span_after": date.fromordinal(span.after),
        "span_n": span.n,
        "span_event": span.event_id,
    }


def _charges(case: Case, law: Law) -> Iterator[Part]:
    for charge in case.charges.values():
        paid = charge.paid
        assessed = assessment_of(case, paid) if paid is not None else None
        event = paid.event if paid is not None else None
        yield {
            "charge_key": charge.key,
            "charge_item": (item_code(case, law, paid) if paid is not None else None) or "",
            "charge_org": (event.payee_code if event is not None else None) or case.org_code or "",
            "charge_assess_no": (event.assess_no if event is not None else None) or "",
            "charge_assessed": assessed.at if assessed is not None else None,
            "charge_due": yuan_of(assessed.event.amount_due) if assessed is not None else None,
            "charge_paid_at": paid.at if paid is not None else None,
            "charge_paid": _paid(charge),
            "charge_refunded": yuan_of(charge.refunded()) or NOTHING,
            "charge_deposited": yuan_of(_deposited(charge)) or NOTHING,
            "charge_reversed": charge.reversed is not None,
            "charge_service": event is not None and event.service,
            "charge_receipt": charge.receipt is not None,
            "charge_method": event.method.value if event is not None and event.method is not None else "",
            "charge_account": (
                event.payee_account_class.value if event is not None and event.payee_account_class is not None else ""
            ),
        }


def yuan_of(amount: Decimal | None) -> Decimal | None:
    """Return an amount as the store holds it; None where there is none, or one no column holds."""
    return None if amount is None or not -_LONGEST < amount < _LONGEST else amount.quantize(_FEN)


def _paid(charge: Charge) -> Decimal | None:
    if charge.reversed is not None:
        return NOTHING
    return yuan_of(charge.paid.event.amount) if charge.paid is not None else None


def _deposited(charge: Charge) -> Decimal:
    return sum((one.event.amount for one in charge.deposits if one.event.amount is not None), Decimal(0))


def _unpaid(case: Case) -> Iterator[Part]:
    """Yield the assessments no payment names."""
    named = {charge.paid.event.assess_no for charge in case.charges.values() if charge.paid is not None}
    for number, assessed in case.assessed.items():
        if number in named:
            continue
        yield {
            "charge_key": number,
            "charge_item": assessed.event.fee_item_code or "",
            "charge_org": case.org_code or "",
            "charge_assess_no": number,
            "charge_assessed": assessed.at,
            "charge_due": yuan_of(assessed.event.amount_due),
            "charge_paid_at": None,
            "charge_paid": None,
            "charge_refunded": NOTHING,
            "charge_deposited": NOTHING,
            "charge_reversed": False,
            "charge_service": False,
            "charge_receipt": False,
            "charge_method": "",
            "charge_account": "",
        }
