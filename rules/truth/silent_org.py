"""DQ_SILENT_ORG 零报送、断流."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from rules.agencies.agency import Agency
from rules.agencies.fold import HEARD_AT
from rules.calendar import CalendarError
from rules.cases import facts
from rules.catalog.models.people import Agency as Listed
from rules.declare import Family, Rule, Subjects, Tier
from rules.events.data import Heartbeat
from rules.events.instants import from_datetime
from rules.events.second import OrgReported
from rules.events.words import Level
from rules.law import Law
from rules.params import Param, ParamKind
from rules.verdicts import CLEAR, NEVER, Breach, NotApplicable, Rung, Undecided, Verdict

DAYS = Param(
    "DQ_SILENT_ORG.days",
    "几个工作日没有数据即提示",
    ParamKind.DAYS,
    default=1,
    basis="本项目约定：应每日报送的部门",
    unit="工作日",
)
YELLOW_AFTER: Param[int | None] = Param(
    "DQ_SILENT_ORG.yellow_after",
    "几个工作日仍没有数据转黄牌",
    ParamKind.DAYS,
    default=3,
    basis="本项目约定",
    unit="工作日",
    optional=True,
)
NOT_DAILY = NotApplicable("目录未要求该部门每日报送")


def silent_org(agency: Agency, law: Law, touched: str | None) -> Iterable[tuple[str, Verdict]]:
    """零报送、断流: an agency that reports daily was not heard of for so many whole working days, until it was again.

    What our log received counts, so nothing about it can still be late. Days of a declared outage of its source do not
    count. The subject is the last date it was heard of, ``yyyymmdd``.
    """
    listed = law.catalog.agencies.get(agency.org_code)
    if listed is None or not listed.reports_daily:
        return (("", NOT_DAILY),)
    day_of = law.days.day_of
    if touched is None or not touched.startswith(HEARD_AT):
        return [_answer(agency, law, listed, day) for day in dict.fromkeys(map(day_of, agency.days))]
    day = day_of(int(touched.removeprefix(HEARD_AT)))
    before = bisect_left(agency.days, law.days.start_of(day)) - 1
    concerned = (day,) if before < 0 else (day_of(agency.days[before]), day)
    return [_answer(agency, law, listed, one) for one in concerned]


def _answer(agency: Agency, law: Law, listed: Listed, day: int) -> tuple[str, Verdict]:
    following = bisect_left(agency.days, law.days.start_of(day + 1))
    again = agency.days[following] if following < len(agency.days) else NEVER
    return date.fromordinal(day).strftime("%Y%m%d"), _judge(agency, law, listed, agency.days[following - 1], again)


def _judge(agency: Agency, law: Law, listed: Listed, last: int, again: int) -> Verdict:
    """Return the answer about the silence between the last record of a date and the next one."""
    days = law.days
    day = days.day_of(last)
    start = max(day, listed.span[0] - 1, 0 if listed.go_live_at is None else listed.go_live_at.toordinal() - 1)
    n, yellow_after = law.get(DAYS), law.get(YELLOW_AFTER)
    ended = again if listed.until is None else min(again, days.start_of(listed.span[1]))
    if ended <= days.start_of(start + 1):
        return CLEAR
    try:
        first = _silent_for(agency, law, start, n)
        second = None if yellow_after is None else _silent_for(agency, law, start, yellow_after)
    except CalendarError as err:
        return Undecided(f"工作日历（{err}）", calendar=True)
    since = days.start_of(first + 1)
    if ended <= since:
        return CLEAR
    assumption = days.assumption_between(start, first)
    if assumption is not None:
        return Undecided(assumption, calendar=True)
    rungs = [Rung(since, Level.NOTICE, since)]
    missing = None if second is None else days.assumption_between(start, second)
    if second is not None and missing is None:
        rungs.append(Rung(days.start_of(second + 1), Level.YELLOW, days.start_of(second + 1)))
    ids = [agency.heard[last]] if again == NEVER else [agency.heard[last], agency.heard[again]]
    figures = (day, days.nth_after(start, 1), first, None if again == NEVER else again)
    return Breach(tuple(rungs), tuple(ids), figures, ended=ended, missing=missing or "")


def _silent_for(agency: Agency, law: Law, start: int, n: int) -> int:
    """Return the n-th working day after a day (ordinal), days of a declared outage not counted."""
    days = law.days
    day = days.nth_after(start, n)
    if law.source is None or not law.source.outages:
        return day
    day, left = start, n
    while left:
        day = days.nth_after(day, 1)
        left -= not _is_down(agency, law, day)
    return day


def _is_down(agency: Agency, law: Law, day: int) -> bool:
    begin, end = law.days.start_of(day), law.days.start_of(day + 1)
    listed = law.catalog.agencies.get(agency.org_code)
    region = (listed.region if listed is not None else None) or agency.region_code or ""
    return law.source is not None and any(
        from_datetime(down.start) < end
        and from_datetime(down.end) > begin
        and (not down.regions or any(region.startswith(code) for code in down.regions))
        for down in law.source.outages
    )


RULE = Rule(
    number=70,
    id="DQ_SILENT_ORG",
    name="零报送、断流",
    family=Family.DATA,
    basis="各地电子监察办法：实时、完整、准确交换数据；天数为本项目约定",
    says="应每日报送的部门整个工作日没有任何数据或心跳；持续若干工作日转黄牌",
    reads=facts.REPORTS | facts.LAW,
    follows=facts.REPORTS,
    kinds=(OrgReported, Heartbeat),
    since=date(2026, 1, 1),
    params=(DAYS, YELLOW_AFTER),
    judge_each=silent_org,
    subjects=Subjects.PERIOD,
    tier=Tier.AGENCY,
    figures=(
        ("最后报送日", "day"),
        ("未报送的首个工作日", "day"),
        ("提示依据的最后一日", "day"),
        ("恢复报送", "instant"),
    ),
    runbook=(
        "查该部门数据来源的心跳（source.heartbeat）与前置机日志，分清系统断流与确无业务",
        "断流的，联系来源运维恢复并补报断流期间的全部记录（补报会计入事后补录）",
        "确无业务的，改由心跳证明在线，或在目录中取消每日报送（reports_daily）",
    ),
    blind_spots=(
        "业务少的小部门没有心跳会误报，宜接入心跳",
        "只报心跳、不报业务的看不出",
        "临时公告（source.outage）而未载入目录的停机不扣除",
    ),
)
