"""The facts the peers judge by: a dict a case, changed by each event as it comes (one function a type).

Right on a feed in order, and no larger than that takes: what comes late changes nothing any more, nothing can be taken
back, and no reason is kept. Days are ordinals; the feed is told in local time, so a date is the head of its stamp.
"""

# ruff: noqa: ARG001 - every act has one signature, whether it needs all of it or not

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from benchmarks.terms import Lookup, Terms
from rules.catalog.models.base import Limit, Roll, Unit
from rules.events.words import ARTICLE_45

Facts = dict[str, Any]
Told = dict[str, Any]
Act = Callable[[Facts, Told, int, Lookup], None]
"""Facts of a case, event as decoded, its day, the law."""

LAWFUL = frozenset(kind.value for kind in ARTICLE_45)
NO_DAY = 1 << 40
_days: dict[str, int] = {}


def day_of(stamp: str) -> int:
    """Return the day (ordinal) of a stamp in local time."""
    head = stamp[:10]
    day = _days.get(head)
    if day is None:
        day = _days[head] = date.fromisoformat(head).toordinal()
    return day


def new_facts(case: str) -> Facts:
    """Return the facts of a case of which nothing is known yet."""
    return {
        "case": case,
        "due": None,
        "stop": None,
        "closed": None,
        "withdrawn": False,
        "steps": [],
        "done": set(),
        "attributes": {},
        "paid": {},
    }


def deemed(facts: Facts, day: int) -> bool:
    """Return whether silence had accepted a case by a day (行政许可法 32)."""
    return "answer_due" in facts and facts["answer_due"] < day


def stop(facts: Facts, day: int, stamp: str) -> None:
    """Stop the statutory clock on a day; a case silence accepted started its clock when it was handed in."""
    if facts["stop"] is not None:
        return
    late_at = facts.get("late_at")
    if late_at is not None and datetime.fromisoformat(stamp) >= late_at:
        facts["due"] = day - 1
    if facts["due"] is None and deemed(facts, day):
        _start(facts, facts["terms"], facts["from"], None)
    pause = facts.pop("pause", None)
    if pause is not None and facts["due"] is not None:
        if pause[1] is None:
            return
        _excluded(facts, pause[0], pause[1])
    facts["stop"] = day


