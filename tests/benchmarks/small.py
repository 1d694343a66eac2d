"""A small city, simulated once for all tests that measure on it."""

from functools import cache

from benchmarks.city import City, catalog, city, in_order, out_of_order
from rules.catalog.index import Catalog

EVENTS = 6_000
CASES_A_ROUND = 120


@cache
def law() -> Catalog:
    """The law of the example city."""
    return catalog()


@cache
def calm_city() -> City:
    """A city in which nothing goes wrong on the way, with every violation planted a few times."""
    return city(law(), EVENTS, calm=True, cases_a_round=CASES_A_ROUND)


@cache
def ordered() -> list[bytes]:
    """Its lines in order."""
    return in_order(law(), calm_city().lines)


@cache
def disordered() -> list[bytes]:
    """Its lines as they may arrive."""
    return out_of_order(law(), calm_city().lines)
