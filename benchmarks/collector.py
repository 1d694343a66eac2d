"""The pauses of the collector of garbage: CPU time of each of its runs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time


class Pauses:
    """The longest run of the collector and all of them, CPU seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.total = 0.0
        self._since = 0.0

    def told(self, phase: str, _info: dict[str, int]) -> None:
        """Note the start or the stop of a run."""
        if phase == "start":
            self._since = process_time()
            return
        took = process_time() - self._since
        self.longest = max(self.longest, took)
        self.total += took


@contextmanager
def pauses() -> Iterator[Pauses]:
    """Watch the collector meanwhile."""
    watched = Pauses()
    gc.callbacks.append(watched.told)
    try:
        yield watched
    finally:
        gc.callbacks.remove(watched.told)
