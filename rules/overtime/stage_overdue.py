"""OT_STAGE_OVERDUE 环节超时."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from math import floor
from typing import NamedTuple

from rules.calendar import CalendarError
from rules.cases import facts
from rules.cases.case import Case, Stage
from rules.catalog.models.base import Limit, Unit
from rules.clocks.deadline import Due, Start
from rules.clocks.due import due_of
from rules.clocks.pauses import PausedSpan, paused_spans
from rules.declare import Family, Rule, Subjects
from rules.events import handling
from rules.events.instants import instant_of
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, NEVER, Breach, Clear, Later, NotApplicable, Rung, Undecided, Verdict

RED_FACTOR: Param[Decimal | None] = Param(
    "OT_STAGE_OVERDUE.red_factor",
    "用时超过时限几倍转红牌",
    ParamKind.NUMBER,
    default=Decimal(2),
    basis="本项目约定",
    unit="倍",
    optional=True,
)

NO_STAGES = (("", NotApplicable("没有环节记录")),)
NO_LIMIT = Clear("环节未定时限")
NO_START = Undecided("环节开始时间")
DATE_CHARS = 10
PRINTED = "来源所载环节应办结时间"


class Deadline(NamedTuple):
    """When a stage is late: from which instant, the due day, what was taken out, and what that rests on."""

    late_from: int
    day: int
    excluded: tuple[str, ...]
    n_excluded: int
    red_from: int
    assumption: str | None
    basis: str


def stage_overdue(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict | Later]]:
    """环节超时: a stage took longer than its limit, or than the time printed for it, or still does."""
    if touched is not None:
        stage = case.stages.get(touched)
        return () if stage is None else ((touched, _judge(case, law, stage)),)
    if not case.stages:
        return NO_STAGES
    return [(key, _judge(case, law, stage)) for key, stage in case.stages.items()]


def _judge(case: Case, law: Law, stage: Stage) -> Verdict | Later:
    completed, entered, started, ended = stage.completed, stage.entered, stage.started, stage.ended
    printed = completed.event.due_at if completed is not None else None
    if printed is None and entered is not None:
        printed = entered.event.due_at
    least = law.flow.least.get(stage.code)
    if started is not None and least is not None and printed is None:
        if ended is None and case.closed is None and case.withdrawn is None:
            limit = law.flow.stages[stage.code].limit
            until = _first(law, limit, started, started + least)
            return Later(until, partial(_in_full, case, law, stage, limit, None))
        if ended is not None and ended < started + least:
            return CLEAR
    definition = law.flow.stages.get(stage.code)
    limit = definition.limit if definition is not None else None
    if printed is None:
        if limit is None:
            return NO_LIMIT
        if started is None:
            return NO_START
    return _in_full(case, law, stage, limit, printed)


def _first(law: Law, limit: Limit | None, started: int, least: int) -> int:
    """Return the instant before which an open stage is not late: pauses only make it later."""
    if limit is None or limit.unit is not Unit.WORKING_DAY:
        return least
    days = law.days
    try:
        return days.end_of_nth(days.day_of(started), limit.n)
    except CalendarError:
        return least


def _in_full(case: Case, law: Law, stage: Stage, limit: Limit | None, printed: str | None) -> Verdict:
    try:
        deadline = _deadline(case, law, stage, limit, printed)
    except CalendarError as err:
        return Undecided(f"工作日历（{err}）", calendar=True)
    return _late(case, law, stage, limit, deadline) if deadline is not None else CLEAR


def _deadline(case: Case, law: Law, stage: Stage, limit: Limit | None, printed: str | None) -> Deadline | None:
    """Return the earlier of the printed deadline and that of the limit; None while suspended without either."""
    found: Deadline | None = None
    if printed is not None:
        at_date = len(printed) == DATE_CHARS
        day = date.fromisoformat(printed).toordinal() if at_date else law.days.day_of(instant_of(printed))
        found = Deadline(law.days.start_of(day + 1), day, (), 0, NEVER, None, PRINTED)
    if limit is None or stage.started is None:
        return found
    filed = stage.filed
    exact = filed is None or filed.exact
    day = law.days.day_of(stage.started)
    start = Start(day, stage.started if exact else law.days.start_of(day + 1))
    spans = paused_spans(case, law.days) if case.pauses else []
    due = due_of(law.days, limit, start, spans)
    if due.day is None:
        return found
    red_from = _red_from(law, limit, start, spans)
    if found is not None and found.late_from <= due.late_from:
        return found._replace(red_from=red_from)
    basis = law.version.basis if law.version is not None else ""
    taken = tuple(span.event_id for span in due.excluded)
    n_taken = sum(span.n for span in due.excluded)
    return Deadline(due.late_from, due.day, taken, n_taken, red_from, due.assumption, basis)


def _red_from(law: Law, limit: Limit, start: Start, spans: list[PausedSpan]) -> int:
    factor = law.get(RED_FACTOR)
    if factor is None:
        return NEVER
    more = limit.model_copy(update={"n": floor(limit.n * factor)})
    due: Due = due_of(law.days, more, start, spans)
    return due.late_from if due.certain else NEVER


def _late(case: Case, law: Law, stage: Stage, limit: Limit | None, deadline: Deadline) -> Verdict:
    ended, finished = stage.ended, case.finished
    stop = ended if ended is not None else finished.at if finished is not None else None
    stopped_by = stage.completed if ended is not None else finished
    if stop is not None and stop < deadline.late_from and _for_certain(law, deadline, stop):
        return CLEAR
    if deadline.assumption is not None:
        day = date.fromordinal(deadline.day).isoformat()
        return Undecided(f"{deadline.assumption}；暂定到期日 {day}", calendar=True)
    grace = law.grace if ended is None else 0
    steps = [(deadline.late_from, Level.YELLOW)]
    if deadline.red_from < NEVER:
        steps.append((deadline.red_from, Level.RED))
    rungs = tuple(Rung(since, level, since + grace) for since, level in steps if stop is None or since <= stop)
    figures = (
        _name(law, stage),
        law.days.day_of(stage.started) if stage.started is not None else None,
        str(limit) if limit is not None else None,
        deadline.n_excluded,
        deadline.day,
        law.days.day_of(stop) if stop is not None else None,
        deadline.basis,
    )
    told = (stage.entered, *deadline.excluded, stopped_by)
    events = dict.fromkeys(one if isinstance(one, str) else one.event.event_id for one in told if one is not None)
    return Breach(rungs, tuple(events), figures)


def _for_certain(law: Law, deadline: Deadline, stop: int) -> bool:
    """Return whether what ended by the due date did so whatever a calendar not yet known will say."""
    return deadline.assumption is None or law.days.day_of(stop) <= law.days.certain_through


def _name(law: Law, stage: Stage) -> str:
    definition = law.flow.stages.get(stage.code)
    name = definition.name if definition is not None else stage.filed.event.stage_name if stage.filed else None
    return f"{stage.key} {name}" if name else stage.key


RULE = Rule(
    number=4,
    id="OT_STAGE_OVERDUE",
    name="环节超时",
    family=Family.TIME,
    basis="实施清单所定环节时限；行政许可法 82；各地电子监察办法",
    says="环节用时超过该环节的时限（扣除环节内的特别程序），或晚于来源所载的环节应办结日期；超过若干倍转红牌",
    reads=facts.STAGES | facts.ENTERED | facts.PAUSES | facts.CLOSED | facts.LAW,
    follows=facts.STAGES | facts.ENTERED,
    ends=facts.CLOSED,
    kinds=(handling.StageEntered, handling.StageCompleted, handling.PauseStarted, handling.PauseEnded),
    since=date(2026, 1, 1),
    params=(RED_FACTOR,),
    judge_each=stage_overdue,
    needs="stages",
    subjects=Subjects.STAGE,
    figures=(
        ("环节", "text"),
        ("开始日", "day"),
        ("时限", "text"),
        ("不计入日数", "count"),
        ("到期日", "day"),
        ("结束日", "day"),
        ("依据", "text"),
    ),
    runbook=(
        "核对该环节的接收与办结时间（stage.entered、stage.completed 的 ended_at）及经办岗位",
        "查环节期间有无特别程序、补正或退回；退回后重做的按次分别计时",
        "同一岗位近一个月超时三次以上的，约谈岗位负责人并核对其在办件数",
    ),
    blind_spots=("以开始时间代填结束时间的来源看不出超时", "没有开始时间的环节无法计时"),
)
