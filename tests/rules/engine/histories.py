"""Histories of a case for property tests: a lawful skeleton with disturbances.

Purely random events rarely break a law in an interesting way; a lawful course that is late, stopped, corrected, voided,
told twice and paid for does.
"""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from rules.cases.filed import Filed
from rules.engine.cards import card_id
from rules.engine.engine import file_event
from rules.events.decode import of_mapping
from rules.events.envelope import Event
from tests.rules.engine.law import INSTANT, MATTER, ORG, SOURCE, VERTICAL, catalog

CASE = "办件-1"
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))

History = list[Filed[Event]]
Draw = Callable[[st.SearchStrategy[Any]], Any]


class Teller:
    """Tells events of one case, numbering them."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.told: list[dict[str, Any]] = []
        self.naming = {
            "task_code": draw(st.sampled_from([MATTER, MATTER, MATTER, INSTANT])),
            "org_code": ORG,
            "data_source": draw(st.sampled_from([SOURCE, SOURCE, VERTICAL])),
        }

    def tell(self, event_type: str, hours: float, /, *, late_hours: float = 0, **fields: Any) -> dict[str, Any]:
        """Tell an event so many hours after the beginning, reported so much later."""
        happened = BEGIN + timedelta(hours=hours)
        event = {
            "event_id": f"e{len(self.told) + 1}",
            "event_type": event_type,
            "case_id": CASE,
            "occurred_at": happened.isoformat(),
            "reported_at": (happened + timedelta(hours=late_hours, seconds=len(self.told))).isoformat(),
            **self.naming,
            **fields,
        }
        self.told.append(event)
        return event

    def maybe(self, chance: float = 0.5) -> bool:
        """Return true about as often as said."""
        return bool(self.draw(st.floats(0, 1, exclude_max=True)) < chance)

    def hours(self, low: int, high: int) -> int:
        """Return a number of hours."""
        return int(self.draw(st.integers(low, high)))

    def late(self) -> int:
        """Return how late a report is: mostly at once, sometimes days."""
        return int(self.draw(st.sampled_from([0, 0, 0, 0, 0, 1, 30, 100, 400])))


@st.composite
def histories(draw: Draw) -> History:
    """A case from application to close, more or less lawfully."""
    teller = Teller(draw)
    at = float(_file_it(teller))
    at = _handle(teller, at)
    _charge(teller, at)
    _finish(teller, at)
    _disturb(teller)
    _answer(teller)
    return [file_event(catalog(), of_mapping(record)) for record in teller.told]


def _file_it(teller: Teller) -> int:
    at = 0
    if teller.maybe(0.9):
        teller.tell("case.submitted", at, late_hours=teller.late())
    for _ in range(teller.draw(st.integers(0, 2))):
        at += teller.hours(2, 150)
        teller.tell("supplement.notified", at, late_hours=teller.late())
        if teller.maybe(0.8):
            at += teller.hours(2, 80)
            teller.tell("supplement.received", at, complete=teller.maybe(0.8))
    at += teller.hours(1, 200)
    if teller.maybe(0.9):
        teller.tell("case.accepted", at, late_hours=teller.late(), project_type="2")
    return at


def _handle(teller: Teller, at: float) -> float:
    for code in ("S1", "S2", "S3"):
        if not teller.maybe(0.85):
            continue
        at += teller.hours(0, 40)
        if teller.maybe(0.8):
            teller.tell("stage.entered", at, stage_code=code)
        at += teller.hours(1, 150)
        officer = teller.draw(st.sampled_from(["甲", "乙"]))
        precise = "second" if teller.maybe(0.8) else "day"
        teller.tell(
            "stage.completed",
            at,
            late_hours=teller.late(),
            stage_code=code,
            operator_id=officer,
            time_precision=precise,
        )
        if teller.maybe(0.25):
            _suspend(teller, at)
    if teller.maybe(0.15):
        teller.tell(
            "extension.granted",
            at + teller.hours(-60, 60),
            late_hours=teller.late(),
            days=teller.draw(st.integers(1, 14)),
            approver=teller.draw(st.sampled_from(["局长", None])),
            applicant_told=True,
        )
    return at


def _suspend(teller: Teller, at: float) -> None:
    kind = teller.draw(st.sampled_from(["expert_review", "testing", "leader"]))
    since = at + teller.hours(-100, 30)
    number = f"p{len(teller.told)}"
    teller.tell("pause.started", since, late_hours=teller.late(), kind=kind, pause_no=number, applicant_told=True)
    if teller.maybe(0.8):
        teller.tell("pause.ended", since + teller.hours(1, 300), late_hours=teller.late(), pause_no=number)


def _charge(teller: Teller, at: float) -> None:
    for _ in range(teller.draw(st.integers(0, 2))):
        number = f"A{len(teller.told)}"
        item = teller.draw(st.sampled_from(["F1", "F1", "F2", "F9"]))
        teller.tell("fee.assessed", at, assess_no=number, fee_item_code=item, amount_due="120.00")
        if teller.maybe(0.8):
            amount = teller.draw(st.sampled_from(["120.00", "120.00", "10.00", "200.00", "120.50"]))
            account = teller.draw(st.sampled_from(["treasury", "treasury", "agency"]))
            pay = teller.tell(
                "fee.paid",
                at + teller.hours(-50, 50),
                pay_no=f"P{len(teller.told)}",
                assess_no=number,
                fee_item_code=item,
                amount=amount,
                payee_account_class=account,
                method=teller.draw(st.sampled_from(["online", "cash"])),
            )
            if teller.maybe(0.2):
                teller.tell("fee.refunded", at + teller.hours(50, 300), pay_no=pay["pay_no"], amount=amount)
            if teller.maybe(0.1):
                teller.tell("fee.reversed", at + teller.hours(50, 90), pay_no=pay["pay_no"])


def _finish(teller: Teller, at: float) -> None:
    result = teller.draw(st.sampled_from(["GRANTED", "GRANTED", "DENIED", "WITHDRAWN"]))
    if teller.maybe(0.7):
        teller.tell("decision.made", at + 1, late_hours=teller.late(), result=result)
    if teller.maybe(0.75):
        teller.tell("case.closed", at + teller.hours(2, 100), late_hours=teller.late(), result=result)
        if teller.maybe(0.1):
            teller.tell("case.reopened", at + 110)


def _disturb(teller: Teller) -> None:
    """Correct, void, tell again in another version, contradict."""
    for _ in range(teller.draw(st.integers(0, 3))):
        target = dict(teller.draw(st.sampled_from(teller.told)))
        moved = datetime.fromisoformat(target["occurred_at"]) - timedelta(hours=teller.hours(-40, 200))
        later = datetime.fromisoformat(target["reported_at"]) + timedelta(hours=teller.hours(1, 400))
        said = {"target_event_id": target["event_id"], "reason": "录入错误", "approver": "科长"}
        what = teller.draw(st.sampled_from(["correct", "void", "version", "conflict", "again"]))
        if what in {"correct", "void"}:
            speech = {"correct": "event.corrected", "void": "event.voided"}[what]
            fields = {"fields": {"occurred_at": moved.isoformat()}} if what == "correct" else {}
            said_at = {"occurred_at": later.isoformat(), "reported_at": later.isoformat()}
            teller.tell(speech, 0)
            teller.told[-1].update(said | fields | said_at)
            continue
        target["reported_at"] = later.isoformat()
        if what != "again":
            target["occurred_at"] = moved.isoformat()
        if what == "version":
            target["data_version"] = 1
        teller.told.append(target)


def _answer(teller: Teller) -> None:
    """Deliver, answer and decide a card that may or may not be."""
    if not teller.maybe(0.4):
        return
    identity = card_id("OT_PROMISE_OVERDUE", CASE, "")
    at = teller.hours(200, 800)
    teller.tell("alert.delivered", at, card_id=identity)
    if teller.maybe():
        teller.tell("alert.replied", at + teller.hours(1, 400), card_id=identity)
    if teller.maybe(0.4):
        outcome = teller.draw(st.sampled_from(["verified", "revoked"]))
        teller.tell("alert.decided", at + teller.hours(100, 500), card_id=identity, outcome=outcome)
