"""What screens ask of millions of cases and events, counted beforehand from the views that count exactly.

A reckoning is whole and replaces the one before; nothing is added up, so doing it again changes no number. Where a run
has none the views count exactly themselves: it is only for speed.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from sinks.clickhouse.database import Param

EVER = "1900-01-01"
SHARE = 0.05
"""Of the time, what reckoning may take."""
LEAST = 10.0
"""Seconds between two reckonings at least."""
_WHOLE = ("case_day", "v_exact_case_day"), ("stage_sum", "v_exact_stage"), ("charge_day", "v_exact_charge_day")
_RECKON = """
INSERT INTO {table} SETTINGS insert_deduplicate = 0
SELECT
    (SELECT any(run) FROM v_current),
    (SELECT 1 - argMax(slot, computed_at) FROM {table} WHERE run = (SELECT any(run) FROM v_current)),
    *,
    now64(6, 'Asia/Shanghai')
FROM {view}
"""
_EVENT_DAYS = """
INSERT INTO event_day
    (run, day, org_code, data_source, records, defective, late, last_reported, last_occurred, lag_minutes, lag_records)
SETTINGS insert_deduplicate = 0
SELECT (SELECT any(run) FROM v_current), * FROM v_exact_event_day WHERE day >= {since:Date32}
"""


class Runs(Protocol):
    """Runs statements: a database."""

    def run(self, statement: str, params: Mapping[str, Param] | None = None, /) -> None:
        """Run a statement that answers nothing."""
        ...


def roll_up(database: Runs, since: str = EVER) -> None:
    """Reckon everything for the current run; of the events, those that arrived from a day (ISO date) on.

    The days of a live log before yesterday no longer change: from yesterday on is enough, once all were reckoned.
    """
    for table, view in _WHOLE:
        database.run(_RECKON.format(table=table, view=view))
    _roll_up_events(database, since)


class RollUps:
    """Keeps the reckonings of a live run fresh at a bounded cost. ``seconds`` tells the time."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._next = 0.0

    def refresh(self, database: Runs, since: str = EVER) -> bool:
        """Reckon the events since a day; the rest too, and return True, where it takes no more than its share."""
        began = self._seconds()
        if began < self._next:
            _roll_up_events(database, since)
            return False
        roll_up(database, since)
        ended = self._seconds()
        self._next = ended + max(LEAST, (ended - began) / SHARE)
        return True


def _roll_up_events(database: Runs, since: str) -> None:
    database.run(_EVENT_DAYS, {"since": since})
