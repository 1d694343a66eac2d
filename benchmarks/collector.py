"""The pauses of the collector of garbage: CPU time of each of its runs."""

import gc
from time import process_time
from typing import Self


class Pauses:
    """The longest run of the collector and the number of runs, CPU seconds, while it is entered."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.runs = 0
        self._since = 0.0

    def told(self, phase: str, _info: dict[str, int]) -> None:
        """Note the start or the stop of a run."""
        if phase == "start":
            self._since = process_time()
            return
        self.longest = max(self.longest, process_time() - self._since)
        self.runs += 1

    def __enter__(self) -> Self:
        """Watch from here on."""
        gc.callbacks.append(self.told)
        return self

    def __exit__(self, *_: object) -> None:
        """Watch no longer."""
        gc.callbacks.remove(self.told)
