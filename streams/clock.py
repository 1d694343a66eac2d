"""The clock (时钟) of the edge: what a stamp of the log means, and what time it is.

The log's stamps are real; a scaled clock lets a demonstration pass a day in ten seconds. All of a worker counts in
simulated time, so that the core and the archive never hear of it.
"""

from collections.abc import Callable
from fractions import Fraction
from time import time_ns

from rules.events.instants import from_datetime
from streams.settings.clock import ClockKind, ClockSettings


def wall() -> int:
    """Return the real time in microseconds since 1970."""
    return time_ns() // 1000


class Clock:
    """Maps stamps of the log to the time they mean. All instants are microseconds.

    ``sim = epoch_sim + (stamp - epoch_real) × factor``, exactly; without a factor both are the same. ``read`` says what
    time it is; a test hands in its own.
    """

    def __init__(
        self, *, epoch_real: int = 0, epoch_sim: int = 0, factor: Fraction | int = 1, read: Callable[[], int] = wall
    ) -> None:
        self.epoch_real = epoch_real
        self.epoch_sim = epoch_sim
        self.factor = Fraction(factor)
        self.read = read
        self._up, self._down = self.factor.numerator, self.factor.denominator

    def sim(self, stamp: int) -> int:
        """Return the instant a stamp of the log means."""
        return self.epoch_sim + (stamp - self.epoch_real) * self._up // self._down

    def real(self, sim: int) -> int:
        """Return the least stamp that means an instant or a later one."""
        return self.epoch_real - (self.epoch_sim - sim) * self._down // self._up

    def now(self) -> int:
        """Return what time it is, simulated."""
        return self.sim(self.read())

    def until(self, sim: int) -> float:
        """Return how many real seconds it takes until an instant; 0 where it has passed."""
        return max(0, self.real(sim) - self.read()) / 1_000_000


def clock_of(settings: ClockSettings, read: Callable[[], int] = wall) -> Clock:
    """Return the clock the settings ask for. In a rehearsal a stamp is what the feeder says, so it means itself."""
    if settings.kind is not ClockKind.SCALED or settings.epoch_real is None or settings.epoch_sim is None:
        return Clock(read=read)
    return Clock(
        epoch_real=from_datetime(settings.epoch_real),
        epoch_sim=from_datetime(settings.epoch_sim),
        factor=Fraction(settings.factor),
        read=read,
    )
