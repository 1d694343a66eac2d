"""What the deadlines of a planned case come to (时限类答案): warning, promise, statutory limit, missing calendar.

Reckoned from the plan and from when its records came in, for every case alike, planted or not.
"""

from collections.abc import Iterator
from typing import NamedTuple

from rules.catalog.models.base import Limit, Unit
from rules.events.words import ARTICLE_45, Level
from streams.simulate.key import Answer, found
from streams.simulate.moments import Moment, compact_day, day_of, moment
from streams.simulate.plan import Halt, Plan, Postponed
from streams.simulate.reckon import FAR, Longer, Still, last_day, too_late
from streams.simulate.thresholds import soon_day
from streams.simulate.watch import Watch

NEVER: Moment = 1 << 60


class Started(NamedTuple):
    """Day 0 of the clocks: when accepted, or when handed in where silence made it accepted; known from when."""

    at: Moment
    known: Moment
    deemed: bool


class Moved(NamedTuple):
    """What moved a deadline, and when that was heard."""

    heard: Moment
    still: Still | None
    longer: Longer | None


class Term(NamedTuple):
    """A due date (ordinal; None: suspended, or given in hours), the first moment too late, days taken out."""

    day: int | None
    late: Moment | None
    excluded: int


def deadline_answers(plan: Plan, watch: Watch, note: str = "") -> Iterator[Answer]:
    """Yield the cards that the deadlines of a case come to by the end of the feed; ``note`` says what was planted."""
    return (answer for answer in _answers(plan, watch, note) if plan.terms.judges(answer.rule_id))


def _answers(plan: Plan, watch: Watch, note: str) -> Iterator[Answer]:
    started = clock_start(plan)
    if started is None or started.known > watch.end:
        return
    moves = _moves(plan)
    promise = _term(plan, plan.terms.promise, started, moves, slip=plan.slip)
    statutory = _term(plan, plan.terms.statutory, started, moves)
    unsure = plan.terms.workdays.sure_through
    if any(term is not None and term.day is not None and term.day > unsure for term in (promise, statutory)):
        yield _card(plan, "CAL_MISSING", "", Level.NOTICE, "到期日超出已知日历")
    over = statutory is not None and _is_over(plan, watch, statutory, started, _decided(plan), unsure)
    if over:
        yield _card(plan, "OT_STATUTORY_OVER", "", plan.terms.thresholds["OT_STATUTORY_OVER.level"], note or "超法定时限")
    if promise is not None:
        yield from _soon(plan, watch, started, moves)
        if not over and _is_over(plan, watch, promise, started, _stopped(plan), unsure):
            level = _promise_level(plan, watch, promise, started)
            yield _card(plan, "OT_PROMISE_OVERDUE", "", level, note or "超承诺时限")


def clock_start(plan: Plan) -> Started | None:
    """Return when the clocks of a case start: by silence (行政许可法 32) where the answer was late."""
    terms = plan.terms
    if terms.is_licence and terms.receipt is not None and terms.receipt.unit is Unit.WORKING_DAY:
        since: Moment | None = plan.submitted if "SUB" in plan.heard else None
        answers = sorted(at for tag, at in _answered(plan) if tag in plan.heard)
        while since is not None:
            due = terms.workdays.after(day_of(since), terms.receipt.n)
            late = moment(due + 1)
            answer = next((at for at in answers if at > since), None)
            if answer is None or answer >= late:
                over = _stopped(plan)
                if over is not None and over < late:
                    break
                return Started(since, late, deemed=True)
            since = _completed(plan, answer)
    if plan.accepted is None or "ACC" not in plan.heard:
        return None
    return Started(plan.accepted, plan.heard["ACC"], deemed=False)


def _answered(plan: Plan) -> Iterator[tuple[str, Moment]]:
    for number, notice in enumerate(plan.notices, 1):
        yield f"N{number}", notice.notified
    if plan.accepted is not None:
        yield "ACC", plan.accepted
    if plan.refused is not None:
        yield "REF", plan.refused


def _completed(plan: Plan, answer: Moment) -> Moment | None:
    """Return when the supplements asked for by an answer came in."""
    for number, notice in enumerate(plan.notices, 1):
        if notice.notified == answer:
            came = [n.received for n in plan.notices[number - 1 :] if n.received is not None]
            return min(came, default=None)
    return None


def _stopped(plan: Plan) -> Moment | None:
    """Return when the case was over, as far as was heard."""
    ends = [
        at for tag, at in (("CLS", plan.closed), ("WDR", plan.withdrawn)) if at is not None and tag in plan.heard
    ]
    return min(ends, default=None)


def _decided(plan: Plan) -> Moment | None:
    stopped = _stopped(plan)
    if plan.decided is None or "DEC" not in plan.heard or (stopped is not None and stopped < plan.decided):
        return stopped
    return plan.decided


def _moves(plan: Plan) -> list[Moved]:
    moves: list[Moved] = []
    for number, halt in enumerate(plan.halts, 1):
        if f"P{number}" in plan.heard and halt.kind in ARTICLE_45:
            moves.append(Moved(plan.heard[f"P{number}"], _still(plan, halt, number), None))
    valid = 0
    for number, more in enumerate(plan.postponed, 1):
        if f"X{number}" in plan.heard and is_valid(plan, more, valid):
            longer = Longer(day_of(more.requested), more.days)
            moves.append(Moved(plan.heard[f"X{number}"], None, longer))
        valid += 1
    return sorted(moves, key=lambda move: move.heard)


