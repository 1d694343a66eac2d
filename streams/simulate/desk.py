"""An agency at work (部门): its hours, its officers, how big and how diligent it is, what it handles."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from rules.catalog.models.matters import Matter, StageDef
from rules.catalog.models.people import Agency, Officer
from streams.simulate.moments import Moment, moment
from streams.simulate.office import Office
from streams.simulate.reporting import Reporter


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """One agency. ``weight`` is its share of the city's cases, ``pace`` the part of a limit it usually takes.

    ``silent`` are the spans of days (first, last; ordinals) in which it neither works nor reports.
    """

    agency: Agency
    office: Office
    officers: tuple[Officer, ...]
    matters: tuple[Matter, ...]
    weight: float
    pace: float
    reporter: Reporter
    silent: tuple[tuple[int, int], ...] = ()
    _holders: dict[tuple[str, str, str | None], Sequence[str]] = field(default_factory=dict)

    @property
    def org(self) -> str:
        """Return the agency's code."""
        return self.agency.org_code

    def is_silent(self, at: Moment) -> bool:
        """Return whether nothing is heard of the agency at a moment."""
        return any(moment(start) <= at < moment(end + 1) for start, end in self.silent)

    def officer(self, matter: Matter, stage: StageDef, rng: Random, other_than: str | None = None) -> str:
        """Return the id of an officer who may hold a stage of a matter, someone else than the one named."""
        key = matter.code, stage.code, other_than
        holders = self._holders.get(key)
        if holders is None:
            holders = self._holders[key] = self._able(matter, stage, other_than)
        return holders[int(rng.random() * len(holders))]

    def _able(self, matter: Matter, stage: StageDef, other_than: str | None) -> Sequence[str]:
        """Return who may hold a stage: by role and matter, else by matter, else anyone of the agency."""
        others = [one for one in self.officers if one.id != other_than]
        allowed = [one for one in others if not one.matters or matter.code in one.matters]
        fitting = [one for one in allowed if not stage.roles or any(role in one.roles for role in stage.roles)]
        for among in (fitting, allowed, others):
            if among:
                return [one.id for one in among]
        return [f"{self.org[-6:]}-{stage.code}"]
