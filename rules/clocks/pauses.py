"""Which suspensions (挂起) stop a clock, and for which days (行政许可法 45; ``semantics.md`` §3)."""

import msgspec

from rules.calendar import WorkCalendar
from rules.cases.case import Case, Pause
from rules.catalog.models.base import Unit
from rules.events.words import ARTICLE_45

OPEN = 1 << 40
"""End day of a pause that was neither ended nor limited."""


class PausedSpan(msgspec.Struct, frozen=True, gc=False):
    """The days d with ``after`` < d ≤ ``through`` (ordinals) of one lawful pause, and the instants it ran.

    ``by_limit``: it ends where its declared limit ends, not where its end was reported.
    """

    event_id: str
    after: int
    through: int
    since: int
    until: int
    by_limit: bool


def lawful(pause: Pause) -> bool:
    """Return whether the pause is of one of the eight kinds whose time is not counted."""
    return pause.started.event.kind in ARTICLE_45


def limit_day(pause: Pause, days: WorkCalendar) -> int | None:
    """Return the last day of the declared limit, None where none was declared."""
    event = pause.started.event
    if event.limit is None:
        return None
    start = pause.started.day
    match event.limit_unit:
        case Unit.NATURAL_DAY:
            return start + event.limit
        case Unit.MONTH:
            return days.add_months(start, event.limit)
        case Unit.HOUR:
            return days.day_of(days.add_hours(pause.started.at, event.limit))
        case _:
            return days.nth_after(start, event.limit)


def paused_spans(case: Case, days: WorkCalendar) -> list[PausedSpan]:
    """Return the spans of the lawful pauses of a case in order of their start."""
    spans: list[PausedSpan] = []
    for pause in case.pauses:
        if not lawful(pause):
            continue
        started, ended = pause.started, pause.ended
        limit = limit_day(pause, days)
        through, until = (OPEN, 1 << 62) if ended is None else (ended.day, ended.at)
        by_limit = limit is not None and limit < through
        if limit is not None and limit < through:
            through, until = limit, min(until, days.start_of(limit + 1))
        if through >= started.day:
            spans.append(PausedSpan(started.event.event_id, started.day, through, started.at, until, by_limit))
    spans.sort(key=lambda span: (span.after, span.since, span.event_id))
    return spans
