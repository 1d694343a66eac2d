"""SK_BACKFILL 事后补录."""

from datetime import date
from decimal import Decimal
from typing import Any

from rules.calendar import CalendarError
from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed, Key
from rules.catalog.models.sources import Source
from rules.declare import Family, Rule
from rules.events import filing, handling
from rules.events.envelope import Event
from rules.events.instants import MINUTE, from_datetime
from rules.events.kinds import BY_STRUCT, Strand
from rules.events.words import Level, ProjectType
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, NEVER, Breach, NotApplicable, Rung, Undecided, Verdict

DELAY = Param(
    "SK_BACKFILL.delay",
    "迟报超过几日算补录",
    ParamKind.DAYS,
    default=1,
    basis="本项目约定",
    unit="工作日",
)
SHARE: Param[Decimal | None] = Param(
    "SK_BACKFILL.share",
    "补录占比超过多少为黄牌",
    ParamKind.NUMBER,
    default=Decimal("0.2"),
    basis="本项目约定",
    unit="比例",
    optional=True,
)
SPAN: Param[int | None] = Param(
    "SK_BACKFILL.span_minutes",
    "全部环节相距不足几分钟算一次补录",
    ParamKind.MINUTES,
    default=2,
    basis="本项目约定",
    unit="分钟",
    optional=True,
)

EXEMPT = NotApplicable("来源依法可以事后集中报送")
COUNTED = frozenset(of for of, kind in BY_STRUCT.items() if kind.strand in {Strand.FILING, Strand.STAGES})
"""Types of event that count in the share: those of filing and stages."""
FEWEST_STAGES = 3


def backfill(case: Case, law: Law) -> Verdict:
    """事后补录: what happened was reported days later, or all stages carry one time: it was entered afterwards."""
    late_ones, closed = case.late, case.closed
    if not late_ones and closed is None:
        return CLEAR
    if law.source is not None and law.source.backfill_exempt:
        return EXEMPT
    try:
        late = sorted((filed for filed in late_ones if _late(case, filed, law)), key=_place) if late_ones else []
    except CalendarError as err:
        return Undecided(f"工作日历（{err}）", calendar=True)
    at_once = None if closed is None else _all_at_once(case, law, closed)
    if not late:
        return CLEAR if at_once is None else at_once
    return _told(case, law, late)


def _told(case: Case, law: Law, late: list[Filed[Event]]) -> Verdict:
    first = min(late, key=lambda filed: (filed.reported, filed.key))
    rungs = [Rung(first.reported, Level.NOTICE, first.reported)]
    share, closed = law.get(SHARE), case.closed
    total: int | None = None
    if closed is not None:
        counted = [filed for filed in late if type(filed.event) in COUNTED and filed.key <= closed.key]
        total = max(_events(case, closed), len(counted))
        if share is not None and len(counted) > share * total:
            since = max(closed.reported, *(filed.reported for filed in counted))
            rungs.append(Rung(since, Level.YELLOW, since))
    figures = (len(late), total, first.at, first.reported, "迟报")
    return Breach(tuple(rungs), tuple(filed.event.event_id for filed in late), figures)


def _place(filed: Filed[Event]) -> Key:
    return filed.key


def _late(case: Case, filed: Filed[Event], law: Law) -> bool:
    """Return whether an event was reported later than may be, and no exemption or outage excuses it."""
    days = law.days
    by = days.nth_after(filed.day, law.get(DELAY))
    limit = days.start_of(by) + filed.at - days.start_of(filed.day) if filed.exact else days.start_of(by + 1)
    if filed.reported <= limit:
        return False
    name = filed.event.data_source
    source = law.source if name is None else law.catalog.sources.get(name, law.source)
    region = filed.event.region_code or case.region_code
    return source is None or not (source.backfill_exempt or _down(source, filed, region))


def _down(source: Source, filed: Filed[Event], region: str | None) -> bool:
    """Return whether the source was down at any time between the event and its report."""
    for outage in source.outages:
        if outage.regions and region is not None and not any(region.startswith(part) for part in outage.regions):
            continue
        if from_datetime(outage.start) <= filed.reported and from_datetime(outage.end) >= filed.at:
            return True
    return False


def _events(case: Case, closed: Filed[filing.Closed]) -> int:
    """Return how many events of filing and stages there were up to the close; what follows it is no part of it."""
    filing_facts: tuple[Filed[Any] | None, ...] = (
        case.submitted,
        *case.answers,
        case.accepted,
        case.forwarded,
        case.decided,
        closed,
    )
    stages = (filed for stage in case.stages.values() for filed in (stage.entered, stage.completed))
    return sum(filed is not None and filed.key <= closed.key for filed in (*filing_facts, *stages))


def _all_at_once(case: Case, law: Law, closed: Filed[filing.Closed]) -> Verdict | None:
    """Return a notice where three stages or more, all there are, carry one time; a date without time says nothing."""
    span, version = law.get(SPAN), law.version
    if span is None or version is None or version.auto_approve or version.project_type is ProjectType.INSTANT:
        return None
    if case.accepted is not None and case.accepted.event.project_type is ProjectType.INSTANT:
        return None
    first, last, events = NEVER, 0, []
    for stage in case.stages.values():
        completed, ended = stage.completed, stage.ended
        definition = law.flow.stages.get(stage.code)
        if completed is None or ended is None or (definition is not None and definition.auto):
            continue
        if not completed.exact:
            return None
        first, last = min(first, ended), max(last, ended)
        if last - first > span * MINUTE:
            return None
        events.append(completed.event.event_id)
    if len(events) < FEWEST_STAGES or (first == last and first == law.days.start_of(law.days.day_of(first))):
        return None
    figures = (len(events), _events(case, closed), first, last, "全部环节时间相同")
    rung = Rung(closed.at, Level.NOTICE, closed.at + law.grace)
    return Breach((rung,), (*events, closed.event.event_id), figures)


RULE = Rule(
    number=25,
    id="SK_BACKFILL",
    name="事后补录",
    family=Family.DATA,
    basis="成都市行政审批电子监察暂行办法（实时、完整、准确、真实报送）；本项目约定",
    says="事项发生后隔日才报送，或全部环节在几分钟内一次录入：线下办完再补录",
    needs="audited",
    reads=facts.LATE
    | facts.STAGES
    | facts.ENTERED
    | facts.CLOSED
    | facts.LAW
    | facts.SUBMITTED
    | facts.ANSWERED
    | facts.ACCEPTED
    | facts.DECIDED,
    ends=facts.ENTERED | facts.SUBMITTED | facts.ANSWERED | facts.ACCEPTED | facts.DECIDED,
    kinds=(handling.StageCompleted, filing.Accepted, filing.Closed),
    since=date(2026, 1, 1),
    params=(DELAY, SHARE, SPAN),
    judge=backfill,
    figures=(
        ("补录事件数", "count"),
        ("办件事件数", "count"),
        ("首个发生", "instant"),
        ("首个到达或末个发生", "instant"),
        ("情形", "text"),
    ),
    runbook=(
        "比对补录事件的发生时间与到达时间（occurred_at、reported_at），核对同批次其他办件是否同样迟报",
        "查来源当日有无停机公告（source.outage）或网络故障记录，有则补登停机",
        "抽取五件电话回访申请人，核实受理、办结日期与所报一致",
    ),
    blind_spots=("依法夜间集中同步的来源须在目录中登记 backfill_exempt", "停机未公告的会误报"),
)
