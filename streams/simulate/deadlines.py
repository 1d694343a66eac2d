"""What the deadlines of a planned case come to (时限类答案): warning, promise, statutory limit, missing calendar.

Reckoned from the plan and from when its records came in, for every case alike, planted or not.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rules.catalog.models.base import Limit, Unit
from rules.events.words import ARTICLE_45, Level
from streams.simulate.key import Answer, found
from streams.simulate.moments import Moment, compact_day, day_of, moment
from streams.simulate.plan import Halt, Plan, Postponed
from streams.simulate.reckon import FAR, Longer, Shifts, Still, last_day, too_late
from streams.simulate.starting import Started, clock_start, decided, ends, stopped
from streams.simulate.thresholds import soon_day
from streams.simulate.watch import Watch

NEVER: Moment = 1 << 60
PROMISE, STATUTORY, SOON, CALENDAR = "OT_PROMISE_OVERDUE", "OT_STATUTORY_OVER", "OT_PROMISE_SOON", "CAL_MISSING"


class Moved(NamedTuple):
    """What moved a deadline, a suspension or an extension, and when that was heard."""

    heard: Moment
    by: Still | Longer


class Term(NamedTuple):
    """A due date (ordinal; None: suspended, or given in hours), the first moment too late, days taken out."""

    day: int | None
    late: Moment | None
    excluded: int


def deadline_answers(plan: Plan, watch: Watch, note: str = "") -> Iterator[Answer]:
    """Yield the cards that the deadlines of a case come to by the end of the feed; ``note`` says what was planted."""
    started = clock_start(plan)
    if started is None or started.known > watch.end:
        return
    for rule_id, subject, level, why in _reckoned(plan, watch, started):
        if plan.terms.judges(rule_id):
            told = why if rule_id in {SOON, CALENDAR} else note or why
            yield found(rule_id, plan.case_id, subject, level, plan.desk.org, note=told)


def is_valid(plan: Plan, more: Postponed, earlier: int) -> bool:
    """Return whether an extension adds days: within length and number, approved, the reason told."""
    terms = plan.terms
    return (
        (terms.times is None or earlier < terms.times)
        and (terms.more is None or more.days <= terms.more.n)
        and bool(more.approver)
        and more.told
    )


def _reckoned(plan: Plan, watch: Watch, started: Started) -> Iterator[tuple[str, str, Level, str]]:
    moves = _moves(plan)
    promise = _term(plan, plan.terms.promise, started, moves, slip=plan.slip)
    statutory = _term(plan, plan.terms.statutory, started, moves)
    if any(term is not None and _is_unsure(plan, term) for term in (promise, statutory)):
        yield CALENDAR, "", Level.NOTICE, "到期日超出已知日历"
    over = statutory is not None and _is_over(plan, watch, statutory, decided(plan))
    if over:
        yield STATUTORY, "", plan.terms.thresholds["OT_STATUTORY_OVER.level"], "超法定时限"
    if promise is None:
        return
    for due in _warned(plan, watch, started, moves) if moves else _warned_once(plan, watch, started, promise):
        yield SOON, compact_day(due), plan.terms.thresholds["OT_PROMISE_SOON.level"], "临期"
    if not over and _is_over(plan, watch, promise, stopped(plan)):
        yield PROMISE, "", _promise_level(plan, watch, promise), "超承诺时限"


def _moves(plan: Plan) -> list[Moved]:
    """Return what lawfully moves the deadlines of a case, in the order in which it was heard."""
    if not plan.halts and not plan.postponed:
        return []
    moves = [
        Moved(plan.heard[f"P{number}"], _still(plan, halt, number))
        for number, halt in enumerate(plan.halts, 1)
        if f"P{number}" in plan.heard and halt.kind in ARTICLE_45
    ]
    moves += [
        Moved(plan.heard[f"X{number}"], Longer(day_of(more.requested), more.days))
        for number, more in enumerate(plan.postponed, 1)
        if f"X{number}" in plan.heard and is_valid(plan, more, number - 1)
    ]
    return sorted(moves)


def _still(plan: Plan, halt: Halt, number: int) -> Still:
    start = day_of(halt.started)
    through = day_of(halt.ended) if halt.ended is not None and f"R{number}" in plan.heard else FAR
    if halt.limit is not None:
        through = min(through, plan.terms.workdays.after(start, halt.limit))
    return Still(start, through)


def _term(
    plan: Plan, limit: Limit | None, started: Started, moves: Sequence[Moved], *, slip: int | None = None
) -> Term | None:
    """Return when a limit ends as the given moves leave it; None where there is none, or in office hours."""
    if limit is None or limit.unit is Unit.OFFICE_HOUR:
        return None
    stills = tuple(move.by for move in moves if isinstance(move.by, Still))
    longer = tuple(move.by for move in moves if isinstance(move.by, Longer))
    shifts = Shifts(stills, longer, None if started.deemed else slip)
    late = too_late(plan.terms.workdays, limit, started.at, shifts)
    if late is None:
        return Term(None, None, 0)
    day = None if limit.unit is Unit.HOUR else day_of(late) - 1
    if started.deemed:
        late = max(late, started.known)
    return Term(day, late, _taken_out(plan, limit, stills, day))


def _taken_out(plan: Plan, limit: Limit, stills: Sequence[Still], day: int | None) -> int:
    """Return how many counted days the suspensions took out before the due date; they do not overlap in plans."""
    within = [still for still in stills if day is not None and still.after <= day]
    if limit.unit is Unit.WORKING_DAY:
        return sum(plan.terms.workdays.between(still.after, still.through) for still in within)
    return sum(still.through - still.after for still in within)


def _is_unsure(plan: Plan, term: Term) -> bool:
    return term.day is not None and term.day > plan.terms.workdays.sure_through


def _is_over(plan: Plan, watch: Watch, term: Term, stop: Moment | None) -> bool:
    if term.late is None or _is_unsure(plan, term):
        return False
    return stop >= term.late if stop is not None else watch.may_say(plan, term.late) is not None


def _promise_level(plan: Plan, watch: Watch, term: Term) -> Level:
    level: Level = plan.terms.thresholds["OT_PROMISE_OVERDUE.level"]
    red_after: int | None = plan.terms.thresholds["OT_PROMISE_OVERDUE.red_after"]
    if red_after is None or level is Level.RED or term.day is None or term.late is None:
        return level
    red_from = max(moment(plan.terms.workdays.after(term.day, red_after + 1)), term.late)
    stop = stopped(plan)
    reached = stop >= red_from if stop is not None else watch.may_say(plan, red_from) is not None
    return Level.RED if reached else level


def _warned_once(plan: Plan, watch: Watch, started: Started, term: Term) -> Iterator[int]:
    """Yield the due date (ordinal) of a case whose deadlines nothing moved, if it was warned about."""
    if term.day is None or _is_unsure(plan, term):
        return
    near = soon_day(plan.terms, day_of(started.at), term.day, term.day)
    if near is not None:
        since = max(moment(near), started.at, started.known if started.deemed else 0)
        if _was_said(plan, watch, term, since, (started.known, NEVER)):
            yield term.day


def _warned(plan: Plan, watch: Watch, started: Started, moves: Sequence[Moved]) -> Iterator[int]:
    """Yield the due dates (ordinals) warned about: each that stood when it was near.

    A warning was said if the case was open, as far as was heard, when it might be said; it is closed, not taken back,
    when the due date moves afterwards.
    """
    terms = plan.terms
    limit = terms.promise
    if limit is None or limit.unit is Unit.HOUR:
        return
    slip = None if started.deemed else plan.slip
    base = last_day(terms.workdays, limit, day_of(started.at), Shifts(slip=slip))
    said: set[int] = set()
    for known in range(len(moves) + 1):
        opens = moves[known - 1].heard if known else started.known
        closes = moves[known].heard if known < len(moves) else NEVER
        term = _term(plan, limit, started, moves[:known], slip=plan.slip)
        if base is None or term is None or term.day is None or term.day in said or _is_unsure(plan, term):
            continue
        near = soon_day(terms, day_of(started.at), base, term.day, term.excluded)
        if near is None:
            continue
        since = max(moment(near), started.at, started.known if started.deemed else 0)
        if _was_said(plan, watch, term, since, (opens, closes)):
            said.add(term.day)
            yield term.day


def _was_said(plan: Plan, watch: Watch, term: Term, since: Moment, stood: tuple[Moment, Moment]) -> bool:
    """Return whether a warning about a due date was said while that date stood."""
    say_at = watch.may_say(plan, since)
    if say_at is None or term.late is None or say_at >= term.late:
        return False
    speaks = max(say_at, stood[0])
    if speaks >= stood[1] or speaks > watch.end:
        return False
    over = min((at for tag, at in ends(plan) if plan.heard.get(tag, NEVER) < speaks), default=None)
    return over is None or over > say_at
