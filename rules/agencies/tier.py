"""The second tier for the engine: agencies, keyed by 部门统一社会信用代码."""

from rules.agencies.agency import Agency
from rules.agencies.fold import fold_agency
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.tiers import About, TierSpec
from rules.law import Bearing, Law


def law_of_agency(catalog: Catalog, agency: Agency, day: int) -> Law:
    """Return the law an agency's cards are judged by: the profile that applies to it."""
    known = catalog.agencies.get(agency.org_code)
    region = known.region if known is not None else agency.region_code
    source = known.data_source if known is not None else None
    return catalog.law(Bearing(None, agency.org_code, region, None, None, source), day)


def about_agency(agency: Agency, _law: Law) -> About:
    """Return the agency itself; its cards are about no single matter."""
    return agency.org_code, None, agency.region_code


def agency_tier(rules: tuple[Rule, ...]) -> TierSpec[Agency]:
    """Return the second tier: agencies, judged by these rules."""
    return TierSpec(Agency, fold_agency, law_of_agency, about_agency, rules, clock_facts=0, commutes=True)
