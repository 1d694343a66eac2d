"""From a clock and what stops it to the verdict on being late."""

from datetime import date
from typing import Any

from rules.cases.filed import Filed
from rules.clocks.clock import Answer, Clock
from rules.clocks.deadline import Due
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import CLEAR, NEVER, Breach, Clear, Rung, Undecided, Verdict

SUSPENDED = Clear("挂起中，时限未到")

CLOCK_FIGURES: tuple[tuple[str, str], ...] = (
    ("起算日", "day"),
    ("时限", "text"),
    ("原到期日", "day"),
    ("不计入日数", "count"),
    ("延长", "count"),
    ("到期日", "day"),
    ("完成日", "day"),
    ("依据", "text"),
)


def overdue(law: Law, answer: Answer, steps: tuple[tuple[int, Level], ...], missing: str = "") -> Verdict:
    """Return the verdict of a clock: a breach with one rung a step, each an instant from which a level holds.

    Done in time: clear. Done late: the rungs reached by then, said at once. Not done: all rungs, each to be said only
    after the source's grace. Without a certain calendar: undecided, with the provisional arithmetic, unless it was
    done while the calendar was still certain: no later notice can make that late. ``missing`` names what keeps a
    further rung from being known.
    """
    if not isinstance(answer, Clock):
        return answer
    due, stop = answer.due, answer.stop
    if due.day is None:
        return SUSPENDED
    if stop is not None and stop.at < answer.late_from and _for_certain(law, due, stop.day):
        return CLEAR
    if due.assumption is not None:
        day = date.fromordinal(due.day).isoformat()
        return Undecided(f"{due.assumption}；暂定到期日 {day}", clock_figures(answer), calendar=True)
    if stop is None:
        rungs = tuple(Rung(since, level, since + law.grace) for since, level in steps)
    else:
        rungs = tuple(Rung(since, level, since) for since, level in steps if since <= stop.at)
    events = (
        answer.accepted.by.event.event_id,
        *(e.event_id for e in due.excluded),
        *(a.event_id for a in due.extended),
    )
    if stop is not None:
        events = (*events, stop.event.event_id)
    return Breach(rungs, events, clock_figures(answer), missing=missing)


def earliest_overdue(law: Law, running: Answer, stop: Filed[Any] | None) -> int:
    """Return the first instant at which a rule about this clock may have anything to say (``Rule.glance``)."""
    if type(running) is not Clock:
        return NEVER
    late_from = running.late_from
    if stop is None:
        return late_from + law.grace if late_from < NEVER else NEVER
    return NEVER if stop.at < late_from else late_from


def _for_certain(law: Law, due: Due, stopped: int) -> bool:
    """Return whether what stopped by the due date did so whatever a calendar not yet known will say."""
    return due.assumption is None or (law.days.certain_from <= due.start + 1 and stopped <= law.days.certain_through)


def clock_figures(clock: Clock) -> tuple[object, ...]:
    """Return the arithmetic of a clock in the order of ``CLOCK_FIGURES``."""
    due, stop = clock.due, clock.stop
    return (
        due.start,
        str(due.limit) if due.limit.n else "受理回执所载日期",
        due.base,
        sum(span.n for span in due.excluded),
        sum(more.n for more in due.extended),
        due.day,
        stop.day if stop is not None else None,
        clock.basis,
    )
