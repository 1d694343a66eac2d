"""What the first tier tells the second, in events: cards that moved, days on which an agency reported."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from rules.catalog.index import Catalog
from rules.engine.cards import Card, State
from rules.events.instants import to_datetime
from rules.events.second import CardMoved, OrgReported


class Teller:
    """Writes such events, stamped in the zone of the catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self._zone = ZoneInfo(catalog.head.zone)

    def moved(self, card: Card, org: str) -> CardMoved:
        """Return the word for an agency that a card stands as it does."""
        stamp = self.stamp(card.known_at)
        return CardMoved(
            event_id=f"{card.card_id}#{card.seq}",
            occurred_at=stamp,
            reported_at=stamp,
            task_code=card.task_code,
            org_code=org,
            region_code=card.region_code,
            card_id=card.card_id,
            seq=card.seq,
            rule_id=card.rule_id,
            subject=card.subject,
            level=card.level.code,
            state=card.state.value,
            condition_at=self.stamp(card.condition_at),
            verified=card.verified,
            scope=card.scope,
        )

    def moves(self, card: Card, before: str | None) -> list[tuple[str, CardMoved]]:
        """Return what a card that moved says to whom: the agency it is about, and the one it was about before."""
        said: list[tuple[str, CardMoved]] = []
        if before is not None and before != card.org_code:
            said.append((before, self.moved(replace(card, state=State.WITHDRAWN, verified=False), before)))
        if card.org_code is not None:
            said.append((card.org_code, self.moved(card, card.org_code)))
        return said

    def reported(self, org: str, region: str | None, record: str, day: int, instant: int) -> OrgReported:
        """Return the word that a record of an agency came in: the first on a date (ordinal)."""
        stamp = self.stamp(instant)
        return OrgReported(
            event_id=f"{record}@{date.fromordinal(day).isoformat()}",
            occurred_at=stamp,
            reported_at=stamp,
            org_code=org,
            region_code=region,
        )

    def stamp(self, instant: int) -> str:
        """Return an instant as text."""
        return to_datetime(instant).astimezone(self._zone).isoformat()


def orgs_of_sources(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """Return the agencies each source reports for, by the catalogue."""
    found: dict[str, tuple[str, ...]] = {}
    for agency in catalog.agencies.values():
        if agency.data_source is not None:
            found[agency.data_source] = (*found.get(agency.data_source, ()), agency.org_code)
    return found
