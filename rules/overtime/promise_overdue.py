"""OT_PROMISE_OVERDUE 超承诺时限."""

from datetime import date

from rules.cases import facts
from rules.cases.case import Case
from rules.clocks.acceptance import silence_from
from rules.clocks.clock import CUTOFF, Clock, promise_clock, running_promise
from rules.clocks.overdue import CLOCK_FIGURES, earliest_overdue, overdue
from rules.declare import Family, Rule
from rules.events import filing, handling
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, Verdict

LEVEL = Param(
    "OT_PROMISE_OVERDUE.level",
    "超承诺时限的级别",
    ParamKind.LEVEL,
    default=Level.YELLOW,
    basis="本项目约定；各地办法不一",
)
RED_AFTER: Param[int | None] = Param(
    "OT_PROMISE_OVERDUE.red_after",
    "超过几日转红牌",
    ParamKind.DAYS,
    default=3,
    basis="本项目约定",
    unit="工作日",
    optional=True,
)


def promise_overdue(case: Case, law: Law) -> Verdict:
    """超承诺时限: the case was closed after the promised due date, or is not closed though it has passed."""
    clock = promise_clock(case, law)
    if not isinstance(clock, Clock) or clock.due.day is None:
        return overdue(law, clock, ())
    if clock.stop is not None and clock.stop.at < clock.late_from and clock.due.assumption is None:
        return CLEAR
    level = law.get(LEVEL)
    steps = [(clock.late_from, level)]
    missing = ""
    red_after = law.get(RED_AFTER)
    if red_after is not None and level < Level.RED:
        red_day = law.days.nth_after(clock.due.day, red_after + 1)
        if law.days.is_certain(red_day):
            steps.append((max(law.days.start_of(red_day), clock.late_from), Level.RED))
        else:
            missing = law.days.assumption_between(clock.due.day, red_day) or ""
    return overdue(law, clock, tuple(steps), missing)


def earliest(case: Case, law: Law) -> int:
    """Return the instant before which nothing can be late, NEVER once the case was closed in time."""
    finished = case.finished
    if case.accepted is None and finished is None:
        return silence_from(case, law)
    return earliest_overdue(law, running_promise(case, law), finished)


RULE = Rule(
    number=2,
    id="OT_PROMISE_OVERDUE",
    name="超承诺时限",
    family=Family.TIME,
    basis="行政许可法 42、82；民法典 201、203；各地电子监察办法",
    says="承诺到期日已过而未办结，或办结日晚于承诺到期日；超过若干工作日转红牌",
    reads=facts.SUBMITTED
    | facts.ANSWERED
    | facts.ACCEPTED
    | facts.PAUSES
    | facts.EXTENSIONS
    | facts.CLOSED
    | facts.LAW,
    ends=facts.CLOSED,
    kinds=(filing.Accepted, filing.Closed, filing.Withdrawn, handling.PauseStarted, handling.PauseEnded),
    since=date(2026, 1, 1),
    params=(LEVEL, RED_AFTER, CUTOFF),
    judge=promise_overdue,
    glance=earliest,
    figures=CLOCK_FIGURES,
    group="deadline",
    rank=2,
    runbook=(
        "核对受理回执所载承诺日期与事项目录在受理日的版本",
        "逐段核对不计入的特别程序：种类、书面告知、起止日期",
        "调取办结前五个工作日的环节记录，确定停留最久的环节与经办岗位",
    ),
    blind_spots=("来源迟报办结而又未在心跳中声明时，先发卡后撤回",),
)
