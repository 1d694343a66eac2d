"""What makes an engine one of cases or one of agencies: whose facts, which folds, which rules, which law."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from rules.cases import facts
from rules.cases.case import Case
from rules.cases.filed import Filed
from rules.cases.fold import fold, fold_strand
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.docket import F
from rules.events.kinds import Strand
from rules.law import Bearing, Law

About = tuple[str | None, str | None, str | None]
"""Agency, matter and region a card is about."""


@dataclass(frozen=True, slots=True)
class TierSpec(Generic[F]):
    """One tier of supervision. ``commutes``: its folds do not depend on order, so nothing is ever folded again.

    ``fold_strand`` folds one strand of a case again; without it what comes late folds the whole log again.
    """

    new_facts: Callable[[str], F]
    fold: Callable[[F, Filed[Any]], int]
    law_of: Callable[[Catalog, F, int], Law]
    about: Callable[[F, Law], About]
    rules: tuple[Rule, ...]
    clock_facts: int = facts.CLOCK
    commutes: bool = False
    fold_strand: Callable[[F, Sequence[Filed[Any]], Filed[Any], Strand], int] | None = None


def law_of_case(catalog: Catalog, case: Case, day: int) -> Law:
    """Return the law in force at acceptance, before that at receipt, else on the day of the first event."""
    start = case.accepted or case.submitted
    bearing = Bearing(case.task_code, case.org_code, case.region_code, case.task_type, case.handling_mode, case.source)
    return catalog.law(bearing, day if start is None else start.day)


def about_case(case: Case, law: Law) -> About:
    """Return agency, matter and region of a case; the matter's agency where the events name none."""
    org = case.org_code or (law.matter.org_code if law.matter is not None else None)
    return org, case.task_code, case.region_code


def case_tier(rules: tuple[Rule, ...]) -> TierSpec[Case]:
    """Return the first tier: cases, judged by these rules."""
    return TierSpec(Case, fold, law_of_case, about_case, rules, fold_strand=fold_strand)
