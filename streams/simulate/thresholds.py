"""The first warning (临期): on which day it is due, reckoned by hand from the profile's numbers."""

from decimal import ROUND_CEILING, Decimal

from rules.catalog.models.base import Unit
from streams.simulate.terms import Terms

SHORT = 2
"""Limits of no more working days than this are not warned about."""


def soon_day(terms: Terms, start: int, base: int, due: int, excluded: int = 0) -> int | None:
    """Return the day (ordinal) at whose beginning the warning about a due date is given, None where there is none.

    ``start`` is day 0, ``base`` the due date before anything moved it, ``excluded`` the days taken out of the count.
    """
    limit, workdays = terms.promise, terms.workdays
    if limit is None or workdays.between(start, base) <= SHORT:
        return None
    natural = limit.unit in {Unit.NATURAL_DAY, Unit.MONTH}
    share: Decimal | None = terms.thresholds["OT_PROMISE_SOON.used_share"]
    before: int | None = terms.thresholds["OT_PROMISE_SOON.before"]
    if share is not None:
        total = (due - start if natural else workdays.between(start, due)) - excluded
        before = max(0, total - int((share * total).to_integral_value(ROUND_CEILING)))
    if before is None:
        return None
    return due - before if natural else workdays.before(due, before)
