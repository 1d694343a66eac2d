"""What a simulated city is asked to be (模拟选项)."""

from dataclasses import dataclass, field
from datetime import date

from streams.simulate.workdays import months_after

CASES_A_ROUND = 1000
DAYS_AFTER = 7


@dataclass(frozen=True, slots=True)
class Disorder:
    """How much goes wrong on the way, as shares of all records (of all cases where it says so)."""

    tardy: float = 0.03
    """Late, though within the delay the source declares."""

    repeated: float = 0.006
    """Sent twice, byte for byte."""

    resent: float = 0.006
    """Sent again later, with the same content."""

    corrected: float = 0.02
    """Cases with a correction of something harmless, before their close."""

    voided: float = 0.01
    """Cases with a record that is voided soon after."""

    broken: float = 0.004
    """Cases with an unreadable record."""

    defective: float = 0.01
    """Cases with a field that cannot be read."""

    extra: float = 0.05
    """Cases whose records carry fields nobody knows."""

    shuffled: float = 0.005
    """Lines of the feed that stand later than their ``reported_at`` says."""


CALM = Disorder(0, 0, 0, 0, 0, 0, 0, 0, 0)
"""Nothing goes wrong on the way."""


@dataclass(frozen=True, slots=True)
class SimOptions:
    """Seed, span and size of a simulated city; the same options give the same bytes.

    ``cases`` are ordinary ones, planted ones come on top: ``rounds`` is how often every violation and near-miss is
    planted; None: once for every thousand cases.
    """

    seed: int = 1
    start: date = date(2026, 1, 5)
    months: int = 3
    cases: int = 3000
    rounds: int | None = None
    disorder: Disorder = field(default_factory=Disorder)

    def planted_rounds(self) -> int:
        """Return how often every plant is set."""
        return self.rounds if self.rounds is not None else max(1, self.cases // CASES_A_ROUND)

    def last_day(self) -> int:
        """Return the last day (ordinal) on which applications come in."""
        return months_after(self.start.toordinal(), self.months) - 1
