"""The city at work (示例市): agencies of different size and diligence, drawn once from the seed.

Which agencies and matters there are comes from the catalogue; how big, how quick and how neat they are is drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from rules.catalog.index import Catalog
from rules.catalog.models.matters import Matter
from rules.events.words import ProjectType
from streams.simulate.desk import Desk
from streams.simulate.moments import HOUR, MINUTE
from streams.simulate.office import Hours, Office
from streams.simulate.reporting import Reporter
from streams.simulate.terms import Lawbook

INSTANT_WEIGHT = 4.0
LONG_WEIGHT = 0.3
MANY_STAGES = 5


@dataclass(frozen=True, slots=True, eq=False)
class City:
    """Agencies with their matters; ``weights`` is how often a matter is asked for."""

    catalog: Catalog
    lawbook: Lawbook
    desks: tuple[Desk, ...]
    matters: tuple[Matter, ...]
    weights: tuple[float, ...]
    by_org: Mapping[str, Desk]

    def desk(self, matter: Matter) -> Desk:
        """Return the agency that handles a matter."""
        return self.by_org[matter.org_code]


def build_city(
    catalog: Catalog,
    lawbook: Lawbook,
    rng: Random,
    tardy: float,
    silent: Mapping[str, tuple[tuple[int, int], ...]],
) -> City:
    """Return the city at work; ``silent`` are the spans in which an agency neither works nor reports."""
    desks = []
    for agency in sorted(catalog.agencies.values(), key=lambda one: one.org_code):
        matters = tuple(matter for matter in catalog.matters.values() if matter.org_code == agency.org_code)
        days = lawbook.workdays(agency.region).days
        spans = silent.get(agency.org_code, ())
        open_days = [day for day in days if not any(start <= day <= end for start, end in spans)]
        source = catalog.sources.get(agency.data_source) if agency.data_source else None
        desks.append(
            Desk(
                agency=agency,
                office=Office(open_days, _hours(rng)),
                officers=tuple(one for one in catalog.officers.values() if one.org_code == agency.org_code),
                matters=matters,
                weight=rng.lognormvariate(0, 0.7),
                pace=0.4 + 0.5 * rng.random(),
                reporter=Reporter(source, tardy),
                silent=spans,
            )
        )
    by_org = {desk.org: desk for desk in desks}
    matters = tuple(matter for desk in desks for matter in desk.matters)
    weights = tuple(by_org[matter.org_code].weight * _popularity(matter, rng) for matter in matters)
    return City(catalog, lawbook, tuple(desks), matters, weights, by_org)


def _hours(rng: Random) -> Hours:
    """Return opening hours a little inside those the region declares."""
    opens = 8 * HOUR + (35 + int(rng.random() * 15)) * MINUTE
    back = 14 * HOUR + (3 + int(rng.random() * 10)) * MINUTE
    return Hours(opens, 11 * HOUR + 50 * MINUTE, back, 17 * HOUR + 20 * MINUTE)


def _popularity(matter: Matter, rng: Random) -> float:
    """Return how often a matter is asked for beside its agency's others: quick ones often, long ones rarely."""
    weight = rng.lognormvariate(0, 0.6)
    if any(version.project_type is ProjectType.INSTANT for version in matter.versions):
        return weight * INSTANT_WEIGHT
    if any(len(version.flow) > MANY_STAGES for version in matter.versions):
        return weight * LONG_WEIGHT
    return weight
