"""One case of the store, asked again: what was known of it at an instant, and what the rules answer."""

from typing import TYPE_CHECKING, Any

from rules.agencies.tier import agency_tier
from rules.declare import Tier
from rules.engine.asof import AsOf
from rules.engine.engine import file_event
from rules.engine.tiers import case_tier
from rules.events.data import Heartbeat, Outage
from rules.registry import AGENCY_RULES, BY_ID, CASE_RULES
from streams.cli.chinese import meant
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rules.cases.case import Case
    from rules.catalog.index import Catalog
    from rules.engine.cards import Card
    from sinks.clickhouse.archive import Archive


def case_as_of(archive: "Archive", catalog: "Catalog", case_id: str, now: int | None) -> "AsOf[Case]":
    """Return a case as it was known at an instant (microseconds), else at that of the run; Trouble where unknown."""
    events = [file_event(catalog, stored.event) for stored in archive.events(case_id)]
    if not events:
        known = [state.case_id for state in archive.case_states()]
        raise Trouble(f"存储里没有办件「{case_id}」{meant(case_id, known)}")
    state = archive.case_state(case_id)
    words = (file_event(catalog, stored.event) for stored in archive.about_sources())
    about_sources = [filed for filed in words if isinstance(filed.event, Heartbeat | Outage)]
    return AsOf(
        case_tier(CASE_RULES),
        catalog,
        case_id,
        events,
        archive.run.now if now is None else now,
        about_sources=about_sources,
        broken=state is not None and state.broken,
    )


def as_of_scope(archive: "Archive", catalog: "Catalog", card: "Card", now: int | None) -> "AsOf[Any]":
    """Return what a card is about as of an instant: its case, or its agency."""
    rule = BY_ID.get(card.rule_id)
    if rule is not None and rule.tier is Tier.AGENCY:
        return AsOf(agency_tier(AGENCY_RULES), catalog, card.scope, (), archive.run.now if now is None else now)
    return case_as_of(archive, catalog, card.scope, now)


def as_plain(value: Any) -> Any:
    """Return a statement as plain data."""
    import msgspec

    return msgspec.to_builtins(value)
