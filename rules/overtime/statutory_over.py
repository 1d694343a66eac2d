"""OT_STATUTORY_OVER 超法定时限."""

from datetime import date

from rules.cases import facts
from rules.cases.case import Case
from rules.clocks.acceptance import silence_from
from rules.clocks.clock import NET, STOPS_AT, Clock, running_statutory, statutory_clock, statutory_stop
from rules.clocks.overdue import CLOCK_FIGURES, earliest_overdue, overdue
from rules.declare import Family, Rule
from rules.events import filing, handling
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import Verdict

LEVEL = Param("OT_STATUTORY_OVER.level", "超法定时限的级别", ParamKind.LEVEL, default=Level.RED, basis="行政许可法 74")


def statutory_over(case: Case, law: Law) -> Verdict:
    """超法定时限: decided after the statutory due date, or not decided though it has passed."""
    clock = statutory_clock(case, law)
    if not isinstance(clock, Clock):
        return clock
    return overdue(law, clock, ((clock.late_from, law.get(LEVEL)),))


def earliest(case: Case, law: Law) -> int:
    """Return the instant before which nothing can be late, NEVER once it was decided in time."""
    stop = statutory_stop(case, law)
    if case.accepted is None and stop is None:
        return silence_from(case, law)
    return earliest_overdue(law, running_statutory(case, law), stop)


RULE = Rule(
    number=3,
    id="OT_STATUTORY_OVER",
    name="超法定时限",
    family=Family.TIME,
    basis="行政许可法 42、45、74、82",
    says="扣除特别程序、计入依法延长后，法定到期日已过而未作决定，或决定晚于法定到期日",
    reads=facts.CLOCK | facts.DECIDED | facts.CLOSED,
    ends=facts.CLOSED,
    kinds=(filing.Accepted, filing.Closed, handling.DecisionMade, handling.PauseStarted, handling.ExtensionGranted),
    since=date(2026, 1, 1),
    params=(LEVEL, STOPS_AT, NET),
    judge=statutory_over,
    glance=earliest,
    figures=CLOCK_FIGURES,
    group="deadline",
    rank=1,
    runbook=(
        "核对事项在受理日的版本：法定时限及其依据，有无特别法另定期限，是否联合办理（45 日）",
        "逐段核对不计入的特别程序（pause.started 至 pause.ended）与延长批件（extension.granted）的原件",
        "调取到期日前后各五个工作日的环节记录与决定文书，查明未按期决定的岗位，责令三日内书面说明",
    ),
    blind_spots=("没有决定事件的来源以办结代替决定，会晚于实际决定", "延长批件迟报的，先发卡后转待核"),
)
