"""The deadlines of a matter from a start, each with its arithmetic: what ``jiancha due`` shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rules.calendar import CalendarError, WorkCalendar
from rules.catalog.index import Catalog
from rules.catalog.models.base import Limit, Unit
from rules.catalog.models.matters import Matter
from rules.catalog.models.statutes import StatuteId
from rules.clocks.due import Due, Start, due_of
from rules.events.instants import from_datetime, to_datetime
from rules.explain.words import day_text, instant_text
from rules.law import Bearing, Law
from streams.cli.months import months_between, notices_between
from streams.cli.trouble import Trouble

KINDS = ("promise", "statutory", "receipt", "issue")
TITLES = {"promise": "承诺时限", "statutory": "法定时限", "receipt": "受理时限", "issue": "送达时限"}
STARTS = {"promise": "受理当日", "statutory": "受理当日", "receipt": "收件当日", "issue": "决定当日"}
STOPS = {"promise": "办结", "statutory": "作出决定", "receipt": "答复", "issue": "送达"}
IN_HOURS = frozenset({Unit.HOUR, Unit.OFFICE_HOUR})


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One deadline: its kind, where it starts, limit and basis, and the due date; ``why`` says why there is none."""

    kind: str
    start: Start
    limit: Limit | None
    basis: str
    due: Due | None
    why: str = ""


def law_on(catalog: Catalog, matter: Matter, day: int) -> Law:
    """Return the law of a matter on a day; Trouble where no version of it is in force."""
    law = catalog.law(Bearing(matter.code, None, None, None, None, None), day)
    if law.version is None:
        spans = "、".join(f"{v.from_} 至 {v.until or '今'}" for v in matter.versions)
        raise Trouble(f"事项「{matter.name}」在 {date.fromordinal(day)} 没有有效版本；各版本：{spans}")
    return law


def start_of(catalog: Catalog, when: datetime | date) -> tuple[Start, bool]:
    """Return the start a person wrote, in the zone of the catalogue, and whether it is exact."""
    if not isinstance(when, datetime):
        day = when.toordinal()
        return Start(day, catalog.days.start_of(day)), False
    moment = when if when.tzinfo is not None else when.replace(tzinfo=ZoneInfo(catalog.head.zone))
    at = from_datetime(moment)
    return Start(catalog.days.day_of(at), at), True


def reckoned(catalog: Catalog, law: Law, kind: str, start: Start, *, exact: bool) -> Reckoning:
    """Return the deadline of one kind that starts on a day or at an instant."""
    limit, basis = _limit(catalog, law, kind, start.day)
    if limit is None:
        return Reckoning(
            kind, start, None, basis, None, "事项未承诺时限" if kind == "promise" else "目录未载，无法判定"
        )
    if limit.unit in IN_HOURS and not exact:
        return Reckoning(kind, start, limit, basis, None, "按小时计：须写明起算时刻，如 2026-03-02T09:30")
    if kind == "receipt" and exact:
        start = Start(law.days.receipt_day(start.at), start.at)
    try:
        return Reckoning(kind, start, limit, basis, due_of(law.days, limit, start))
    except CalendarError as error:
        return Reckoning(kind, start, limit, basis, None, f"工作日历：{error}")


def _limit(catalog: Catalog, law: Law, kind: str, day: int) -> tuple[Limit | None, str]:
    own = law.version.basis if law.version is not None else ""
    match kind:
        case "promise":
            return law.promise, own
        case "statutory":
            return law.statutory, law.basis
        case "receipt":
            return law.receipt, law.receipt_basis
        case _:
            if law.version is not None and law.version.issue is not None:
                return law.version.issue, own
            statute = catalog.statute(StatuteId.ISSUE, day) if law.is_licence else None
            return (statute.limit, statute.basis) if statute is not None else (None, "")


def lines_of(one: Reckoning, days: WorkCalendar, zone: str) -> Iterator[tuple[str, str]]:
    """Yield the arithmetic of a deadline: what a line is about, and what it says."""
    due, limit = one.due, one.limit
    if due is None or limit is None or due.day is None:
        yield "结论", one.why
        return
    yield from _counted(one.kind, one.start, due, days, zone)
    if limit.unit in IN_HOURS:
        yield "到期", f"{instant_text(due.late_from, zone)} 前{STOPS[one.kind]}为按时"
    else:
        yield "到期", f"{day_text(due.day)}  当日 24:00 前{STOPS[one.kind]}为按时，次日 00:00 起为逾期"
    if due.assumption is not None:
        yield "暂定", f"{due.assumption}；不据此发卡"
    elif limit.unit is not Unit.HOUR:
        yield "确定", "；".join(notices_between(days, due.start, due.day)) or f"日历 {days.version}，其间没有放假调休"


def _counted(kind: str, start: Start, due: Due, days: WorkCalendar, zone: str) -> Iterator[tuple[str, str]]:
    limit = due.limit
    if limit.unit in IN_HOURS:
        yield "起算", f"{instant_text(start.at, zone)}  按小时计，自此刻起算（民法典 201）"
        hours = "只计办公时间" if limit.unit is Unit.OFFICE_HOUR else "昼夜连续"
        yield "计时", f"{limit.n} 小时，{hours}"
        return
    yield "起算", f"{day_text(due.start)}  {STARTS[kind]}为第 0 日，不计入（民法典 201）"
    ends = due.day or due.base
    if limit.unit is Unit.WORKING_DAY:
        for month in months_between(days, due.start, ends):
            counted = f"{month.first.day:>2}日至{month.last.day:>2}日  计 {month.working:>2} 日，累计 {month.total}"
            yield month.title, f"{counted}  {month.not_counted()}".rstrip()
        return
    if limit.unit is Unit.MONTH:
        last = days.add_months(due.start, limit.n)
        yield "数月", f"{limit.n} 个月后的对应日 {day_text(last)}；没有对应日的为月末日（民法典 202）"
    else:
        last = due.start + limit.n
        yield "数日", f"连续数 {limit.n} 日，至 {day_text(last)}"
    if last != ends:
        yield "顺延", f"{day_text(last)} 不是工作日，顺延至次一工作日 {day_text(ends)}（民法典 203）"


def as_data(one: Reckoning, days: WorkCalendar, zone: str) -> dict[str, Any]:
    """Return a deadline as plain data; dates are ISO 8601, ``late_from`` with its zone."""
    due = one.due
    data: dict[str, Any] = {
        "kind": one.kind,
        "limit": one.limit.n if one.limit is not None else None,
        "unit": one.limit.unit.value if one.limit is not None else None,
        "basis": one.basis,
        "calendar": days.version,
        "why": one.why,
    }
    if due is not None and due.day is not None:
        data |= {
            "start": date.fromordinal(due.start).isoformat(),
            "due": date.fromordinal(due.day).isoformat(),
            "late_from": to_datetime(due.late_from).astimezone(ZoneInfo(zone)).isoformat(),
            "certain": due.certain,
            "assumption": due.assumption,
            "lines": [f"{title}：{text}" for title, text in lines_of(one, days, zone)],
        }
    return data
