"""OT_ACCEPT_OVERDUE 受理决定超期."""

from datetime import date

from rules.calendar import CalendarError
from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.clocks.acceptance import Round, receipt_rounds
from rules.declare import Family, Rule
from rules.events import filing
from rules.events.envelope import Event
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, NEVER, Breach, NotApplicable, Rung, Undecided, Verdict

RED_AFTER: Param[int | None] = Param(
    "OT_ACCEPT_OVERDUE.red_after",
    "再超过几日转红牌",
    ParamKind.DAYS,
    default=5,
    basis="本项目约定",
    unit="工作日",
    optional=True,
)

NOT_SUBMITTED = NotApplicable("未见申办")
NO_LIMIT = NotApplicable("不是行政许可，事项也未定受理时限")


def accept_overdue(case: Case, law: Law) -> Verdict:
    """受理决定超期: handed in, and neither accepted, refused nor asked for supplements within five working days."""
    submitted = case.submitted
    if submitted is None:
        return NOT_SUBMITTED
    limit = law.receipt
    if limit is None:
        return NO_LIMIT
    try:
        rounds = receipt_rounds(case, law)
    except CalendarError as err:
        return Undecided(f"工作日历（{err}）", calendar=True)
    return _late(case, law, rounds[-1]) if rounds and rounds[-1].late else CLEAR


def earliest(case: Case, law: Law) -> int:
    """Return the instant before which no answer is late; 0 where it takes the calendar to say."""
    submitted, limit = case.submitted, law.receipt
    if submitted is None or limit is None:
        return NEVER
    least = law.receipt_least
    if case.answers or least is None:
        return 0
    first = submitted.at + least
    answer = case.accepted or case.decided or case.finished
    if answer is None:
        return first
    return NEVER if answer.at < first else 0


def _late(case: Case, law: Law, run: Round) -> Verdict:
    due = run.due
    if due.day is None:
        return CLEAR
    stop = min((one for one in (run.answer, case.decided, case.finished) if one is not None), key=_at, default=None)
    if stop is not None and stop.at < due.late_from and (due.certain or stop.day <= law.days.certain_through):
        return CLEAR
    if due.assumption is not None:
        return Undecided(f"{due.assumption}；暂定到期日 {date.fromordinal(due.day).isoformat()}", calendar=True)
    steps = [(due.late_from, Level.YELLOW)]
    missing = ""
    red_after = law.get(RED_AFTER)
    if red_after is not None:
        red_day = law.days.nth_after(due.day, red_after + 1)
        if law.days.is_certain(red_day):
            steps.append((law.days.start_of(red_day), Level.RED))
        else:
            missing = law.days.assumption_between(due.day, red_day) or ""
    if stop is None:
        rungs = tuple(Rung(since, level, since + law.grace) for since, level in steps)
    else:
        rungs = tuple(Rung(since, level, since) for since, level in steps if since <= stop.at)
    figures = (due.start, str(due.limit), due.day, stop.day if stop is not None else None, law.receipt_basis)
    events = (run.start.event.event_id, *((stop.event.event_id,) if stop is not None else ()))
    return Breach(rungs, events, figures, missing=missing)


def _at(filed: Filed[Event]) -> int:
    return filed.at


RULE = Rule(
    number=5,
    id="OT_ACCEPT_OVERDUE",
    name="受理决定超期",
    family=Family.TIME,
    basis="行政许可法 32、82",
    says="收件（或补正齐全）后五个工作日内既未受理、不予受理，也未一次性告知补正；再超过若干日转红牌",
    reads=facts.SUBMITTED | facts.ANSWERED | facts.ACCEPTED | facts.DECIDED | facts.CLOSED | facts.LAW,
    ends=facts.ACCEPTED | facts.DECIDED | facts.CLOSED,
    kinds=(
        filing.Submitted,
        filing.SupplementNotified,
        filing.SupplementReceived,
        filing.NotAccepted,
        filing.Accepted,
        filing.Closed,
        filing.Withdrawn,
    ),
    since=date(2026, 1, 1),
    params=(RED_AFTER,),
    judge=accept_overdue,
    glance=earliest,
    needs="submitted",
    figures=(("收件日", "day"), ("时限", "text"), ("到期日", "day"), ("答复日", "day"), ("依据", "text")),
    runbook=(
        "核对收件凭证的日期与 case.submitted；预受理与网上草稿不算收件，误报为收件的责令来源更正",
        "向窗口调取收件后五个工作日内的告知记录：有书面告知而未上报的，责令补报并按迟报处理",
        "确未答复的，自收件日即为受理，按该日重算承诺与法定时限并通知承办科室",
    ),
    blind_spots=("口头告知未记录的会误报", "来源把草稿报成申办的会误报"),
)
