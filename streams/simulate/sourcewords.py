"""What sources say of themselves (来源自述): heartbeats, an announced outage, the daily nil return."""

from collections.abc import Iterator, Mapping, Sequence

from streams.simulate.city import City
from streams.simulate.desk import Desk
from streams.simulate.feed import Line, encoded
from streams.simulate.moments import DAY, HOUR, MINUTE, Moment, day_of, text

ANNOUNCED = 2 * DAY
NIL_RETURN = 17 * HOUR + 40 * MINUTE


def heartbeats(city: City, first: Moment, end: Moment) -> dict[str, list[Moment]]:
    """Return when each source that promises heartbeats sends them: as promised, and none while it is down."""
    beats: dict[str, list[Moment]] = {}
    for desk in city.desks:
        reporter = desk.reporter
        if reporter.id is None or reporter.heartbeat is None or reporter.id in beats:
            continue
        regular = range(first, end, reporter.heartbeat)
        back = [stop for _, stop in reporter.outages if first <= stop < end]
        beats[reporter.id] = sorted({at for at in [*regular, *back] if not reporter.is_down(at)})
    return beats


def source_lines(city: City, beats: Mapping[str, Sequence[Moment]], first: Moment, end: Moment) -> Iterator[Line]:
    """Yield the lines of the sources, in no particular order."""
    by_source: dict[str, list[Desk]] = {}
    for desk in city.desks:
        if desk.reporter.id is not None:
            by_source.setdefault(desk.reporter.id, []).append(desk)
    for source, moments in beats.items():
        for number, at in enumerate(moments):
            orgs = [desk.org for desk in by_source[source] if not desk.is_silent(at)]
            yield _heartbeat(f"HB-{source}-{number:05d}", source, orgs, at)
    for source, desks in by_source.items():
        yield from _outages(source, desks[0], first, end)
    for desk in city.desks:
        if desk.agency.reports_daily and desk.reporter.heartbeat is None:
            yield from _nil_returns(city, desk, first, end)


def _nil_returns(city: City, desk: Desk, first: Moment, end: Moment) -> Iterator[Line]:
    """Yield the daily return of an agency that must be heard of every day; it speaks for no source."""
    for day in city.lawbook.workdays(desk.agency.region).days:
        at = day * DAY + NIL_RETURN
        if first <= at < end and not desk.is_silent(at):
            yield _heartbeat(f"NR-{desk.org}-{day}", None, [desk.org], at)


def _heartbeat(event_id: str, source: str | None, orgs: list[str], at: Moment) -> Line:
    body = {
        "event_id": event_id,
        "event_type": "source.heartbeat",
        "occurred_at": text(at),
        "reported_at": text(at),
        "data_source": source,
        "org_codes": orgs,
        "complete_through": text(at),
        "backlog": 0,
    }
    return at, encoded({name: value for name, value in body.items() if value is not None})


def _outages(source: str, desk: Desk, first: Moment, end: Moment) -> Iterator[Line]:
    for number, (start, stop) in enumerate(desk.reporter.outages):
        at = max(first, start - ANNOUNCED)
        if not first <= at < end or stop <= first:
            continue
        body = {
            "event_id": f"OUT-{source}-{number}",
            "event_type": "source.outage",
            "occurred_at": text(at),
            "reported_at": text(at),
            "data_source": source,
            "started_at": text(start),
            "ended_at": text(stop),
            "reason": "系统升级停机",
        }
        yield at, encoded(body)


def tick(end: Moment) -> Line:
    """Return the record with which the feed says what time it is at its end."""
    body = {"event_id": f"TICK-{day_of(end)}", "event_type": "tick", "occurred_at": text(end), "reported_at": text(end)}
    return end, encoded(body)
