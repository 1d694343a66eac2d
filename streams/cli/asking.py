"""One case of the store, asked again: what was known of it at an instant, and what the rules answer."""

from typing import TYPE_CHECKING, Any

from rules.agencies.tier import agency_tier
from rules.declare import Rule, Tier
from rules.engine.asof import AsOf
from rules.engine.engine import file_event
from rules.engine.tiers import case_tier
from rules.events.data import Heartbeat, Outage
from rules.registry import AGENCY_RULES, CASE_RULES
from sinks.clickhouse.rows import Place
from streams.cli.chinese import meant
from streams.cli.trouble import Trouble

if TYPE_CHECKING:
    from rules.agencies.agency import Agency
    from rules.cases.case import Case
    from rules.catalog.index import Catalog
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


def agency_as_of(archive: "Archive", catalog: "Catalog", org: str, now: int | None) -> "AsOf[Agency]":
    """Return an agency as it was known at an instant, else at that of the run: all cases are judged again for it."""
    from streams.replay.outcome import in_order
    from streams.replay.second import told
    from streams.replay.shard import Shard

    until = archive.run.now if now is None else now
    shard = Shard(catalog, as_of=until)
    for stored in archive.all_events():
        place = Place(stored.source, stored.seq, stored.file, stored.line, stored.trace)
        shard.take(file_event(catalog, stored.event), place, stored.record)
    for one in archive.quarantine():
        if one.case_id:
            shard.break_case(one.case_id)
    judged = shard.judge(until)
    known = told(catalog, in_order(judged.transitions), judged.heard, judged.caseless)
    log = [one.filed for one in known if one.org == org]
    words = [one.filed for one in known if not one.org]
    return AsOf(agency_tier(AGENCY_RULES), catalog, org, log, until, about_sources=words)


def as_of_scope(archive: "Archive", catalog: "Catalog", rule: Rule, scope: str, now: int | None) -> "AsOf[Any]":
    """Return what a rule is asked about as of an instant: a case, or for rules of the second tier an agency."""
    if rule.tier is Tier.AGENCY:
        return agency_as_of(archive, catalog, scope, now)
    return case_as_of(archive, catalog, scope, now)


def as_plain(value: Any) -> Any:
    """Return a statement as plain data."""
    import msgspec

    return msgspec.to_builtins(value)
