"""The law a case is judged by (适用依据): matter, version, thresholds and calendar, resolved once a case and kept.

A case is judged by what was in force at its acceptance, before that at its receipt (``semantics.md`` §4).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, assert_never

from rules.calendar import WorkCalendar
from rules.catalog.models.base import IN_DAYS, Limit, Unit
from rules.catalog.models.matters import Matter, MatterVersion, StageDef
from rules.catalog.models.sources import Source
from rules.catalog.models.statutes import Statute, StatuteId
from rules.events.instants import DAY, HOUR, MINUTE
from rules.events.words import HandlingMode
from rules.params import Param

if TYPE_CHECKING:
    from rules.catalog.index import Catalog

T = TypeVar("T")
LICENCE = "01"
DEFAULT_GRACE = 30 * MINUTE
SLACK = 2 * HOUR
"""More than a change of clocks takes from a day."""
HOLIDAYS = 15
"""No run of days off is longer than this (calendar days)."""


class Bearing(NamedTuple):
    """What of a case decides which law applies to it."""

    task_code: str | None
    org: str | None
    region: str | None
    task_type: str | None
    mode: HandlingMode | None
    source: str | None


class Flow:
    """The stages of a matter version, indexed: by code, and who waits for whom."""

    __slots__ = ("after", "before", "conditional", "least", "stages")

    def __init__(self, stages: tuple[StageDef, ...]) -> None:
        self.stages: Mapping[str, StageDef] = {stage.code: stage for stage in stages}
        self.conditional = any(stage.when is not None for stage in stages)
        self.before: Mapping[str, tuple[str, ...]] = {stage.code: stage.after for stage in stages}
        self.least: Mapping[str, int] = {
            stage.code: least_stay(stage.limit)
            for stage in stages
            if stage.limit is not None and stage.limit.unit in IN_DAYS
        }
        """By code, how long a stage with a limit in days may take in any case (microseconds)."""
        self.after: Mapping[str, tuple[str, ...]] = {
            stage.code: tuple(other.code for other in stages if stage.code in other.after) for stage in stages
        }


NO_FLOW = Flow(())


class Law:
    """What a case is judged by. Limits are None where no text fixes one; ``why_no_matter`` says why none applies."""

    __slots__ = (
        "basis",
        "catalog",
        "days",
        "exempt",
        "extension",
        "extension_basis",
        "extension_times",
        "flow",
        "grace",
        "is_licence",
        "matter",
        "off",
        "profile",
        "promise",
        "receipt",
        "receipt_basis",
        "receipt_least",
        "source",
        "span",
        "statutory",
        "values",
        "version",
        "why_no_matter",
    )

    def __init__(
        self,
        catalog: "Catalog",
        matter: Matter | None,
        version: MatterVersion | None,
        *,
        why_no_matter: str,
        task_type: str | None,
        mode: HandlingMode | None,
        day: int,
        days: WorkCalendar,
        source: Source | None,
        profile: str,
        values: Mapping[str, Any],
        off: frozenset[str],
    ) -> None:
        self.catalog = catalog
        self.matter = matter
        self.version = version
        self.why_no_matter = why_no_matter
        self.days = days
        self.source = source
        self.grace = DEFAULT_GRACE if source is None else source.delay_minutes * MINUTE
        self.profile = profile
        self.values = values
        self.off = off
        self.flow = NO_FLOW if version is None else catalog.flow_of(version)
        self.exempt: frozenset[str] = frozenset() if version is None else frozenset(version.exempt)
        kind = matter.task_type if matter is not None else task_type
        by_reference = version is not None and version.law_by_reference
        self.is_licence = kind == LICENCE or by_reference
        self._limits(version, mode, day)
        self.span = max((_most_days(one) for one in (self.promise, self.statutory, self.receipt) if one), default=0)
        """No limit of this law ends more calendar days after its start than this, pauses and extensions apart."""

    def _limits(self, version: MatterVersion | None, mode: HandlingMode | None, day: int) -> None:
        """Take the limits from the matter, else from the article of the law that speaks of all licences."""
        joint = (mode or (version.handling if version is not None else HandlingMode.SINGLE)) is not HandlingMode.SINGLE
        general = self._statute(StatuteId.JOINT if joint else StatuteId.STATUTORY, day)
        receipt = self._statute(StatuteId.RECEIPT, day)
        more = self._statute(StatuteId.JOINT_EXTENSION if joint else StatuteId.EXTENSION, day)
        own = version.statutory if version is not None else None
        # Of a matter not in the catalogue a special law may say otherwise: its statutory limit is not known.
        general = general if version is not None else None
        self.statutory: Limit | None = own or (general.limit if general is not None else None)
        self.basis = (version.basis if own is not None and version else None) or (general.basis if general else "")
        self.promise: Limit | None = version.promise if version is not None else None
        own_receipt = version.receipt if version is not None else None
        self.receipt: Limit | None = own_receipt or (receipt.limit if receipt is not None else None)
        self.receipt_least = (
            None if self.receipt is None or self.receipt.unit not in IN_DAYS else least_stay(self.receipt)
        )
        """How long an answer may take in any case (microseconds); None where its limit is not one in days."""
        self.receipt_basis = (version.basis if own_receipt and version else None) or (receipt.basis if receipt else "")
        extension = version.extension if version is not None else None
        self.extension: Limit | None = extension.limit if extension is not None else (more.limit if more else None)
        self.extension_times: int | None = extension.times if extension is not None else (1 if more else None)
        self.extension_basis = extension.basis if extension is not None else (more.basis if more else "")

    def _statute(self, which: StatuteId, day: int) -> Statute | None:
        return self.catalog.statute(which, day) if self.is_licence else None

    def get(self, param: Param[T]) -> T:
        """Return the value of a parameter under the profile in force, else its default."""
        value: T = self.values.get(param.id, param.default)
        return value

    def stage(self, code: str) -> StageDef | None:
        """Return the definition of a stage of the flow."""
        return self.flow.stages.get(code)


def least_stay(limit: Limit) -> int:
    """Return microseconds that a limit in days surely lasts: so many working days are never fewer calendar days."""
    return limit.n * DAY - SLACK


def _most_days(limit: Limit) -> int:
    """Return calendar days that surely hold a limit, whatever the holidays."""
    match limit.unit:
        case Unit.WORKING_DAY:
            return 3 * limit.n + HOLIDAYS
        case Unit.NATURAL_DAY:
            return limit.n + HOLIDAYS
        case Unit.MONTH:
            return 31 * limit.n + HOLIDAYS
        case Unit.HOUR | Unit.OFFICE_HOUR:
            return limit.n + HOLIDAYS
        case never:
            assert_never(never)
