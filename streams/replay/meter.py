"""How far a replay is, told a few times a second."""

from time import monotonic

from streams.replay.settings import Phase, Progress, Report

SHARES = {Phase.READING: (0.0, 0.42), Phase.JUDGING: (0.42, 0.48), Phase.STORING: (0.9, 0.1)}
"""Of the whole work, where each phase begins and how much of it it is."""
SECONDS = 0.1


class Meter:
    """Gathers what the shards tell, and reports it, not too often."""

    def __init__(self, report: Report | None, shards: int) -> None:
        self.shards = shards
        self._report = report
        self._parts: dict[int, tuple[float, int]] = {}
        self._phase = Phase.READING
        self._due = 0.0

    def told(self, shard: int, phase: Phase, fraction: float, records: int) -> None:
        """Take note of how far a shard is in a phase."""
        if phase is not self._phase:
            self._phase = phase
            self._parts.clear()
        self._parts[shard] = (fraction, records)
        if self._report is not None and monotonic() >= self._due:
            self._due = monotonic() + SECONDS
            self._say()

    def storing(self, fraction: float) -> None:
        """Tell how much of what was said is stored."""
        self._phase = Phase.STORING
        self._parts = {0: (fraction * self.shards, 0)}
        if self._report is not None:
            self._say()

    def _say(self) -> None:
        begin, share = SHARES[self._phase]
        done = sum(fraction for fraction, _ in self._parts.values()) / self.shards
        counts = [records for _, records in self._parts.values()]
        # Every shard reads all lines and judges its own.
        records = max(counts, default=0) if self._phase is Phase.READING else sum(counts)
        if self._report is not None:
            self._report(Progress(self._phase, begin + share * done, records))
