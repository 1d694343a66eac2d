"""Where late cases were held up: for each, the stage that took longest to end after the one before it."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from rules.calendar import WorkCalendar
from rules.events.filing import Accepted
from rules.events.handling import StageCompleted, StageEntered
from rules.events.instants import instant_of
from rules.events.kinds import type_name
from streams.cli.demo.view import View

if TYPE_CHECKING:
    from sinks.clickhouse.archive import Archive

LATE = frozenset({"OT_PROMISE_OVERDUE", "OT_STATUTORY_OVER"})
TYPES = frozenset((type_name(Accepted), type_name(StageEntered), type_name(StageCompleted)))


@dataclass(frozen=True, slots=True)
class Holdup:
    """The stage that held a late case up longest, and for how many working days."""

    case_id: str
    task: str
    stage: str
    workdays: int


@dataclass(slots=True)
class Walk:
    """How a case went: instants (microseconds) of acceptance, of each stage's end, of each stage's start."""

    accepted: int | None = None
    ends: dict[str, int] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)


def holdups_of(archive: "Archive", view: View) -> list[Holdup]:
    """Return what held up each late case, in the order of case numbers; one pass over the archive."""
    late = {one.card.scope: one.card.task_code or "" for one in view.of(LATE)}
    walks: defaultdict[str, Walk] = defaultdict(Walk)
    for stored in archive.all_events():
        if stored.case_id in late and stored.event_type in TYPES:
            walk = walks[stored.case_id]
            match stored.event:
                case Accepted():
                    walk.accepted = stored.occurred_at
                case StageCompleted(stage_code=str() as code, ended_at=ended):
                    end = stored.occurred_at if ended is None else instant_of(ended)
                    walk.ends[code] = max(end, walk.ends.get(code, end))
                case StageEntered(stage_code=str() as code):
                    walk.starts[code] = stored.occurred_at
    found = []
    for case_id, walk in sorted(walks.items()):
        longest = longest_of(walk, view.catalog.days, view.run.now)
        if longest is not None:
            found.append(Holdup(case_id, late[case_id], *longest))
    return found


def longest_of(walk: Walk, days: WorkCalendar, now: int) -> tuple[str, int] | None:
    """Return the stage that took longest and its working days; None where no stage took a whole one.

    A stage that was entered and has not ended takes until ``now``.
    """
    ends = dict(walk.ends) | {code: now for code in walk.starts if code not in walk.ends}
    first = min(walk.starts.values(), default=None) if walk.accepted is None else walk.accepted
    if first is None or not ends:
        return None
    way = [("", first), *sorted(ends.items(), key=lambda one: (one[1], one[0]))]
    spent = [(days.working_between(days.day_of(a), days.day_of(b)), code) for (_, a), (code, b) in pairwise(way)]
    workdays, stage = max(spent, key=lambda one: one[0])
    return (stage, workdays) if workdays > 0 else None
