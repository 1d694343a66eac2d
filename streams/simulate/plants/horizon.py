"""Plants about due dates beyond the last known calendar (日历缺失)."""

from rules.catalog.models.base import Unit
from streams.simulate.moments import day_of
from streams.simulate.plan import Plan
from streams.simulate.plants.bend import stall
from streams.simulate.plants.kit import Kit, Where, need, the
from streams.simulate.plants.where import every, judged_by, over_days
from streams.simulate.reckon import last_day
from streams.simulate.terms import Terms

RULE = "CAL_MISSING"
LONG = 60
"""Days of a limit that is long for a licence."""

LONGEST = 4_000
DAYS_A_UNIT = {Unit.WORKING_DAY: 1.4, Unit.NATURAL_DAY: 1.0, Unit.MONTH: 30.0}
JUDGED = every(over_days, judged_by(RULE))


def beyond_the_calendar(kit: Kit) -> None:
    """Accepted under a limit that ends in a year whose holidays are not known: told to operators, and no card else."""
    left = kit.workdays.sure_through - kit.last
    plan = kit.case(every(JUDGED, _lasts(left, LONGEST)), room=5)
    need(max(_dues(plan)) > plan.terms.workdays.sure_through)
    stall(plan)
    kit.put(plan)


def far_but_known(kit: Kit) -> None:
    """Accepted under a long limit that ends while the calendar is known."""
    left = kit.workdays.sure_through - kit.first
    plan = kit.case(every(JUDGED, _lasts(LONG, left)), room=5)
    need(max(_dues(plan)) <= plan.terms.workdays.sure_through)
    stall(plan)
    kit.put(plan, kit.quiet(plan, RULE, "时限虽长，到期日仍在已知日历之内"))


def _dues(plan: Plan) -> list[int]:
    """Return the due dates (ordinals) of a case."""
    start, terms = day_of(the(plan.accepted)), plan.terms
    limits = [limit for limit in (terms.promise, terms.statutory) if limit is not None]
    return [the(last_day(terms.workdays, limit, start)) for limit in limits]


def _lasts(low: int, high: int) -> Where:
    """Return the condition that the longer limit of a matter takes about so many days; none of them is in hours."""

    def holds(terms: Terms) -> bool:
        limits = [limit for limit in (terms.promise, terms.statutory) if limit is not None]
        days = [limit.n * DAYS_A_UNIT.get(limit.unit, LONGEST) for limit in limits]
        return bool(days) and low <= max(days) <= high

    return holds


PLANTS = (beyond_the_calendar, far_but_known)
