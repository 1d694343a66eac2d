"""Which matters a plant is about (选事项): conditions on what a matter asks, to be combined."""

from rules.catalog.models.base import Limit, Unit
from rules.events.words import ARTICLE_45, HandlingMode, ProjectType
from streams.simulate.plants.kit import Where
from streams.simulate.terms import Terms


def every(*conditions: Where) -> Where:
    """Return a condition that all of several hold."""
    return lambda terms: all(condition(terms) for condition in conditions)


def promised(shortest: int = 3, longest: int = 15) -> Where:
    """Return the condition of a promise of so many working days, no stage of which is limited otherwise."""

    def holds(terms: Terms) -> bool:
        limit = terms.promise
        fits = limit is not None and _in_workdays(limit) and shortest <= limit.n <= longest
        return fits and over_days(terms) and in_workdays(terms)

    return holds


def room_to_statutory(days: int) -> Where:
    """Return the condition that the statutory limit, if any, is so many working days longer than the promise."""

    def holds(terms: Terms) -> bool:
        if terms.statutory is None or terms.promise is None:
            return True
        return _in_workdays(terms.statutory) and terms.statutory.n >= terms.promise.n + days

    return holds


def statutory(shortest: int, longest: int) -> Where:
    """Return the condition of a statutory limit of so many working days."""

    def holds(terms: Terms) -> bool:
        limit = terms.statutory
        return limit is not None and _in_workdays(limit) and shortest <= limit.n <= longest

    return holds


def promise_unit(unit: Unit) -> Where:
    """Return the condition of a promise in a unit."""
    return lambda terms: over_days(terms) and terms.promise is not None and terms.promise.unit is unit


def over_days(terms: Terms) -> bool:
    """Return whether a matter is handled over days, by people."""
    return terms.version.project_type is not ProjectType.INSTANT and not terms.version.auto_approve


def instant(terms: Terms) -> bool:
    """Return whether a matter is decided on the spot, by people."""
    return terms.version.project_type is ProjectType.INSTANT and not terms.version.auto_approve


def licence(terms: Terms) -> bool:
    """Return whether 行政许可法 judges a matter, with its receipt limit in working days."""
    return terms.is_licence and terms.receipt is not None and _in_workdays(terms.receipt)


def no_licence(terms: Terms) -> bool:
    """Return whether a matter is none that 行政许可法 judges."""
    return not terms.is_licence


def joint(terms: Terms) -> bool:
    """Return whether several agencies handle a matter at once."""
    return terms.version.handling is not HandlingMode.SINGLE


def suspendable(terms: Terms) -> bool:
    """Return whether a matter knows a lawful special procedure."""
    return any(kind in ARTICLE_45 for kind in terms.version.special_procedures)


def in_workdays(terms: Terms) -> bool:
    """Return whether every stage that has a limit has it in working days."""
    return all(stage.limit is None or _in_workdays(stage.limit) for stage in terms.version.flow)


def stages(fewest: int) -> Where:
    """Return the condition of a flow of so many mandatory stages or more."""
    return lambda terms: sum(stage.mandatory for stage in terms.version.flow) >= fewest


def in_line(terms: Terms) -> bool:
    """Return whether each stage of a flow waits for one other at most, and none runs beside another."""
    waited = [code for stage in terms.version.flow for code in stage.after]
    return all(len(stage.after) <= 1 for stage in terms.version.flow) and len(waited) == len(set(waited))


def side_by_side(terms: Terms) -> bool:
    """Return whether a flow has stages that run side by side."""
    return over_days(terms) and any(
        len([stage for stage in terms.version.flow if code in stage.after]) > 1
        for code in (stage.code for stage in terms.version.flow)
    )


def unconditional(terms: Terms) -> bool:
    """Return whether every stage of a flow applies to every case."""
    return all(stage.when is None for stage in terms.version.flow)


def judged_by(*rule_ids: str) -> Where:
    """Return the condition that rules judge a matter."""
    return lambda terms: all(terms.judges(rule_id) for rule_id in rule_ids)


def warns_before(days: int) -> Where:
    """Return the condition that the first warning comes so many days before the due date."""
    return lambda terms: (
        terms.thresholds["OT_PROMISE_SOON.used_share"] is None and terms.thresholds["OT_PROMISE_SOON.before"] == days
    )


def _in_workdays(limit: Limit) -> bool:
    return limit.unit is Unit.WORKING_DAY
