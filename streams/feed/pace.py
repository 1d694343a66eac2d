"""When a letter may go: by the clock of the log, by the speed asked for, by the rate allowed."""

from fractions import Fraction

from rules.events.instants import SECOND
from streams.clock import Clock


class Pace:
    """Says when letters may go. Instants are microseconds, real ones of the machine's clock.

    ``clock`` (a scaled one): when its time shows the report. ``speed``: that many times as fast as they were reported.
    ``rate``: at most so many a second. Without any of them a letter may always go.
    """

    def __init__(
        self, began: int, *, clock: Clock | None = None, speed: Fraction | None = None, rate: Fraction | None = None
    ) -> None:
        self._began = began
        self._clock = clock
        self._speed = speed
        self._rate = rate
        self._first: int | None = None

    def due(self, reported: int, sent: int) -> int:
        """Return the real instant from which a letter may go, before which ``sent`` others have gone."""
        due = self._began
        if self._clock is not None:
            due = max(due, self._clock.real(reported))
        if self._speed is not None:
            if self._first is None:
                self._first = reported
            due = max(due, self._began + int((reported - self._first) / self._speed))
        if self._rate is not None:
            due = max(due, self._began + int(sent * SECOND / self._rate))
        return due
