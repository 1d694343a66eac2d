"""The law of a case as the peers look it up: the same catalogue, the same calendar, none of the core's judgement."""

from decimal import Decimal
from typing import Any, NamedTuple

from rules.calendar import WorkCalendar
from rules.catalog.index import Catalog
from rules.catalog.models.base import Limit, Unit
from rules.catalog.models.matters import When
from rules.charges import over_standard
from rules.charges.tariff import allowed, standards_on
from rules.events.words import HandlingMode
from rules.law import Bearing
from rules.overtime import statutory_over
from rules.steps import step_missing

OVER, MISSING, CHARGED = RULES = (statutory_over.RULE, step_missing.RULE, over_standard.RULE)
"""The three rules the peers judge: a deadline, a missing step, an excessive charge."""

Needs = tuple[tuple[str, tuple[str, ...]], ...]


class Unsupported(ValueError):
    """The catalogue asks something the peers do not know; they would be wrong, so they are not measured on it."""


class Step(NamedTuple):
    """A mandatory stage, and the attributes of the case on which it is one (none: always)."""

    code: str
    needs: Needs

    def applies(self, attributes: dict[str, str]) -> bool:
        """Return whether a case must pass through it."""
        return all(attributes.get(name) in wanted for name, wanted in self.needs)


class Terms(NamedTuple):
    """What holds for a case; limits None where there is none. ``answer`` is the receipt limit in working days.

    ``more`` is the longest extension, ``times`` how often there may be one; None: no bound.
    """

    days: WorkCalendar
    limit: Limit | None
    answer: int | None
    more: Limit | None
    times: int | None
    steps: tuple[Step, ...]
    off: frozenset[str]


class Lookup:
    """Looks the law up once for each matter, agency, handling and day."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._terms: dict[tuple[Any, ...], Terms] = {}
        self._bounds: dict[tuple[Any, ...], Decimal | None] = {}

    def terms(self, event: dict[str, Any], day: int) -> Terms:
        """Return what holds for a case whose acceptance (or application) is this event of a day (ordinal)."""
        key = (event.get("task_code"), event.get("handling_mode"), event.get("org_code"), day)
        terms = self._terms.get(key)
        if terms is None:
            terms = self._terms[key] = self._read(event, day)
        return terms

    def bound(self, item: str | None, standard: str | None, quantity: str | None, day: int) -> Decimal | None:
        """Return the most that may be charged for an item on a day (ordinal), yuan; None where it cannot be said."""
        key = (item, standard, quantity, day)
        if key not in self._bounds:
            self._bounds[key] = self._bound(item, standard, quantity, day)
        return self._bounds[key]

    def _read(self, event: dict[str, Any], day: int) -> Terms:
        mode = event.get("handling_mode")
        bearing = Bearing(
            event.get("task_code"),
            event.get("org_code"),
            event.get("region_code"),
            event.get("task_type"),
            HandlingMode(mode) if mode is not None else None,
            event.get("data_source"),
        )
        law = self.catalog.law(bearing, day)
        receipt = law.receipt if law.is_licence else None
        stages = [stage for stage in law.flow.stages.values() if stage.mandatory]
        return Terms(
            days=law.days,
            limit=law.statutory,
            answer=receipt.n if receipt is not None and receipt.unit is Unit.WORKING_DAY else None,
            more=law.extension,
            times=law.extension_times,
            steps=tuple(Step(stage.code, needs_of(stage.when)) for stage in stages),
            off=law.off | law.exempt,
        )

    def _bound(self, code: str | None, standard: str | None, quantity: str | None, day: int) -> Decimal | None:
        item = self.catalog.fees.get(code) if code is not None else None
        if item is None or not item.covers(day):
            return None
        standards = standards_on(item, day)
        meant = [one for one in standards if one.id == standard] or standards
        bounds = [allowed(one, Decimal(quantity) if quantity is not None else None) for one in meant]
        known = [bound for bound in bounds if bound is not None]
        return max(known) if known and len(known) == len(bounds) else None


def needs_of(when: When | None) -> Needs:
    """Return the attributes a condition asks for; Unsupported where it asks for anything else."""
    if when is None:
        return ()
    if set(when.model_dump(exclude_defaults=True)) - {"attributes"}:
        raise Unsupported(f"a condition beyond attributes: {when}")
    return tuple(when.attributes.items())
