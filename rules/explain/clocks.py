"""A deadline with its arithmetic, line by line."""

from rules.calendar import WorkCalendar
from rules.catalog.models.base import Unit
from rules.clocks.clock import Clock
from rules.clocks.due import Due
from rules.clocks.pauses import OPEN
from rules.explain.words import day_text, instant_text


def due_lines(days: WorkCalendar, due: Due, zone: str) -> tuple[str, ...]:
    """Return how a due date came about: day 0, limit, days off on the way, what moved it, when it is too late."""
    lines = [f"起算日（第 0 日，不计入）：{day_text(due.start)}"]
    if due.limit.n:
        lines.append(f"时限：{due.limit}")
    if due.limit.unit in {Unit.WORKING_DAY, Unit.NATURAL_DAY, Unit.MONTH}:
        lines.append(f"原到期日：{day_text(due.base)}")
    for span in due.excluded:
        until = "未结束" if span.through >= OPEN else day_text(span.through)
        counted = "" if span.through >= OPEN else f"，不计入 {span.n} 日"
        lines.append(f"特别程序 {span.event_id}：{day_text(span.after)} 次日起至 {until}{counted}")
    lines += [f"延长 {more.event_id}：{day_text(more.after)} 申请，加 {more.n} 日" for more in due.extended]
    if due.day is None:
        lines.append("特别程序尚未结束，到期日未定")
        return tuple(lines)
    if due.limit.unit is Unit.WORKING_DAY and due.day > due.start:
        lines += _days_off(days, due.start, due.day)
    lines.append(f"到期日：{day_text(due.day)}{'' if due.certain else '（暂定）'}")
    if due.assumption is not None:
        lines.append(f"假设：{due.assumption}")
    lines.append(f"自 {instant_text(due.late_from, zone)} 起为逾期")
    return tuple(lines)


def clock_lines(days: WorkCalendar, clock: Clock, zone: str) -> tuple[str, ...]:
    """Return the arithmetic of a clock of a case: acceptance, deadline, what stopped it."""
    accepted = clock.accepted
    lines: list[str] = []
    if accepted.deemed:
        lines.append(f"逾期未告知，自收到申请之日即为受理（行政许可法 32）：事件 {accepted.by.event.event_id}")
    else:
        lines.append(f"受理：事件 {accepted.by.event.event_id}，{day_text(accepted.day)}")
    if clock.printed:
        lines.append("受理回执所载日期早于计算所得，以回执为准")
    if clock.slip_later is not None:
        lines.append(f"受理回执所载日期 {clock.slip_later} 晚于计算所得，以计算所得为准")
    lines += due_lines(days, clock.due, zone)
    if clock.late_from != clock.due.late_from and clock.due.day is not None:
        lines.append(f"实际自 {instant_text(clock.late_from, zone)} 起可认定逾期")
    if clock.stop is not None:
        lines.append(f"止于：事件 {clock.stop.event.event_id}，{instant_text(clock.stop.at, zone)}")
    else:
        lines.append("尚未停止")
    return tuple(lines)


def _days_off(days: WorkCalendar, after: int, through: int) -> list[str]:
    """Return the holidays and worked weekends on the way, and the count of working days."""
    special = days.special_between(after, through)
    off = [one for one in special if not one.is_working]
    worked = [one for one in special if one.is_working]
    lines = []
    if off:
        lines.append("其间放假：" + "、".join(f"{day_text(one.day)}{one.name}" for one in off))
    if worked:
        lines.append("其间调休上班：" + "、".join(day_text(one.day) for one in worked))
    lines.append(f"{day_text(after)} 次日至 {day_text(through)} 共 {days.working_between(after, through)} 个工作日")
    return lines
