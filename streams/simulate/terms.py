"""What the catalogue asks of a case of a matter accepted on a day: version, limits, flow, thresholds.

Read from the documents as a careful clerk would, without the resolver the core uses: the answer key rests on this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.catalog.index import Catalog
from rules.catalog.models.base import Limit, Unit
from rules.catalog.models.matters import Matter, MatterVersion, StageDef
from rules.catalog.models.sources import Source
from rules.catalog.models.statutes import StatuteId
from rules.events.words import HandlingMode
from rules.registry import RULES
from streams.simulate.moments import MINUTE
from streams.simulate.sequence import in_sequence
from streams.simulate.workdays import Workdays

LICENCE = "01"
BEFORE, AFTER = 40, 800
"""Days that may be counted before the first and after the last application."""

GRACE_MINUTES = 30
"""How long a finding that something never happened waits for late reports where the source declares nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What holds for a case; limits are None where no text fixes one. ``grace`` is in seconds."""

    matter: Matter
    version: MatterVersion
    flow: tuple[StageDef, ...]
    """The stages of the version, predecessors first."""

    is_licence: bool
    promise: Limit | None
    statutory: Limit | None
    receipt: Limit | None
    more: Limit | None
    """The longest extension."""

    times: int | None
    """How often it may be extended; None: as often as one likes."""

    grace: int
    source: Source | None
    workdays: Workdays
    thresholds: Mapping[str, Any]
    off: frozenset[str]

    def judges(self, rule_id: str) -> bool:
        """Return whether a rule judges cases of this matter at all."""
        return rule_id not in self.off and rule_id not in self.version.exempt

    def counts_workdays(self) -> bool:
        """Return whether the promise is given in working days."""
        return self.promise is not None and self.promise.unit is Unit.WORKING_DAY


class Lawbook:
    """The terms of every matter on every day between two (ordinals) and some more, looked up once each."""

    def __init__(self, catalog: Catalog, first: int, last: int) -> None:
        self.catalog = catalog
        self._first, self._last = first - BEFORE, last + AFTER
        self._defaults = {param.id: param.default for rule in RULES for param in rule.params}
        self._workdays: dict[str | None, Workdays] = {}
        self._profiles: dict[tuple[str, int], tuple[Mapping[str, Any], frozenset[str]]] = {}
        self._terms: dict[tuple[str, int], Terms | None] = {}

    def workdays(self, region: str | None) -> Workdays:
        """Return the working days of a region."""
        days = self._workdays.get(region)
        if days is None:
            calendar = self.catalog.calendar(region)
            days = Workdays(calendar.is_working, self._first, self._last, calendar.certain_through)
            self._workdays[region] = days
        return days

    def terms(self, matter: Matter, day: int) -> Terms | None:
        """Return the terms of a matter for a case accepted on a day (ordinal), None where no version is in force."""
        key = (matter.code, day)
        if key not in self._terms:
            self._terms[key] = self._read(matter, day)
        return self._terms[key]

    def thresholds(self, region: str | None, org: str, task_type: str | None, day: int) -> Mapping[str, Any]:
        """Return the parameters in force: the profile's values, else the rules' defaults."""
        return self._profile(region, org, task_type, day)[0]

    def _profile(
        self, region: str | None, org: str, task_type: str | None, day: int
    ) -> tuple[Mapping[str, Any], frozenset[str]]:
        profile = self.catalog.profile_for(region, org, task_type, day)
        key = (profile.name if profile is not None else "", day)
        found = self._profiles.get(key)
        if found is None:
            values, off = self.catalog.values_on(profile, day)
            found = self._profiles[key] = {**self._defaults, **values}, off
        return found

    def _read(self, matter: Matter, day: int) -> Terms | None:
        version = next((one for one in matter.versions if one.covers(day)), None)
        if version is None:
            return None
        agency = self.catalog.agencies.get(matter.org_code)
        region = matter.region or (agency.region if agency else None)
        source = self.catalog.sources.get(agency.data_source) if agency and agency.data_source else None
        thresholds, off = self._profile(region, matter.org_code, matter.task_type, day)
        is_licence = matter.task_type == LICENCE or version.law_by_reference
        joint = version.handling is not HandlingMode.SINGLE
        general = self._statute(StatuteId.JOINT if joint else StatuteId.STATUTORY, day) if is_licence else None
        receipt = self._statute(StatuteId.RECEIPT, day) if is_licence else None
        more = self._statute(StatuteId.JOINT_EXTENSION if joint else StatuteId.EXTENSION, day) if is_licence else None
        extension = version.extension
        return Terms(
            matter=matter,
            version=version,
            flow=in_sequence(version.flow),
            is_licence=is_licence,
            promise=version.promise,
            statutory=version.statutory or general,
            receipt=version.receipt or receipt,
            more=extension.limit if extension is not None else more,
            times=extension.times if extension is not None else (1 if more is not None else None),
            grace=(source.delay_minutes if source is not None else GRACE_MINUTES) * MINUTE,
            source=source,
            workdays=self.workdays(region),
            thresholds=thresholds,
            off=off,
        )

    def _statute(self, which: StatuteId, day: int) -> Limit | None:
        statute = self.catalog.statute(which, day)
        return statute.limit if statute is not None else None
