"""The due date as it stood when something was begun or asked for: after what came before it, no more."""

from rules.calendar import CalendarError
from rules.cases.case import Case
from rules.clocks.clock import Clock, moves, promise_clock, statutory_clock
from rules.clocks.deadline import Due, Start, begin
from rules.clocks.due import due_of
from rules.law import Law

Place = tuple[int, bool, str]
"""Where something stands among what moves a deadline: its day, whether it is a pause, its event id."""


def due_standing(case: Case, law: Law, place: Place) -> Due | None:
    """Return the promised (else the statutory) deadline moved only by what comes before a place; None without one."""
    clock = promise_clock(case, law)
    if not isinstance(clock, Clock):
        clock = statutory_clock(case, law)
        if not isinstance(clock, Clock):
            return None
    earlier = [item for item in moves(case, law) if begin(item) < place]
    start = Start.of(law.days, clock.accepted.day, clock.accepted.by)
    base = clock.due.base if clock.printed else None
    try:
        return due_of(law.days, clock.due.limit, start, earlier, base=base)
    except CalendarError:
        return None
