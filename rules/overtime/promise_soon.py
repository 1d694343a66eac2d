"""OT_PROMISE_SOON 承诺时限临期."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import ceil

from rules.cases import facts
from rules.cases.case import Case
from rules.catalog.models.base import Unit
from rules.clocks.acceptance import silence_from
from rules.clocks.clock import Answer, Clock, promise_clock, running_promise
from rules.clocks.overdue import SUSPENDED
from rules.declare import Family, Rule, Subjects
from rules.events import filing, handling
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, NEVER, Breach, NotApplicable, Rung, Undecided, Verdict

BEFORE: Param[int | None] = Param(
    "OT_PROMISE_SOON.before",
    "到期前几日提示",
    ParamKind.DAYS,
    default=1,
    basis="梅州市府〔2008〕15号 4(1)：到期前一日",
    unit="工作日（自然日时限为自然日）",
    optional=True,
)
USED_SHARE: Param[Decimal | None] = Param(
    "OT_PROMISE_SOON.used_share",
    "时限用去几成提示",
    ParamKind.NUMBER,
    default=None,
    basis="榆林市电子监察实施细则：承诺时限的 90%",
    unit="比例",
    optional=True,
)
LEVEL = Param("OT_PROMISE_SOON.level", "临期的级别", ParamKind.LEVEL, default=Level.NOTICE, basis="各地办法不一")

SHORT_DAYS = 2
NO_TRIGGER = NotApplicable("方案未设临期提示")
SHORT = NotApplicable("时限不超过两个工作日，不提示临期")


def promise_soon(case: Case, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """承诺时限临期: the promised due date is near and the case neither closed nor suspended; the subject is it."""
    clock = promise_clock(case, law)
    if not isinstance(clock, Clock):
        return (("", clock),)
    if clock.due.day is None:
        return (("", SUSPENDED),)
    subject = date.fromordinal(clock.due.day).strftime("%Y%m%d")
    return ((subject, _judge(clock, clock.due.day, law)),)


def earliest(case: Case, law: Law) -> int:
    """Return the start of the day from which the due date is near, NEVER where nothing is said of it."""
    finished = case.finished
    if case.accepted is None and finished is None:
        return silence_from(case, law)
    since: int | None = case.clocks.get("soon")
    if since is None:
        since = case.clocks["soon"] = _first(running_promise(case, law), law)
    return NEVER if finished is not None and finished.at <= since else since


def _first(clock: Answer, law: Law) -> int:
    if not isinstance(clock, Clock) or clock.due.day is None or clock.due.assumption is not None:
        return NEVER
    since = _since(clock, clock.due.day, law)
    return NEVER if isinstance(since, NotApplicable) or since >= clock.late_from else since + law.grace


def _judge(clock: Clock, due_day: int, law: Law) -> Verdict:
    due, stop = clock.due, clock.stop
    since = _since(clock, due_day, law)
    if isinstance(since, NotApplicable):
        return since
    if stop is not None and stop.at <= since:
        return CLEAR
    if due.assumption is not None:
        return Undecided(f"{due.assumption}；暂定到期日 {date.fromordinal(due_day).isoformat()}", calendar=True)
    ended = clock.late_from if stop is None else min(stop.at, clock.late_from)
    if ended <= since:
        return CLEAR
    moved = (*(e.event_id for e in due.excluded), *(a.event_id for a in due.extended))
    figures = (
        due.start,
        str(due.limit) if due.limit.n else "受理回执所载日期",
        sum(span.n for span in due.excluded),
        sum(more.n for more in due.extended),
        due_day,
        law.days.day_of(since),
        clock.basis,
    )
    rung = Rung(since, law.get(LEVEL), since + law.grace)
    return Breach((rung,), (clock.accepted.by.event.event_id, *moved), figures, ended=ended)


def _since(clock: Clock, due_day: int, law: Law) -> int | NotApplicable:
    """Return the instant from which the due date is near: not before acceptance, nor before silence made it one."""
    before, share = law.get(BEFORE), law.get(USED_SHARE)
    days, due = law.days, clock.due
    natural = due.limit.unit in {Unit.NATURAL_DAY, Unit.MONTH} and not clock.printed
    if share is not None:
        total = due_day - due.start if natural else days.working_between(due.start, due_day)
        total -= sum(span.n for span in due.excluded)
        before = max(0, total - ceil(share * total))
    elif before is None:
        return NO_TRIGGER
    if days.working_between(due.start, due.base) <= SHORT_DAYS:
        return SHORT
    near = due_day - before if natural else days.nth_before(due_day, before)
    return max(days.start_of(near), clock.accepted.at, clock.accepted.known_from)


RULE = Rule(
    number=1,
    id="OT_PROMISE_SOON",
    name="承诺时限临期",
    family=Family.TIME,
    basis="梅州市府〔2008〕15号 4(1)；榆林市电子监察实施细则；行政许可法 82",
    says="承诺到期日临近而办件既未办结也未挂起",
    reads=facts.CLOCK | facts.CLOSED,
    ends=facts.CLOSED,
    kinds=(filing.Accepted, filing.Closed, filing.Withdrawn, handling.PauseStarted, handling.PauseEnded),
    since=date(2026, 1, 1),
    params=(BEFORE, USED_SHARE, LEVEL),
    judge_each=promise_soon,
    glance=earliest,
    subjects=Subjects.DUE_DATE,
    figures=(
        ("起算日", "day"),
        ("时限", "text"),
        ("不计入日数", "count"),
        ("延长", "count"),
        ("到期日", "day"),
        ("提示日", "day"),
        ("依据", "text"),
    ),
    group="deadline",
    rank=3,
    is_notice=True,
    closes_when_moved=True,
    runbook=(
        "查当前环节（最近一条 stage.entered）及其经办岗位，当日内联系承办人",
        "到期日前一个工作日仍未到决定环节的，请承办科室书面说明能否按期",
        "确需延长的，在到期日前办理 extension.granted 并告知申请人理由",
    ),
    blind_spots=("来源当日才批量上报办结的，提示会先于办结数据到达",),
)
