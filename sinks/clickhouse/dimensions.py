"""Names and law as screens need them: rows of the ``dim_…`` tables, made from a catalogue and the register of rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from rules.calendar import CalendarError, WorkCalendar
from rules.catalog.index import Catalog
from rules.catalog.models.base import InForce, Limit
from rules.catalog.models.matters import Matter
from rules.declare import Rule
from rules.registry import RULES
from sinks.clickhouse.dimension_tables import (
    DIM_AGENCY,
    DIM_CHANGE,
    DIM_DAY,
    DIM_FEE,
    DIM_MATTER,
    DIM_RULE,
    DIM_SOURCE,
    DIM_STAGE,
    DIM_WORD,
)
from sinks.clickhouse.money import MONEY
from sinks.clickhouse.spool import Spool
from sinks.clickhouse.store import Store
from sinks.clickhouse.tables import Row, Table
from sinks.clickhouse.words import words

ALWAYS = date(1949, 10, 1)
"""``from`` of what holds since ever: no change worth a mark."""


def write_dimensions(store: Store, catalog: Catalog) -> None:
    """Write the names and the law of a catalogue into the store; rows already there are replaced by equal ones."""
    with TemporaryDirectory(prefix="jiancha-") as room:
        for table, rows in dimension_rows(catalog).items():
            spool = Spool(table, Path(room), "all", lambda table, piece: store.load(table, [piece]))
            for row in rows:
                spool.add(row)
            spool.flush()


def dimension_rows(catalog: Catalog, rules: Sequence[Rule] = RULES) -> Mapping[Table, list[Row]]:
    """Return the rows of every dimension table."""
    edition = catalog.edition
    matters = catalog.matters.values()
    return {
        DIM_RULE: [_rule(edition, rule) for rule in rules],
        DIM_AGENCY: [
            (
                edition,
                one.org_code,
                one.name,
                one.region or "",
                one.parent or "",
                one.data_source or "",
                one.reports_daily,
                one.go_live_at,
            )
            for one in catalog.agencies.values()
        ],
        DIM_MATTER: [_matter(edition, one) for one in matters],
        DIM_STAGE: [row for one in matters for row in _stages(edition, one)],
        DIM_FEE: [(edition, one.code, one.name, one.fund.value, one.until) for one in catalog.fees.values()],
        DIM_SOURCE: [
            (edition, one.id, one.name, one.delay_minutes, one.heartbeat_minutes) for one in catalog.sources.values()
        ],
        DIM_DAY: list(_days(edition, catalog.days)),
        DIM_CHANGE: sorted({(edition, *change) for change in _changes(catalog)}),
        DIM_WORD: [*words(), ("region", catalog.head.calendar, catalog.head.title, 1)],
    }


def _rule(edition: str, rule: Rule) -> Row:
    names = tuple(name for name, _ in rule.figures)
    sort, plus, minus = MONEY.get(rule.id, ("", "", ""))
    return (
        edition,
        rule.id,
        rule.number,
        rule.version,
        rule.name,
        rule.family.value,
        rule.family.title,
        rule.tier.name.lower(),
        rule.basis,
        rule.says,
        rule.subjects.value,
        rule.is_notice,
        names,
        sort,
        names.index(plus) + 1 if plus else 0,
        names.index(minus) + 1 if minus else 0,
    )


def _matter(edition: str, matter: Matter) -> Row:
    last = max(matter.versions, key=lambda one: (one.from_, one.version))
    return (
        edition,
        matter.code,
        matter.name,
        matter.org_code,
        matter.region or "",
        matter.task_type,
        len(matter.versions),
        *_limit(last.promise),
        *_limit(last.statutory),
        last.is_fee,
    )


def _stages(edition: str, matter: Matter) -> Iterator[Row]:
    """Yield the stages of a matter: each as the last version that has it says."""
    found: dict[str, Row] = {}
    for version in sorted(matter.versions, key=lambda one: (one.from_, one.version)):
        for position, stage in enumerate(version.flow, 1):
            found[stage.code] = (edition, matter.code, stage.code, stage.name, position, *_limit(stage.limit))
    yield from found.values()


def _limit(limit: Limit | None) -> tuple[int | None, str]:
    return (None, "") if limit is None else (limit.n, limit.unit.value)


def _days(edition: str, days: WorkCalendar) -> Iterator[Row]:
    """Yield every day the calendar counts."""
    first = last = date.fromordinal(days.certain_from).year
    while _counts(days, date(first - 1, 1, 1)):
        first -= 1
    while _counts(days, date(last + 1, 12, 31)):
        last += 1
    for day in range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1):
        yield edition, date.fromordinal(day), days.is_working(day), days.index(day), days.is_certain(day)


def _counts(days: WorkCalendar, day: date) -> bool:
    try:
        days.index(day.toordinal())
    except CalendarError:
        return False
    return True


def _changes(catalog: Catalog) -> Iterator[tuple[date, str, str, str, str]]:
    """Yield the dated changes of the law the catalogue holds: day, kind, code, title, basis."""
    for matter in catalog.matters.values():
        for version in matter.versions:
            title = f"{matter.name}：第 {version.version} 版"
            yield from _edges(version, "matter", matter.code, title, version.basis, ends=False)
    for item in catalog.fees.values():
        yield from _edges(item, "tariff", item.code, item.name, item.cancelled_by or item.basis)
        for standard in item.standards:
            yield from _edges(standard, "tariff", item.code, f"{item.name}：标准 {standard.id}", standard.basis)
    for statute in catalog.statutes:
        yield from _edges(statute, "statute", statute.id.value, f"法定时限 {statute.limit}", statute.basis)
    for profile in catalog.profiles.values():
        yield from _edges(profile, "profile", profile.name, f"阈值方案 {profile.title}", profile.basis)
        for name, settings in profile.params.items():
            for setting in settings:
                yield from _edges(setting, "profile", profile.name, f"{profile.title}：{name}", setting.basis)
    for doc in catalog.calendars:
        for notice in doc.editions:
            yield notice.published, "calendar", doc.region, f"{notice.year} 年放假安排", notice.basis


def _edges(
    of: InForce, kind: str, code: str, title: str, basis: str, *, ends: bool = True
) -> Iterable[tuple[date, str, str, str, str]]:
    if of.from_ > ALWAYS:
        yield of.from_, kind, code, f"{title} 施行", basis
    if ends and of.until is not None:
        yield of.until, kind, code, f"{title} 停止", basis
