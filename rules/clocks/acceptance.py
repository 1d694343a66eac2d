"""When a case counts as accepted (受理), also by silence (逾期不告知，即为受理; 行政许可法 32(4))."""

import msgspec

from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.catalog.models.base import Limit
from rules.clocks.deadline import Due, Start
from rules.clocks.due import due_of
from rules.events.envelope import Event
from rules.events.filing import Accepted, SupplementNotified, SupplementReceived
from rules.law import Law
from rules.verdicts import NEVER


class Acceptance(msgspec.Struct, frozen=True):
    """Day 0 (ordinal) of the clocks, the event it rests on, and whether it came by silence.

    ``known_from`` (microseconds): the instant before which nobody could say so; 0 where it was declared.
    """

    day: int
    at: int
    by: Filed[Event]
    deemed: bool
    known_from: int


class Round(msgspec.Struct, frozen=True):
    """One run of the receipt clock: from the application or the complete supplements to the answer.

    ``late``: no answer came by the due date, whether one came later or not.
    """

    start: Filed[Event]
    due: Due
    answer: Filed[Event] | None
    late: bool


def silence_from(case: Case, law: Law) -> int:
    """Return an instant before which silence accepts nothing, NEVER where it never does: early rather than late.

    It takes no calendar.
    """
    submitted, limit = case.submitted, law.receipt
    if submitted is None or limit is None or not law.is_licence:
        return NEVER
    return submitted.at + (law.receipt_least or 0)


def answered_at_once(case: Case, law: Law) -> bool:
    """Return whether the first answer was acceptance, and surely in time: no round of the receipt clock was late."""
    submitted, accepted, least = case.submitted, case.accepted, law.receipt_least
    if submitted is None or accepted is None or least is None or case.answers:
        return False
    days = law.days
    known = days.certain_from <= submitted.day and submitted.day + law.span <= days.certain_through
    return known and accepted.at < submitted.at + least


def receipt_rounds(case: Case, law: Law) -> tuple[Round, ...]:
    """Return the runs of the receipt clock in order; none without an application or a limit.

    A run that was late is the last: the case then counts as accepted, and no later notice stops or starts anything.
    What was accepted before it was said to be handed in was answered. Raises CalendarError beyond all calendars.
    """
    found: tuple[Round, ...] | None = case.clocks.get("receipt")
    if found is None:
        found = case.clocks["receipt"] = tuple(_rounds(case, law))
    return found


def _rounds(case: Case, law: Law) -> list[Round]:
    start: Filed[Event] | None = case.submitted
    limit = law.receipt
    if start is None or limit is None or (case.accepted is not None and case.accepted.key < start.key):
        return []
    told = _answers(case)
    rounds: list[Round] = []
    while start is not None:
        run = _round(start, told, limit, law)
        rounds.append(run)
        start = None
        if run.answer is not None and not run.late and isinstance(run.answer.event, SupplementNotified):
            asked = run.answer.key
            start = next((a for a in told if a.key > asked and _completes(a.event)), None)
    return rounds


def _round(start: Filed[Event], told: list[Filed[Event]], limit: Limit, law: Law) -> Round:
    """Return the run that begins with an application or complete supplements; more of these in time begin it again."""
    due = _receipt_due(start, limit, law)
    answer: Filed[Event] | None = None
    for one in told:
        if one.key <= start.key:
            continue
        if not isinstance(one.event, SupplementReceived):
            answer = one
            break
        if one.event.complete and one.at < due.late_from:
            start, due = one, _receipt_due(one, limit, law)
    return Round(start, due, answer, answer is None or answer.at >= due.late_from)


def _receipt_due(start: Filed[Event], limit: Limit, law: Law) -> Due:
    day = law.days.receipt_day(start.at) if start.exact else start.day
    return due_of(law.days, limit, Start.of(law.days, day, start))


def acceptance(case: Case, law: Law) -> Acceptance | None:
    """Return when the case counts as accepted; None where it was neither accepted nor left unanswered.

    Only a licence is accepted by silence. An application withdrawn or closed within the time is not.
    """
    found = acceptance_unless_finished(case, law)
    return None if found is not None and finished_first(case, found) else found


def acceptance_unless_finished(case: Case, law: Law) -> Acceptance | None:
    """Return when the case counts as accepted, whatever ended it: it rests on what the clocks rest on, no more."""
    known = case.clocks.get("acceptance", case)
    if known is case:
        known = case.clocks["acceptance"] = _acceptance(case, law)
    found: Acceptance | None = known
    return found


def _acceptance(case: Case, law: Law) -> Acceptance | None:
    if law.is_licence and not answered_at_once(case, law):
        for run in receipt_rounds(case, law):
            if run.late and run.due.certain:
                return Acceptance(run.due.start, run.start.at, run.start, deemed=True, known_from=run.due.late_from)
    return _declared(case.accepted)


def finished_first(case: Case, accepted: Acceptance) -> bool:
    """Return whether the case was closed or withdrawn before silence could accept it."""
    finished = case.finished if accepted.deemed else None
    return finished is not None and finished.at < accepted.known_from


def _declared(accepted: Filed[Accepted] | None) -> Acceptance | None:
    if accepted is None:
        return None
    return Acceptance(accepted.day, accepted.at, accepted, deemed=False, known_from=0)


def _answers(case: Case) -> list[Filed[Event]]:
    accepted = case.accepted
    if not case.answers:
        return [accepted] if accepted is not None else []
    told = list(case.answers)
    if accepted is not None:
        told.append(accepted)
        told.sort(key=_key)
    return told


def _completes(event: Event) -> bool:
    return isinstance(event, SupplementReceived) and event.complete


def _key(filed: Filed[Event]) -> tuple[int, int, int, int, str]:
    return filed.key
