"""Agencies of which nothing is heard for days (断流), planted; and days on which nothing need be heard."""

from collections.abc import Iterator, Mapping
from random import Random

from rules.catalog.index import Catalog
from rules.catalog.models.people import Agency
from rules.events.words import Level
from streams.simulate.city import City
from streams.simulate.desk import Desk
from streams.simulate.key import Answer, found, quiet
from streams.simulate.moments import compact_day
from streams.simulate.terms import Lawbook

RULE = "DQ_SILENT_ORG"
SHORT, LONG = 2, 5
"""Working days without a word: enough for a notice, enough for a yellow card."""

FROM_THE_END = 12
"""Working days at the end of the span in which nobody falls silent."""

CLEAR_OF_CHANGES = 20
"""Days after a change of law in which its agency does not fall silent."""

Spans = Mapping[str, tuple[tuple[int, int], ...]]


def silences(catalog: Catalog, lawbook: Lawbook, rng: Random, first: int, last: int) -> Spans:
    """Return which agencies fall silent between which days (first and last, ordinals): one shortly, one for long."""
    able = [agency for agency in catalog.agencies.values() if _may_fall_silent(catalog, agency, first)]
    able.sort(key=lambda agency: agency.org_code)
    rng.shuffle(able)
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    for agency, length in zip(able, (SHORT, LONG), strict=False):
        days = [day for day in lawbook.workdays(agency.region).days if first < day <= last]
        changes = _changes(catalog, agency)
        starts = [
            at
            for at in range(1, len(days) - FROM_THE_END - length)
            if not any(days[at] - CLEAR_OF_CHANGES <= day <= days[at + length] for day in changes)
        ]
        if starts:
            start = starts[int(rng.random() * len(starts))]
            spans[agency.org_code] = ((days[start - 1] + 1, days[start + length - 1]),)
    return spans


def _changes(catalog: Catalog, agency: Agency) -> set[int]:
    """Return the days (ordinals) on which the law of an agency's matters changes: plants stand there."""
    versions = [
        one for matter in catalog.matters.values() if matter.org_code == agency.org_code for one in matter.versions
    ]
    items = [catalog.fees[code] for version in versions for code in version.fee_items if code in catalog.fees]
    standards = [standard for item in items for standard in item.standards]
    edges = [edge for one in (*versions, *items, *standards) for edge in (one.from_, one.until)]
    return {edge.toordinal() for edge in edges if edge is not None}


def silence_answers(city: City, end: int) -> Iterator[Answer]:
    """Yield what the silences come to by the end of the feed, and the days off and outages that come to nothing."""
    for desk in city.desks:
        if not desk.agency.reports_daily:
            continue
        if not desk.silent:
            yield quiet(RULE, desk.org, desk.org, note="每个工作日均有报送；节假日与公告停机不计")
        for start, through in desk.silent:
            yield from _silent(city, desk, start, through, end)


def _silent(city: City, desk: Desk, start: int, through: int, end: int) -> Iterator[Answer]:
    workdays = city.lawbook.workdays(desk.agency.region)
    values = city.lawbook.thresholds(desk.agency.region, desk.org, None, start)
    heard, again = start - 1, workdays.after(through, 1)
    notice: int = values[f"{RULE}.days"]
    yellow: int | None = values[f"{RULE}.yellow_after"]
    if workdays.after(heard, notice) + 1 > min(through + 1, end):
        return
    is_yellow = yellow is not None and workdays.after(heard, yellow) < again and workdays.after(heard, yellow) < end
    level = Level.YELLOW if is_yellow else Level.NOTICE
    note = f"断流{workdays.between(heard, through)}个工作日"
    yield found(RULE, desk.org, compact_day(heard), level, desk.org, note=note)


def _may_fall_silent(catalog: Catalog, agency: Agency, first: int) -> bool:
    """Return whether an agency must be heard of daily, and only its own words are heard of it."""
    source = catalog.sources.get(agency.data_source) if agency.data_source else None
    if source is None or not agency.reports_daily or source.heartbeat_minutes is not None or source.outages:
        return False
    live = agency.go_live_at is None or agency.go_live_at.toordinal() <= first
    return live and not source.backfill_exempt
