"""Folds of the second tier. They commute: the order in which cards and reports arrive cannot matter."""

from bisect import insort
from typing import Any

from rules.agencies.agency import Agency
from rules.cases import facts
from rules.cases.filed import Filed
from rules.events.alerts import Alert
from rules.events.data import Heartbeat
from rules.events.second import CardMoved, OrgReported

MONTH_CHARS = 7
HEARD_AT = "@"
"""Before the instant (microseconds) at which an agency was heard of, in ``touched``."""


def fold_agency(agency: Agency, filed: Filed[Any]) -> int:
    """Fold one record into the facts of an agency and return the bits of those it changed."""
    match filed.event:
        case CardMoved():
            return _card(agency, filed)
        case OrgReported() | Heartbeat():
            return _heard(agency, filed.reported, filed.event.event_id)
        case Alert():
            if filed.event.card_id is None:
                return 0
            agency.alerts.setdefault(filed.event.card_id, []).append(filed)
            agency.touched = filed.event.card_id
            return facts.CARDS
        case _:
            return 0


def period_key(task_code: str | None, condition_at: str | None) -> str:
    """Return ``task_code#yyyymm`` of a card: its condition is stamped in the catalogue's zone."""
    return f"{task_code or ''}#{(condition_at or '')[:MONTH_CHARS].replace('-', '')}"


def _card(agency: Agency, filed: Filed[CardMoved]) -> int:
    event = filed.event
    known = agency.cards.get(event.card_id)
    if known is not None and known.event.seq >= event.seq:
        return 0
    agency.region_code = agency.region_code or event.region_code
    agency.cards[event.card_id] = filed
    month = period_key(event.task_code, event.condition_at)
    agency.touched = month
    if known is not None:
        earlier = period_key(known.event.task_code, known.event.condition_at)
        if earlier != month:
            agency.touched = ""
        counted = agency.months.get(earlier)
        if counted is not None:
            counted.discard(event.card_id)
    if event.verified:
        agency.months.setdefault(month, set()).add(event.card_id)
    return facts.CARDS


def _heard(agency: Agency, instant: int, event_id: str) -> int:
    known = agency.heard.get(instant)
    if known is not None and known <= event_id:
        return 0
    agency.heard[instant] = event_id
    if known is None:
        insort(agency.days, instant)
    agency.touched = f"{HEARD_AT}{instant}"
    return facts.REPORTS
