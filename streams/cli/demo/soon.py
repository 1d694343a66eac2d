"""What becomes overdue next: open cases by due date, from today on, with the first of each day."""

from collections import defaultdict
from typing import TYPE_CHECKING

from rules.explain.words import day_text
from streams.cli.demo.red import short_org
from streams.cli.demo.view import View, heading
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.stored import CaseState

DAYS = 5
"""Working days looked ahead, today included where it is one."""
COLUMNS = (
    Column("到期日", style="bold"),
    Column(""),
    Column("承诺", right=True),
    Column("法定", right=True),
    Column("首批办件", gives=True),
)


def show_soon(to: "Console", view: View) -> None:
    """Show what becomes overdue next."""
    open_cases = [one for one in view.cases if one.open and not one.suspended]
    suspended = sum(1 for one in view.cases if one.open and one.suspended)
    beside = f"在办 {len(open_cases) + suspended:,} 件，其中挂起 {suspended:,} 件；按到期日当日办结即为按时"
    heading(to, "二、接下来谁要超期", beside)
    promised = _by_due([(one.promise_due, one) for one in open_cases if one.promise_certain])
    statutory = _by_due([(one.statutory_due, one) for one in open_cases if one.statutory_certain])
    rows = []
    for day in _ahead(view):
        due = [*promised.get(day, ()), *statutory.get(day, ())]
        cases = list({one.case_id: one for one in due}.values())
        first = "，".join(f"{one.case_id} {short_org(one.org_name, view)}·{one.task_name}" for one in cases[:2])
        more = f" 等 {len(cases)} 件" if len(cases) > 2 else ""  # noqa: PLR2004 - two are shown
        when = {0: "今天", 1: "明天", 2: "后天"}.get(day - view.today, f"{day - view.today} 天后")
        rows.append(
            (day_text(day), when, len(promised.get(day, ())) or "·", len(statutory.get(day, ())) or "·", first + more)
        )
    print_table(to, COLUMNS, rows)
    provisional = sum(1 for one in open_cases if _provisional(one))
    if provisional:
        to.print(f"另有 {provisional:,} 件的到期日落在尚未公布的工作日历上：暂定，不据此发卡", style="dim")


def _by_due(due: "list[tuple[int | None, CaseState]]") -> "dict[int, list[CaseState]]":
    found: defaultdict[int, list[CaseState]] = defaultdict(list)
    for day, one in due:
        if day is not None:
            found[day].append(one)
    return found


def _provisional(one: "CaseState") -> bool:
    return (one.promise_due is not None and not one.promise_certain) or (
        one.statutory_due is not None and not one.statutory_certain
    )


def _ahead(view: View) -> list[int]:
    """Return today if it is a working day, and the working days after it."""
    days = view.catalog.days
    first = [view.today] if days.is_working(view.today) else []
    return [*first, *(days.nth_after(view.today, n) for n in range(1, DAYS + 1 - len(first)))]
