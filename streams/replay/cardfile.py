"""Cards as JSON lines, one object a card, in the order of their ids."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from rules.catalog.index import Catalog
from rules.engine.cards import Ground
from rules.events.instants import to_datetime
from rules.registry import BY_ID
from rules.verdicts import NEVER
from sinks.clickhouse.stored import StoredCard

_encode = msgspec.json.Encoder(decimal_format="string").encode


def write_cards(path: Path, cards: Iterable[StoredCard], catalog: Catalog) -> None:
    """Write cards to a file; it is there whole or not at all."""
    zone = ZoneInfo(catalog.head.zone)
    unfinished = path.with_name(f"{path.name}.part")
    with unfinished.open("wb") as file:
        for card in cards:
            file.write(_encode(card_object(card, catalog.edition, zone)) + b"\n")
    unfinished.replace(path)


def card_object(stored: StoredCard, edition: str, zone: ZoneInfo) -> Mapping[str, Any]:
    """Return a card as plain data: instants as ISO 8601 in a zone, dates too, amounts of money as text."""

    def stamp(instant: int) -> str | None:
        return None if instant >= NEVER else to_datetime(instant).astimezone(zone).isoformat()

    card = stored.card
    rule = BY_ID.get(card.rule_id)
    names = rule.figures if rule is not None else ()
    return {
        "card_id": card.card_id,
        "rule_id": card.rule_id,
        "rule_name": rule.name if rule is not None else "",
        "rule_version": card.rule_version,
        "case_id": card.scope,
        "subject": card.subject,
        "org_code": card.org_code,
        "task_code": card.task_code,
        "level": card.level.code,
        "peak": card.peak.code,
        "state": card.state.value,
        "verified": card.verified,
        "condition_at": stamp(card.condition_at),
        "known_at": stamp(card.known_at),
        "raised_at": stamp(stored.raised_at),
        "ended": stamp(card.ended),
        "merged_into": card.merged_into or None,
        "grounds": [_ground(ground) for ground in card.grounds],
        "events": card.finding.events,
        "figures": {
            name: _figure(value, kind, stamp) for (name, kind), value in zip(names, card.finding.figures, strict=False)
        },
        "missing": card.finding.missing or None,
        "historic": stored.historic,
        "profile": card.profile,
        "edition": edition,
    }


def _ground(ground: Ground) -> Mapping[str, str]:
    return {"rule_id": ground.rule_id, "level": ground.level.code, "subject": ground.subject}


def _figure(value: Any, kind: str, stamp: Callable[[int], str | None]) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        match kind:
            case "day":
                return date.fromordinal(value).isoformat()
            case "instant":
                return stamp(value)
            case _:
                return value
    return value
