"""What becomes overdue next: open cases by due date, from today on, with the first of each day."""

from collections import defaultdict
from typing import TYPE_CHECKING

from rules.explain.words import day_text
from streams.cli.demo.scene import heading
from streams.cli.demo.view import View
from streams.cli.table import Column, print_table

if TYPE_CHECKING:
    from rich.console import Console

    from sinks.clickhouse.stored import CaseState

DAYS = 5
"""Working days looked ahead, today included where it is one."""
CASES_A_DAY = 2
COLUMNS = (
    Column("到期日", style="bold"),
    Column(""),
    Column("承诺", right=True),
    Column("法定", right=True),
    Column("先到的办件", gives=True),
    Column("", gives=True, tail=True, style="dim"),
)
WHEN = {0: "今天", 1: "明天", 2: "后天"}


def show_soon(to: "Console", view: View) -> None:
    """Show what becomes overdue next."""
    running = [one for one in view.cases if one.open and not one.suspended]
    suspended = sum(1 for one in view.cases if one.open and one.suspended)
    beside = f"在办 {len(running) + suspended:,} 件，其中挂起 {suspended:,} 件；到期日当日办结为按时"
    heading(to, "二、接下来谁要超期", beside)
    promised = _by_due([(one.promise_due, one) for one in running if one.promise_certain])
    statutory = _by_due([(one.statutory_due, one) for one in running if one.statutory_certain])
    rows: list[tuple[str | int, ...]] = []
    for day in _ahead(view):
        due = (promised.get(day, []), statutory.get(day, []))
        cases = list({one.case_id: one for many in due for one in many}.values())[:CASES_A_DAY]
        shown = [(view.place(one.org_code, one.task_code), one.case_id) for one in cases] or [("", "")]
        when = WHEN.get(day - view.today, f"{day - view.today} 天后")
        rows.append((day_text(day), when, *(len(many) or "·" for many in due), *shown[0]))
        rows += [("", "", "", "", *more) for more in shown[1:]]
    print_table(to, COLUMNS, rows)
    provisional = sum(1 for one in running if _provisional(one))
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
