"""CAL_MISSING 日历缺失."""

from datetime import date
from typing import NamedTuple

from rules.calendar import CalendarError
from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.catalog.models.base import Unit
from rules.clocks.acceptance import receipt_rounds
from rules.clocks.clock import Clock, promise_clock, statutory_clock
from rules.clocks.due import Due
from rules.declare import Family, Rule
from rules.events import filing, handling
from rules.events.envelope import Event
from rules.events.words import Level
from rules.law import Law
from rules.verdicts import CLEAR, NEVER, Breach, NotApplicable, Rung, Undecided, Verdict

NOTHING_RUNS = NotApplicable("尚未申办、受理，没有时限起算")
SPAN_PER_DAY = 3
SPAN = 15
"""So many calendar days hold n working days whatever the holidays: 3 n + 15."""


class Unknown(NamedTuple):
    """A clock whose due date is not known for want of a calendar: which, its start, what stopped it."""

    name: str
    start: Filed[Event]
    stop: Filed[Event] | None
    due: Due | None
    why: str


def cal_missing(case: Case, law: Law) -> Verdict:
    """日历缺失: a due date of this case needs a year for which no working calendar is loaded; a word to operators.

    The clocks then answer undecided and no card is said. It is so from the start of the clock to what stops it.
    """
    start: Filed[Event] | None = case.accepted or case.submitted
    if start is None:
        return NOTHING_RUNS
    if _surely_known(case, law, start.day):
        return CLEAR
    promise = promise_clock(case, law)
    statutory = statutory_clock(case, law)
    if _is_known(promise) and _is_known(statutory) and _receipt_is_known(case, law):
        return CLEAR
    unknown = (
        _of_clock("承诺时限", case, start, promise)
        or _of_clock("法定时限", case, start, statutory)
        or _of_receipt(case, law)
    )
    return CLEAR if unknown is None else _breach(law, unknown)


def _surely_known(case: Case, law: Law, day: int) -> bool:
    """Return whether every deadline surely lies within the calendar, without computing any."""
    if case.pauses or case.extensions or case.answers:
        return False
    accepted = case.accepted
    if accepted is not None and accepted.event.promise_due is not None and law.promise is None:
        return False
    first = day if case.submitted is None else min(day, case.submitted.day)
    return first >= law.days.certain_from and day + law.span <= law.days.certain_through


def _is_known(answer: Clock | Undecided | NotApplicable) -> bool:
    if isinstance(answer, Clock):
        return answer.due.assumption is None
    return not (isinstance(answer, Undecided) and answer.calendar)


def _receipt_is_known(case: Case, law: Law) -> bool:
    """Return whether the receipt clock surely ends within the calendar, without running it."""
    first, limit = case.submitted, law.receipt
    if first is None or limit is None:
        return True
    last = case.answers[-1].day if case.answers else first.day
    span = limit.n * SPAN_PER_DAY + SPAN
    days = law.days
    return limit.unit is Unit.WORKING_DAY and first.day >= days.certain_from and last + span <= days.certain_through


def _of_clock(name: str, case: Case, start: Filed[Event], answer: Clock | Undecided | NotApplicable) -> Unknown | None:
    if isinstance(answer, Clock):
        due = answer.due
        return None if due.assumption is None else Unknown(name, answer.accepted.by, answer.stop, due, due.assumption)
    if isinstance(answer, Undecided) and answer.calendar:
        return Unknown(name, start, case.finished, None, answer.missing)
    return None


def _of_receipt(case: Case, law: Law) -> Unknown | None:
    first = case.submitted
    if first is None:
        return None
    try:
        rounds = receipt_rounds(case, law)
    except CalendarError as err:
        return Unknown(
            "受理时限", first, case.answers[0] if case.answers else case.finished, None, f"工作日历（{err}）"
        )
    for run in rounds:
        if run.due.assumption is not None:
            return Unknown("受理时限", run.start, run.answer or case.finished, run.due, run.due.assumption)
    return None


def _breach(law: Law, unknown: Unknown) -> Breach:
    start, stop, due = unknown.start, unknown.stop, unknown.due
    events = (start.event.event_id,) if stop is None else (start.event.event_id, stop.event.event_id)
    return Breach(
        (Rung(start.at, Level.NOTICE, start.at),),
        events,
        (unknown.name, _year(law, due), None if due is None else due.day, unknown.why),
        ended=NEVER if stop is None else stop.at,
    )


def _year(law: Law, due: Due | None) -> int | None:
    """Return the year whose calendar is missing: the one after the last known, or before the first."""
    if due is None:
        return None
    days = law.days
    if due.start + 1 < days.certain_from:
        return date.fromordinal(days.certain_from).year - 1
    return date.fromordinal(days.certain_through).year + 1


RULE = Rule(
    number=72,
    id="CAL_MISSING",
    name="日历缺失",
    family=Family.DATA,
    basis="行政许可法 82；全国年节及纪念日放假办法；国务院办公厅历年放假安排；本项目约定：无日历不推定",
    says="提示运维人员：到期日要用尚未载入的年度工作日历，相关时限只能暂定，不发信号",
    reads=facts.CLOCK | facts.DECIDED | facts.CLOSED,
    ends=facts.DECIDED | facts.CLOSED,
    kinds=(
        filing.Submitted,
        filing.Accepted,
        filing.Closed,
        filing.Withdrawn,
        handling.PauseStarted,
        handling.PauseEnded,
        handling.DecisionMade,
    ),
    since=date(2026, 1, 1),
    judge=cal_missing,
    figures=(("时限", "text"), ("缺哪一年", "count"), ("暂定到期日", "day"), ("暂按什么计", "text")),
    is_notice=True,
    runbook=(
        "查国务院办公厅是否已发布所缺年度的放假安排（通常在上一年十月至十二月）",
        "已发布的，载入工作日历（calendar 文件或 calendar.published 事件），受影响的时限自动重算",
        "未发布的，逐日查看暂定到期日在十个工作日之内的办件，按暂定日提前督促",
    ),
    blind_spots=("已载入而内容有误的日历看不出", "法定时限与承诺时限都缺日历时只说承诺时限"),
)
