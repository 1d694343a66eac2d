"""Which suspensions (挂起) stop a clock, and for which days (行政许可法 45; ``semantics.md`` §3)."""

import msgspec

from rules.calendar import WorkCalendar
from rules.cases.case import Case, Pause
from rules.catalog.models.base import Unit
from rules.events.words import ARTICLE_45
from rules.verdicts import NEVER

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


def limit_end(pause: Pause, days: WorkCalendar) -> tuple[int, int] | None:
    """Return the last day of the declared limit and the instant it ends; None where none was declared.

    A limit without a unit is in working days (行政许可法 82).
    """
    event = pause.started.event
    if event.limit is None or event.limit < 0:
        return None
    start = pause.started.day
    match event.limit_unit:
        case Unit.NATURAL_DAY:
            last = start + event.limit
        case Unit.MONTH:
            last = days.add_months(start, event.limit)
        case Unit.HOUR | Unit.OFFICE_HOUR:
            office = event.limit_unit == Unit.OFFICE_HOUR
            until = (days.add_office_hours if office else days.add_hours)(pause.started.at, event.limit)
            return days.day_of(until), until
        case _:
            last = days.nth_after(start, event.limit)
    return last, days.start_of(last + 1)


def paused_spans(case: Case, days: WorkCalendar) -> list[PausedSpan]:
    """Return the spans of the lawful pauses of a case in order of their start."""
    spans: list[PausedSpan] = []
    for pause in case.pauses:
        if not lawful(pause):
            continue
        started, ended = pause.started, pause.ended
        limit = limit_end(pause, days)
        through, until = (OPEN, NEVER) if ended is None else (ended.day, ended.at)
        by_limit = limit is not None and limit[1] <= until
        if limit is not None and limit[1] <= until:
            through, until = min(limit[0], through), limit[1]
        if through >= started.day:
            spans.append(PausedSpan(started.event.event_id, started.day, through, started.at, until, by_limit))
    spans.sort(key=lambda span: (span.after, span.since, span.event_id))
    return spans
