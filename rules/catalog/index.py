"""The catalogue, loaded: immutable, indexed, asked by the core for the law of a case."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from rules.calendar import WorkCalendar
from rules.catalog.calendar_build import work_calendar
from rules.catalog.calendar_model import CalendarDoc
from rules.catalog.models.fees import FeeItem
from rules.catalog.models.head import Head
from rules.catalog.models.matters import Matter, MatterVersion
from rules.catalog.models.people import Agency, Officer
from rules.catalog.models.profiles import Applies, Profile
from rules.catalog.models.sources import Source
from rules.catalog.models.statutes import Statute, StatuteId
from rules.law import Bearing, Flow, Law
from rules.params import Param


class Written(Protocol):
    """The documents a catalogue is made from, as the loader returns them."""

    @property
    def head(self) -> Head:
        """Name, zone and edition."""

    @property
    def edition_digest(self) -> str:
        """Digest of all files."""

    @property
    def statutes(self) -> tuple[Statute, ...]:
        """Limits of the law itself."""

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Matters."""

    @property
    def fees(self) -> tuple[FeeItem, ...]:
        """Charge items."""

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Agencies."""

    @property
    def officers(self) -> tuple[Officer, ...]:
        """Officers."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Data sources."""

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Threshold profiles."""

    @property
    def calendars(self) -> tuple[CalendarDoc, ...]:
        """Working calendars."""


class UnknownProfile(ValueError):
    """A profile was asked for that no file declares; the caller names those there are."""


class Catalog:
    """Law as data (监察目录), indexed by what the core asks: matter and day, charge item, source, agency.

    ``forced`` names a profile that holds for every case, whatever the files say of where it applies.
    """

    def __init__(self, written: Written, params: Iterable[Param[Any]], *, forced: str | None = None) -> None:
        self.head = written.head
        self.edition = f"{written.head.name}@{written.head.edition}#{written.edition_digest}"
        self._params: Mapping[str, Param[Any]] = {param.id: param for param in params}
        self._statutes: Mapping[StatuteId, tuple[Statute, ...]] = {
            which: tuple(s for s in written.statutes if s.id is which) for which in StatuteId
        }
        self.matters: Mapping[str, Matter] = {matter.code: matter for matter in written.matters}
        self.fees: Mapping[str, FeeItem] = {item.code: item for item in written.fees}
        self.fee_names: Mapping[str, str] = {
            name: item.code for item in written.fees for name in (item.name, *item.aliases)
        }
        self.agencies: Mapping[str, Agency] = {agency.org_code: agency for agency in written.agencies}
        self.officers: Mapping[str, Officer] = {officer.id: officer for officer in written.officers}
        self.sources: Mapping[str, Source] = {source.id: source for source in written.sources}
        self.profiles: Mapping[str, Profile] = {profile.name: profile for profile in written.profiles}
        self.forced = forced
        if forced is not None and forced not in self.profiles:
            raise UnknownProfile(f"没有名为 {forced!r} 的方案；现有：{'、'.join(sorted(self.profiles))}")
        self._calendars = written.calendars
        self._days: dict[str, WorkCalendar] = {}
        self._flows: dict[int, Flow] = {}
        self._laws: dict[tuple[Bearing, int], Law] = {}
        self._changes: tuple[int, ...] = self._days_of_change()
        self.days = self.calendar(None)

    @property
    def calendars(self) -> tuple[CalendarDoc, ...]:
        """Return the calendar documents, with the day each edition was published."""
        return self._calendars

    @property
    def statutes(self) -> tuple[Statute, ...]:
        """Return the limits of the law itself, all their dated versions."""
        return tuple(one for many in self._statutes.values() for one in many)

    def calendar(self, region: str | None) -> WorkCalendar:
        """Return the working calendar of a region, in the zone of the catalogue."""
        name = region or self.head.calendar
        days = self._days.get(name)
        if days is None:
            days = self._days[name] = work_calendar(self._calendars, name, zone=self.head.zone)
        return days

    def statute(self, which: StatuteId, day: int) -> Statute | None:
        """Return the limit of a law in force on a day (ordinal)."""
        return next((s for s in self._statutes[which] if s.covers(day)), None)

    def flow_of(self, version: MatterVersion) -> Flow:
        """Return the indexed flow of a version."""
        flow = self._flows.get(id(version))
        if flow is None:
            flow = self._flows[id(version)] = Flow(version.flow)
        return flow

    def law(self, bearing: Bearing, day: int) -> Law:
        """Return the law of a case accepted (or received) on a day; the same question gets the same object."""
        key = (bearing, bisect_right(self._changes, day))
        law = self._laws.get(key)
        if law is None:
            law = self._laws[key] = self._resolve(bearing, day)
        return law

    def values_on(self, profile: Profile | None, day: int) -> tuple[Mapping[str, Any], frozenset[str]]:
        """Return the parameter values in force on a day under a profile and those it extends, and the rules off."""
        values: dict[str, Any] = {}
        off: set[str] = set()
        chain: list[Profile] = []
        while profile is not None and profile not in chain:
            chain.append(profile)
            profile = self.profiles.get(profile.extends) if profile.extends else None
        for one in reversed(chain):
            off.update(one.off)
            for name, settings in one.params.items():
                for setting in settings:
                    if setting.covers(day):
                        values[name] = self._params[name].read(setting.value)
        return values, frozenset(off)

    def profile_for(self, region: str | None, org: str | None, task_type: str | None, day: int) -> Profile | None:
        """Return the most specific profile that applies, else the catalogue's own."""
        if self.forced is not None:
            return self.profiles[self.forced]
        best: Profile | None = None
        best_score = 0
        for profile in self.profiles.values():
            if not profile.covers(day):
                continue
            for applies in profile.applies:
                score = _fits(applies, region, org, task_type)
                if score > best_score:
                    best, best_score = profile, score
        if best is None and self.head.profile is not None:
            best = self.profiles.get(self.head.profile)
        return best

    def _resolve(self, bearing: Bearing, day: int) -> Law:
        task_code, org, region, task_type, mode, source = bearing
        matter = self.matters.get(task_code) if task_code is not None else None
        version: MatterVersion | None = None
        if matter is not None:
            version = next((v for v in matter.versions if v.covers(day)), None)
            why = "" if version is not None else f"事项 {task_code} 在该日没有有效版本"
        else:
            why = "办件没有实施编码" if task_code is None else f"目录中没有事项 {task_code}"
        org = org or (matter.org_code if matter is not None else None)
        task_type = matter.task_type if matter is not None else task_type
        agency = self.agencies.get(org) if org is not None else None
        region = region or (matter.region if matter is not None else None) or (agency.region if agency else None)
        profile = self.profile_for(region, org, task_type, day)
        values, off = self.values_on(profile, day)
        return Law(
            self,
            matter,
            version,
            why_no_matter=why,
            task_type=task_type,
            mode=mode,
            day=day,
            days=self.calendar(region if self.head.zone == "Asia/Shanghai" else None),
            source=self.sources.get(source) if source is not None else None,
            profile=profile.name if profile is not None else "（无）",
            values=values,
            off=off,
        )

    def _days_of_change(self) -> tuple[int, ...]:
        """Return the days on which anything a law is resolved from changes: between two of them nothing does."""
        dated: list[date | None] = []
        for statutes in self._statutes.values():
            dated += [edge for one in statutes for edge in (one.from_, one.until)]
        for matter in self.matters.values():
            dated += [edge for one in matter.versions for edge in (one.from_, one.until)]
        for profile in self.profiles.values():
            dated += [profile.from_, profile.until]
            dated += [edge for many in profile.params.values() for one in many for edge in (one.from_, one.until)]
        return tuple(sorted({edge.toordinal() for edge in dated if edge is not None}))


def _fits(applies: Applies, region: str | None, org: str | None, task_type: str | None) -> int:
    """Return how specifically it applies, 0 where it does not: agency over region over task type."""
    score = 0
    for wanted, found, weight in (
        (applies.org, org, 4),
        (applies.region, region, 2),
        (applies.task_type, task_type, 1),
    ):
        if wanted is not None:
            if wanted != found:
                return 0
            score += weight
    return score