def _submitted(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    if "terms" in facts:
        return
    facts["terms"] = law.terms(told, day)
    _must_pass(facts, told)
    _handed_in(facts, day)


def _must_pass(facts: Facts, told: Told) -> None:
    attributes = facts["attributes"] = {**facts["attributes"], **(told.get("attributes") or {})}
    facts["steps"] = [step.code for step in facts["terms"].steps if step.applies(attributes)]


def _handed_in(facts: Facts, day: int) -> None:
    terms: Terms = facts["terms"]
    if terms.answer is not None:
        facts["from"], facts["answer_due"] = day, terms.days.nth_after(day, terms.answer)


def _answered(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    if not deemed(facts, day):
        facts.pop("answer_due", None)


def _completed(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    if told.get("complete") and "terms" in facts and not deemed(facts, day):
        _handed_in(facts, day)


def _accepted(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    if "accepted" in facts:
        return
    facts["accepted"] = day
    facts["terms"] = terms = law.terms(told, day)
    _must_pass(facts, told)
    if facts["due"] is None:
        _start(facts, terms, facts["from"] if deemed(facts, day) else day, told["occurred_at"])
    facts.pop("answer_due", None)


def _start(facts: Facts, terms: Terms, day: int, stamp: str | None) -> None:
    limit = terms.limit
    if limit is None:
        return
    match limit.unit:
        case Unit.WORKING_DAY:
            raw = terms.days.nth_after(day, limit.n)
        case Unit.NATURAL_DAY:
            raw = day + limit.n
        case Unit.MONTH:
            raw = terms.days.add_months(day, limit.n)
        case _:
            if stamp is None:
                return
            facts["late_at"] = datetime.fromisoformat(stamp) + timedelta(hours=limit.n)
            raw = NO_DAY
    _due(facts, limit, raw)


def _due(facts: Facts, limit: Limit, raw: int) -> None:
    facts["raw"] = facts["due"] = raw
    if limit.unit in {Unit.NATURAL_DAY, Unit.MONTH} and limit.roll is Roll.NEXT_WORKING_DAY:
        facts["due"] = facts["terms"].days.next_working(raw)


def _paused(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    due = facts["due"]
    if due is None or told.get("kind") not in LAWFUL or day > due:
        return
    limit = told.get("limit")
    facts["pause"] = (day, facts["terms"].days.nth_after(day, limit) if limit is not None else None)


def _resumed(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    pause = facts.pop("pause", None)
    if pause is not None:
        _excluded(facts, pause[0], day if pause[1] is None else min(day, pause[1]))


def _excluded(facts: Facts, after: int, through: int) -> None:
    terms: Terms = facts["terms"]
    if terms.limit is None or facts["due"] == NO_DAY:
        return
    if terms.limit.unit is Unit.WORKING_DAY:
        n = terms.days.working_between(after, through)
        _due(facts, terms.limit, terms.days.nth_after(facts["raw"], n))
    else:
        _due(facts, terms.limit, facts["raw"] + through - after)


def _extended(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    if facts["due"] is None or facts["due"] == NO_DAY:
        return
    terms: Terms = facts["terms"]
    number = facts["extensions"] = facts.get("extensions", 0) + 1
    n, asked = told.get("days") or 0, day_of(told.get("requested_at") or told["occurred_at"])
    too_long = terms.more is not None and terms.more.unit is Unit.WORKING_DAY and n > terms.more.n
    too_often = terms.times is not None and number > terms.times
    told_of = told.get("approver") and told.get("applicant_told") is not False
    if n > 0 and told_of and not too_long and not too_often and asked <= facts["due"]:
        facts["raw"] = facts["due"] = terms.days.nth_after(facts["due"], n)


def _step(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    if told.get("result") != "returned":
        facts["done"].add(told.get("stage_code"))


def _ended(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    stop(facts, day, told["occurred_at"])


def _withdrawn(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    facts["withdrawn"] = True
    _ended(facts, told, day, law)


def _closed(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    if facts["closed"] is None:
        facts["closed"] = told.get("result") or ("?" if told.get("source_result") else "DONE")
        _ended(facts, told, day, law)


def _assessed(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    facts.setdefault("assessed", {})[told.get("assess_no")] = (told, day)


def _paid(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    number = told.get("pay_no") or told["event_id"]
    if number in facts["paid"] or told.get("service"):
        return
    try:
        amount = Decimal(told["amount"])
    except (KeyError, ArithmeticError):
        return
    assessed, day = facts.get("assessed", {}).get(told.get("assess_no"), ({}, day))
    item = told.get("fee_item_code") or assessed.get("fee_item_code")
    quantity = told.get("quantity") or assessed.get("quantity")
    standard = told.get("standard_id") or assessed.get("standard_id")
    facts["paid"][number] = (amount, law.bound(item, standard, quantity, day))
    facts["charge"] = number


def _reversed(facts: Facts, told: Told, day: int, law: Lookup) -> None:
    facts["reversed"] = told.get("pay_no")


ACTS: dict[str, Act] = {
    "case.submitted": _submitted,
    "supplement.notified": _answered,
    "supplement.received": _completed,
    "case.not_accepted": _answered,
    "case.accepted": _accepted,
    "pause.started": _paused,
    "pause.ended": _resumed,
    "extension.granted": _extended,
    "stage.completed": _step,
    "decision.made": _ended,
    "case.withdrawn": _withdrawn,
    "case.closed": _closed,
    "fee.assessed": _assessed,
    "fee.paid": _paid,
    "fee.reversed": _reversed,
}
