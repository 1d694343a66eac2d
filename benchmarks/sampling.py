"""Where CPU time is spent, told by samples: a timer of CPU time interrupts, and the stack says which part it was.

Nothing of what is measured is changed for it, and at a sample every few milliseconds nothing is slowed. A sample that
falls into a call of C is counted for its caller. The share of a part is as sure as its number of samples: of a
thousand samples a share of a tenth is right to about one in a hundred.
"""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

EVERY = 0.002
"""CPU seconds between two samples; the system may round it up."""

OTHER = "other"
PartOf = Callable[[FrameType], str | None]
"""Names the part a frame belongs to, None where it says nothing."""


class Samples:
    """Counts samples by part: the innermost frame that names one, unless a frame further out names one of ``whole``."""

    def __init__(self, part_of: PartOf, whole: frozenset[str] = frozenset()) -> None:
        self._part_of = part_of
        self._whole = whole
        self.counts: Counter[str] = Counter()

    @property
    def total(self) -> int:
        """Return the number of samples."""
        return self.counts.total()

    def shares(self) -> Mapping[str, float]:
        """Return the share of each part, the largest first."""
        return {part: count / self.total for part, count in self.counts.most_common()}

    def sample(self, _signal: int, frame: FrameType | None) -> None:
        """Count one sample."""
        part: str | None = None
        while frame is not None:
            named = self._part_of(frame)
            if named is not None and (part is None or named in self._whole):
                part = named
            frame = frame.f_back
        self.counts[part or OTHER] += 1


@contextmanager
def sampled(samples: Samples) -> Iterator[None]:
    """Sample what runs meanwhile."""
    before = signal.signal(signal.SIGPROF, samples.sample)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
