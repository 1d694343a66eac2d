"""When a case counts as accepted (受理), also by silence (逾期不告知，即为受理; 行政许可法 32(4))."""

import msgspec

from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.clocks.due import Due, Start, due_of
from rules.events.envelope import Event
from rules.events.filing import Accepted, SupplementNotified, SupplementReceived
from rules.law import Law


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


def receipt_rounds(case: Case, law: Law) -> list[Round]:
    """Return the runs of the receipt clock in order; empty without an application or a limit.

    A run that was late is the last: the case then counts as accepted, and no later notice stops or starts anything.
    """
    start: Filed[Event] | None = case.submitted
    if start is None or law.receipt is None:
        return []
    told = _answers(case)
    rounds: list[Round] = []
    while start is not None:
        day = law.days.receipt_day(start.at) if start.exact else start.day
        due = due_of(law.days, law.receipt, Start(day, start.at))
        after = start.key
        answer = next((a for a in told if a.key > after and not isinstance(a.event, SupplementReceived)), None)
        late = answer is None or answer.at >= due.late_from
        rounds.append(Round(start, due, answer, late))
        start = None
        if answer is not None and not late and isinstance(answer.event, SupplementNotified):
            asked = answer.key
            start = next((a for a in told if a.key > asked and _completes(a.event)), None)
    return rounds


def acceptance(case: Case, law: Law) -> Acceptance | None:
    """Return when the case counts as accepted; None where it was neither accepted nor left unanswered.

    Only a licence is accepted by silence. An application withdrawn or closed within the time is not.
    """
    accepted = case.accepted
    if not law.is_licence:
        return _declared(accepted)
    for run in receipt_rounds(case, law):
        if not run.late:
            continue
        finished = case.finished
        if finished is not None and finished.at < run.due.late_from:
            return _declared(accepted)
        if not run.due.certain:
            return _declared(accepted)
        return Acceptance(run.due.start, run.start.at, run.start, deemed=True, known_from=run.due.late_from)
    return _declared(accepted)


def _declared(accepted: Filed[Accepted] | None) -> Acceptance | None:
    if accepted is None:
        return None
    return Acceptance(accepted.day, accepted.at, accepted, deemed=False, known_from=0)


def _answers(case: Case) -> list[Filed[Event]]:
    told = list(case.answers)
    if case.accepted is not None:
        told.append(case.accepted)
        told.sort(key=_key)
    return told


def _completes(event: Event) -> bool:
    return isinstance(event, SupplementReceived) and event.complete


def _key(filed: Filed[Event]) -> tuple[int, int, int, int, str]:
    return filed.key
