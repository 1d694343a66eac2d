"""OT_PAUSE_ABUSE 滥用挂起."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import floor
from typing import NamedTuple

from rules.cases import facts
from rules.cases.case import Case, Pause
from rules.catalog.models.base import Unit
from rules.clocks.clock import Clock, promise_clock
from rules.clocks.deadline import Excluded
from rules.clocks.pauses import OPEN, lawful
from rules.clocks.standing import due_standing
from rules.declare import Family, Rule, Subjects
from rules.events import handling
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, Breach, NotApplicable, Rung, Undecided, Verdict

NEAR_DUE: Param[int | None] = Param(
    "OT_PAUSE_ABUSE.near_due",
    "到期前几日内启动算临期挂起",
    ParamKind.DAYS,
    default=1,
    basis="本项目约定",
    unit="工作日",
    optional=True,
)
COUNT: Param[int | None] = Param(
    "OT_PAUSE_ABUSE.count",
    "第几次挂起起算过多",
    ParamKind.COUNT,
    default=3,
    basis="本项目约定",
    unit="次",
    optional=True,
)
SHARE: Param[Decimal | None] = Param(
    "OT_PAUSE_ABUSE.share",
    "累计不计入时间可为承诺时限的几倍",
    ParamKind.NUMBER,
    default=Decimal(2),
    basis="本项目约定",
    unit="倍",
    optional=True,
)

NO_PAUSES = (("", NotApplicable("没有特别程序")),)


class Cause(NamedTuple):
    """One thing wrong with a pause: from when, how grave, in words; ``waits`` where it rests on no end being known."""

    since: int
    level: Level
    text: str
    waits: bool = False


def pause_abuse(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """滥用挂起: a pause of no lawful kind, begun near or after the due date, one too many, too long, or not told."""
    if not case.pauses:
        return NO_PAUSES
    over = _over_share(case, law)
    return [
        (pause.started.event.event_id, _judge(case, law, pause, number, over))
        for number, pause in enumerate(case.pauses, 1)
    ]


def _judge(case: Case, law: Law, pause: Pause, number: int, over: tuple[str, Cause] | None) -> Verdict:
    started = pause.started
    event, at = started.event, started.at
    causes: list[Cause] = []
    missing = "" if event.kind is not None else "特别程序种类"
    if event.kind is not None and not lawful(pause):
        causes.append(Cause(at, Level.YELLOW, f"种类「{event.kind_name or event.kind.value}」不在法定八种之内"))
    due = due_standing(case, law, (started.day, True, event.event_id))
    due_day = due.day if due is not None else None
    if due is not None and due_day is not None:
        near = _near(law, started.day, due_day)
        if near is not None and due.certain:
            causes.append(Cause(at, *near))
        elif near is not None:
            missing = missing or due.assumption or ""
    count = law.get(COUNT)
    if count is not None and number >= count:
        causes.append(Cause(at, Level.YELLOW, f"第 {number} 次挂起"))
    if event.applicant_told is False:
        causes.append(Cause(at, Level.YELLOW, "未书面告知申请人"))
    if over is not None and over[0] == event.event_id and not (causes and over[1].waits):
        causes.append(over[1])
    if not causes:
        return Undecided(missing) if missing else CLEAR
    figures = (
        event.kind_name or (event.kind.value if event.kind is not None else None),
        started.day,
        pause.ended.day if pause.ended is not None else None,
        due_day,
        number,
        "；".join(cause.text for cause in causes),
    )
    earlier = [one.started.event.event_id for one in case.pauses[:number]]
    return Breach(_rungs(causes, law), tuple(earlier), figures, missing=missing)


def _near(law: Law, started: int, due: int) -> tuple[Level, str] | None:
    written = date.fromordinal(due).isoformat()
    if started > due:
        return Level.RED, f"到期日 {written} 之后启动"
    near = law.get(NEAR_DUE)
    if near is not None and law.days.working_between(started, due) <= near:
        return Level.YELLOW, f"临近到期日 {written} 启动"
    return None


def _over_share(case: Case, law: Law) -> tuple[str, Cause] | None:
    """Return the pause with which the time taken out exceeds its share of the promised limit, and from when."""
    share = law.get(SHARE)
    clock = promise_clock(case, law)
    if share is None or not isinstance(clock, Clock) or not clock.due.excluded:
        return None
    due = clock.due
    working = due.limit.unit is Unit.WORKING_DAY
    promised = law.days.working_between(due.start, due.base) if working else due.base - due.start
    left = floor(share * promised)
    for span in due.excluded:
        if span.through >= OPEN or span.n > left:
            return _exceeded(case, law, span, left + 1, working=working)
        left -= span.n
    return None


def _exceeded(case: Case, law: Law, span: Excluded, nth: int, *, working: bool) -> tuple[str, Cause] | None:
    day = law.days.nth_after(span.after, nth) if working else span.after + nth
    since = law.days.start_of(day)
    finished = case.finished
    if not law.days.is_certain(day) or (span.through >= OPEN and finished is not None and finished.at <= since):
        return None
    if span.through >= OPEN:
        return span.event_id, Cause(since, Level.YELLOW, f"至 {date.fromordinal(day)} 仍未恢复，累计过长", waits=True)
    return span.event_id, Cause(since, Level.YELLOW, "累计挂起时间过长")


def _rungs(causes: Iterable[Cause], law: Law) -> tuple[Rung, ...]:
    rungs: list[Rung] = []
    for cause in sorted(causes, key=lambda cause: (cause.since, -cause.level)):
        if not rungs or cause.level > rungs[-1].level:
            rungs.append(Rung(cause.since, cause.level, cause.since + (law.grace if cause.waits else 0)))
    return tuple(rungs)


RULE = Rule(
    number=6,
    id="OT_PAUSE_ABUSE",
    name="滥用挂起",
    family=Family.TIME,
    basis="行政许可法 45",
    says="以法定八种之外的事由挂起，或临近、超过到期日才挂起，或次数过多、时间过长，或未书面告知申请人",
    reads=facts.CLOCK | facts.CLOSED,
    ends=facts.CLOSED,
    kinds=(handling.PauseStarted, handling.PauseEnded),
    since=date(2026, 1, 1),
    params=(NEAR_DUE, COUNT, SHARE),
    judge_each=pause_abuse,
    needs="pauses",
    subjects=Subjects.EVENT,
    licences_only=True,
    figures=(
        ("种类", "text"),
        ("开始日", "day"),
        ("结束日", "day"),
        ("当时到期日", "day"),
        ("第几次", "count"),
        ("问题", "text"),
    ),
    runbook=(
        "调取特别程序批件：种类（kind、kind_name）、启动依据、批准人、书面告知送达回证",
        "向受委托的检验、检测、鉴定或评审机构核实委托日与报告日，与挂起起止日比对",
        "属临期或超期后启动的，查启动日前三个工作日的环节记录，确认是否为躲避超时而挂起",
    ),
    blind_spots=("确属到期前才需专家评审的也会提示，由监察人员核实", "种类代码笼统而名称未报的无法判定"),
)
