"""The promise and the statutory clock of a case: from acceptance to close, from acceptance to decision."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from rules.calendar import CalendarError
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.catalog.models.base import LONGEST, Limit, Unit
from rules.clocks.acceptance import Acceptance, acceptance_unless_finished, finished_first
from rules.clocks.deadline import Added, Due, Moves, Start, later
from rules.clocks.due import due_of
from rules.clocks.pauses import paused_spans
from rules.events.envelope import Event
from rules.events.handling import ExtensionGranted
from rules.events.instants import instant_of
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import NotApplicable, Undecided

PRINTED_CHARS = 10


class Cutoff(StrEnum):
    """Until when one is in time: the end of the due date, its close of business (民法典 203), the printed instant.

    Until the next working day: a limit of n working days is exceeded once there is another one. What is done on days
    off that follow the due date is then in time.
    """

    END_OF_DAY = "end_of_day"
    CLOSE_OF_BUSINESS = "close_of_business"
    INSTANT = "instant"
    NEXT_WORKING_DAY = "next_working_day"


END_OF_DAY = Cutoff.END_OF_DAY.value
CUTOFF = Param(
    "OT_PROMISE_OVERDUE.cutoff",
    "到期日截止时刻",
    ParamKind.CHOICE,
    default=END_OF_DAY,
    basis="民法典 203；默认日期为准",
    choices=tuple(cutoff.value for cutoff in Cutoff),
)
NET = Param("OT_STATUTORY_OVER.net", "扣除特别程序与延长", ParamKind.FLAG, default=True, basis="行政许可法 42、45")
STOPS_AT = Param(
    "OT_STATUTORY_OVER.stops_at",
    "法定时限止于",
    ParamKind.CHOICE,
    default="decision",
    basis="行政许可法 42：作出决定",
    choices=("decision", "close"),
)


class Clock(msgspec.Struct, frozen=True):
    """A running or stopped clock: acceptance, deadline, what stopped it, on what basis.

    ``late_from`` (microseconds): from when it is late; later than the deadline where acceptance by silence was only
    known later. ``printed``: the due date is the one on the slip. ``slip_later``: the slip named a later one.
    """

    accepted: Acceptance
    due: Due
    late_from: int
    stop: Filed[Event] | None
    basis: str
    printed: bool = False
    slip_later: str | None = None


Answer = Clock | Undecided | NotApplicable

NOT_ACCEPTED = NotApplicable("尚未受理")
NO_LAW = Undecided("事项目录")


def promise_clock(case: Case, law: Law) -> Answer:
    """Return the promise clock (承诺时限): accepted to closed. The date on the slip binds if it is the earlier."""
    clock = running_promise(case, law)
    if not isinstance(clock, Clock):
        return clock
    return NOT_ACCEPTED if finished_first(case, clock.accepted) else _stopped(clock, case.finished)


def running_promise(case: Case, law: Law) -> Answer:
    """Return the promise clock as it runs, whatever stopped it; kept until what it rests on changes."""
    clock: Answer | None = case.clocks.get("promise")
    if clock is None:
        clock = case.clocks["promise"] = _guarded(_promise, case, law)
    return clock


def statutory_clock(case: Case, law: Law) -> Answer:
    """Return the statutory clock (法定时限, 行政许可法 42): accepted to decision, else to the close."""
    clock = running_statutory(case, law)
    if not isinstance(clock, Clock):
        return clock
    return NOT_ACCEPTED if finished_first(case, clock.accepted) else _stopped(clock, statutory_stop(case, law))


def running_statutory(case: Case, law: Law) -> Answer:
    """Return the statutory clock as it runs, whatever stopped it; kept until what it rests on changes."""
    clock: Answer | None = case.clocks.get("statutory")
    if clock is None:
        clock = case.clocks["statutory"] = _guarded(_statutory, case, law)
    return clock


def statutory_stop(case: Case, law: Law) -> Filed[Event] | None:
    """Return what stops the statutory clock: the decision, also where the case had been closed before it.

    Where there is none, or the profile says so, what ended the case; a decision on what was withdrawn is none.
    """
    stop = case.decided if law.get(STOPS_AT) == "decision" else None
    withdrawn = case.withdrawn
    return case.finished if stop is None or (withdrawn is not None and withdrawn.key < stop.key) else stop


def moves(case: Case, law: Law) -> list[Moves]:
    """Return what moves the deadlines of a case: lawful pauses, and the extensions that count."""
    found: list[Moves] = []
    if case.pauses:
        found += paused_spans(case, law.days)
    if case.extensions:
        found += counting_extensions(case, law)
    return found


def requested_day(filed: Filed[ExtensionGranted], law: Law) -> int:
    """Return the local date an extension was asked for, else granted, else reported as happened."""
    stamp = filed.event.requested_at or filed.event.granted_at
    return filed.day if stamp is None else law.days.day_of(instant_of(stamp))


def extension_faults(filed: Filed[ExtensionGranted], law: Law, earlier: int) -> tuple[str, ...]:
    """Return what makes an extension invalid (行政许可法 42): length, number, no approver, reason not told."""
    event = filed.event
    faults: list[str] = []
    if law.extension_times is not None and earlier >= law.extension_times:
        faults.append("延长次数超限")
    if event.days is None or event.days <= 0:
        faults.append("未写明延长天数")
    elif law.extension is not None and _longer(event.days, extension_unit(event), law.extension, filed, law):
        faults.append("延长天数超限")
    if not event.approver:
        faults.append("无批准人")
    if event.applicant_told is False:
        faults.append("未将理由告知申请人")
    return tuple(faults)


def extension_unit(event: ExtensionGranted) -> Unit:
    """Return the unit an extension is given in: working days where it says none (行政许可法 82)."""
    return Unit(event.unit) if event.unit in set(Unit) else Unit.WORKING_DAY


def _longer(n: int, unit: Unit, limit: Limit, filed: Filed[ExtensionGranted], law: Law) -> bool:
    """Return whether so many units are more than a limit; of two units, by where they end from the request on."""
    if unit is limit.unit:
        return n > limit.n
    day = requested_day(filed, law)
    return later(law.days, day, n, unit) > later(law.days, day, limit.n, limit.unit)


def counting_extensions(case: Case, law: Law) -> list[Added]:
    """Return the valid extensions in order; an invalid one adds no day (``semantics.md`` §3)."""
    added: list[Added] = []
    for number, filed in enumerate(case.extensions):
        event = filed.event
        if event.days is None or extension_faults(filed, law, number):
            continue
        added.append(Added(event.event_id, requested_day(filed, law), event.days, extension_unit(event)))
    return added


def _promise(case: Case, law: Law) -> Answer:
    accepted = acceptance_unless_finished(case, law)
    if accepted is None:
        return NOT_ACCEPTED
    limit = law.promise or _printed_limit(case, law)
    slip = _slip(case, law)
    start = _start(law, accepted)
    basis = law.version.basis if law.version is not None else "受理回执"
    if limit is None:
        if slip is None:
            return (
                Undecided(f"承诺时限（{law.why_no_matter}）") if law.why_no_matter else NotApplicable("事项未承诺时限")
            )
        limit = Limit(n=0)
        due = due_of(law.days, limit, start, moves(case, law), base=slip[0])
        return _clock(accepted, due, law, slip=slip, basis="受理回执")
    found = moves(case, law)
    due = due_of(law.days, limit, start, found)
    if slip is None or (slip[0] == due.base and (slip[1] is None or law.get(CUTOFF) != Cutoff.INSTANT)):
        return _clock(accepted, due, law, basis=basis)
    if slip[0] > due.base:
        named = date.fromordinal(slip[0]).isoformat()
        return msgspec.structs.replace(_clock(accepted, due, law, basis=basis), slip_later=named)
    provisional = due.assumption if slip[0] > law.days.certain_through else None
    due = due_of(law.days, limit, start, found, base=slip[0])
    if provisional is not None:
        due = msgspec.structs.replace(due, assumption=provisional)
    return _clock(accepted, due, law, slip=slip, basis="受理回执")


def _statutory(case: Case, law: Law) -> Answer:
    accepted = acceptance_unless_finished(case, law)
    if accepted is None:
        return NOT_ACCEPTED
    if law.statutory is None:
        return Undecided(f"法定时限（{law.why_no_matter or '目录未载'}）")
    found: Sequence[Moves] = moves(case, law) if law.get(NET) else ()
    start = _start(law, accepted)
    return _clock(accepted, due_of(law.days, law.statutory, start, found), law, basis=law.basis)


def _start(law: Law, accepted: Acceptance) -> Start:
    return Start(accepted.day, accepted.at) if accepted.by.exact else Start.of(law.days, accepted.day, accepted.by)


def _clock(
    accepted: Acceptance, due: Due, law: Law, *, basis: str, slip: tuple[int, int | None] | None = None
) -> Clock:
    late_from = due.late_from
    cutoff = law.get(CUTOFF)
    if cutoff != END_OF_DAY and due.day is not None:
        match cutoff:
            case Cutoff.CLOSE_OF_BUSINESS:
                late_from = min(late_from, law.days.closing(due.day) + 1)
            case Cutoff.INSTANT:
                if slip is not None and slip[1] is not None and due.day == slip[0]:
                    late_from = min(late_from, slip[1])
            case Cutoff.NEXT_WORKING_DAY:
                due, late_from = _through_days_off(due, due.day, law)
            case _:
                pass
    return Clock(accepted, due, max(late_from, accepted.known_from), None, basis, printed=slip is not None)


def _through_days_off(due: Due, day: int, law: Law) -> tuple[Due, int]:
    """Return the deadline and when it is late if days off after its day still count as in time; hours know no days."""
    if due.limit.unit in {Unit.HOUR, Unit.OFFICE_HOUR}:
        return due, due.late_from
    following = law.days.next_working(day + 1)
    if due.assumption is None and not law.days.is_certain(following):
        due = msgspec.structs.replace(due, assumption=law.days.assumption_between(day, following))
    return due, law.days.start_of(following)


def _stopped(clock: Clock, stop: Filed[Event] | None) -> Clock:
    if stop is None:
        return clock
    return Clock(clock.accepted, clock.due, clock.late_from, stop, clock.basis, clock.printed, clock.slip_later)


def _printed_limit(case: Case, law: Law) -> Limit | None:
    """Return the promise printed on the slip where the catalogue knows nothing of the matter."""
    if case.accepted is None or law.version is not None:
        return None
    event = case.accepted.event
    if event.promise_limit is None or not 0 <= event.promise_limit <= LONGEST or event.promise_unit not in set(Unit):
        return None
    return Limit(n=event.promise_limit, unit=Unit(event.promise_unit))


def _slip(case: Case, law: Law) -> tuple[int, int | None] | None:
    """Return the due date printed on the slip, and where an instant is printed the first that is later."""
    if case.accepted is None or case.accepted.event.promise_due is None:
        return None
    text = case.accepted.event.promise_due
    if len(text) == PRINTED_CHARS:
        return date.fromisoformat(text).toordinal(), None
    at = instant_of(text)
    return law.days.day_of(at), at + 1


def _guarded(make: Callable[[Case, Law], Answer], case: Case, law: Law) -> Answer:
    try:
        return make(case, law)
    except CalendarError as err:
        return Undecided(f"工作日历（{err}）", calendar=True)
