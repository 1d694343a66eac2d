"""Limits added up and compared, for notices about a configuration; no deadline is ever computed this way.

Limits of one unit are compared as they are. Of different units each is turned into working days by the equivalences
below, which are the project's own, and the arithmetic says so.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from rules.catalog.lint.flows import ordered
from rules.catalog.models.base import UNIT_NAMES, Limit, Unit
from rules.catalog.models.matters import StageDef

IN_WORKING_DAYS: Mapping[Unit, Fraction] = {
    Unit.WORKING_DAY: Fraction(1),
    Unit.NATURAL_DAY: Fraction(5, 7),
    Unit.HOUR: Fraction(1, 24),  # a limit of one working day never ends within 24 hours
    Unit.OFFICE_HOUR: Fraction(1, 8),  # 国务院关于职工工作时间的规定 3: eight hours a day
    Unit.MONTH: Fraction(150, 7),  # of 30 days
}
TWO_YEARS: Mapping[Unit, int] = {
    Unit.WORKING_DAY: 500,
    Unit.NATURAL_DAY: 731,
    Unit.HOUR: 17_544,
    Unit.OFFICE_HOUR: 4_000,
    Unit.MONTH: 24,
}
CONVERTED = "单位不同，按 7 自然日＝5 工作日、24 小时＝1 工作日、8 办公小时＝1 工作日、1 月＝30 自然日折算"


def working_days(limit: Limit) -> Fraction:
    """A limit as working days, by the equivalences."""
    return limit.n * IN_WORKING_DAYS[limit.unit]


def is_longer(one: Limit, other: Limit) -> bool:
    """Whether a limit is longer than another."""
    return working_days(one) > working_days(other)


def conversion(limits: Sequence[Limit]) -> tuple[str, ...]:
    """The line of arithmetic that says units were converted, where they were."""
    return (CONVERTED,) if len({limit.unit for limit in limits}) > 1 else ()


def longest_path(flow: Sequence[StageDef]) -> tuple[StageDef, ...]:
    """The stages with limits on the path of a flow that takes longest; ValueError if the flow has a cycle."""
    best: dict[str, tuple[Fraction, tuple[StageDef, ...]]] = {}
    for stage in ordered(flow):
        before = [best[code] for code in stage.after if code in best]
        days, path = max(before, key=lambda found: found[0], default=(Fraction(0), ()))
        if stage.limit is not None:
            days, path = days + working_days(stage.limit), (*path, stage)
        best[stage.code] = (days, path)
    return max(best.values(), key=lambda found: found[0], default=(Fraction(0), ()))[1]


def total(limits: Sequence[Limit]) -> str:
    """The sum of limits as text: in their unit if they share one, else in working days."""
    units = {limit.unit for limit in limits}
    if len(units) == 1:
        return f"{sum(limit.n for limit in limits)}{UNIT_NAMES[units.pop()]}"
    return f"{in_text(sum(map(working_days, limits), Fraction(0)))}个工作日"


def in_text(number: Fraction) -> str:
    """A number with at most two decimals."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".")