def is_valid(plan: Plan, more: Postponed, earlier: int) -> bool:
    """Return whether an extension adds days: within length and number, approved, the reason told."""
    terms = plan.terms
    return (
        (terms.times is None or earlier < terms.times)
        and (terms.more is None or more.days <= terms.more.n)
        and bool(more.approver)
        and more.told
    )


def _still(plan: Plan, halt: Halt, number: int) -> Still:
    start = day_of(halt.started)
    ended = halt.ended is not None and f"R{number}" in plan.heard
    through = day_of(halt.ended) if ended and halt.ended is not None else FAR
    if halt.limit is not None:
        through = min(through, plan.terms.workdays.after(start, halt.limit))
    return Still(start, through)


def _term(
    plan: Plan, limit: Limit | None, started: Started, moves: list[Moved], *, slip: int | None = None
) -> Term | None:
    if limit is None or limit.unit is Unit.OFFICE_HOUR:
        return None
    stills = tuple(move.still for move in moves if move.still is not None)
    longer = tuple(move.longer for move in moves if move.longer is not None)
    workdays, day0 = plan.terms.workdays, day_of(started.at)
    slip = None if started.deemed else slip
    late = too_late(workdays, limit, day0, started.at, stills, longer, slip)
    if limit.unit is Unit.HOUR:
        return Term(None, max(late or 0, started.known if started.deemed else 0), 0)
    day = last_day(workdays, limit, day0, stills, longer, slip)
    if late is not None and started.deemed:
        late = max(late, started.known)
    return Term(day, late, _taken_out(plan, limit, stills, day))


def _taken_out(plan: Plan, limit: Limit, stills: tuple[Still, ...], day: int | None) -> int:
    """Return how many counted days the suspensions took out before the due date; they do not overlap in plans."""
    if day is None:
        return 0
    within = [still for still in stills if still.after <= day]
    if limit.unit is Unit.WORKING_DAY:
        return sum(plan.terms.workdays.between(still.after, still.through) for still in within)
    return sum(still.through - still.after for still in within)


def _is_over(
    plan: Plan, watch: Watch, term: Term, started: Started, stop: Moment | None, unsure: int
) -> bool:
    if term.late is None or (term.day is not None and term.day > unsure):
        return False
    if stop is not None:
        return stop >= term.late
    return watch.may_say(plan, term.late) is not None


def _promise_level(plan: Plan, watch: Watch, term: Term, started: Started) -> Level:
    level: Level = plan.terms.thresholds["OT_PROMISE_OVERDUE.level"]
    red_after: int | None = plan.terms.thresholds["OT_PROMISE_OVERDUE.red_after"]
    if red_after is None or level is Level.RED or term.day is None or term.late is None:
        return level
    red_from = max(moment(plan.terms.workdays.after(term.day, red_after + 1)), term.late)
    stop = _stopped(plan)
    reached = stop >= red_from if stop is not None else watch.may_say(plan, red_from) is not None
    return Level.RED if reached else level


def _soon(plan: Plan, watch: Watch, started: Started, moves: list[Moved]) -> Iterator[Answer]:
    """Yield the warnings said: one for each due date that stood when it was near.

    A warning was said if the case was open, as far as was heard, when it might be said; it is closed, not taken back,
    when the due date moves afterwards.
    """
    terms = plan.terms
    limit = terms.promise
    if limit is None or limit.unit is Unit.HOUR:
        return
    base = last_day(terms.workdays, limit, day_of(started.at), slip=None if started.deemed else plan.slip)
    said: set[int] = set()
    for known in range(len(moves) + 1):
        opens = moves[known - 1].heard if known else started.known
        closes = moves[known].heard if known < len(moves) else NEVER
        term = _term(plan, limit, started, moves[:known], slip=plan.slip)
        if term is None or term.day is None or term.late is None or base is None or term.day > terms.workdays.sure_through:
            continue
        near = soon_day(terms, day_of(started.at), base, term.day, term.excluded)
        if near is None or term.day in said:
            continue
        since = max(moment(near), started.at, started.known if started.deemed else 0)
        say_at = watch.may_say(plan, since)
        if say_at is None:
            continue
        speaks = max(say_at, opens)
        if speaks >= closes or speaks > watch.end or say_at >= term.late:
            continue
        heard_stop = _stop_heard_by(plan, speaks)
        if heard_stop is not None and heard_stop <= say_at:
            continue
        said.add(term.day)
        yield _card(plan, "OT_PROMISE_SOON", compact_day(term.day), terms.thresholds["OT_PROMISE_SOON.level"], "临期")


def _stop_heard_by(plan: Plan, instant: Moment) -> Moment | None:
    ends = [
        at
        for tag, at in (("CLS", plan.closed), ("WDR", plan.withdrawn))
        if at is not None and plan.heard.get(tag, NEVER) < instant
    ]
    return min(ends, default=None)


def _card(plan: Plan, rule_id: str, subject: str, level: Level, note: str) -> Answer:
    return found(rule_id, plan.case_id, subject, level, plan.desk.org, note)
