"""A worker that puts most of what it reads aside stops, rather than drain a bad deploy into the quarantine."""

from collections import deque


class TooManyAside(Exception):
    """So many records could not be read that something is wrong with the sources, or with this program."""


class Guard:
    """Watches what became of records: at most ``ratio`` of the last ``window`` aside, at most ``run`` in a row."""

    def __init__(self, *, ratio: float, window: int, run: int) -> None:
        self._ratio = ratio
        self._window = window
        self._run = run
        self._in_a_row = 0
        self._batches: deque[tuple[int, int]] = deque()
        self._read = self._aside = 0

    def saw(self, read: int, aside: int, last: str) -> None:
        """Note a batch: how many records it held, how many were put aside, and why the last of them was.

        TooManyAside where it is beyond bounds; the batch is not to be made durable then.
        """
        self._in_a_row = self._in_a_row + aside if aside == read else 0
        self._batches.append((read, aside))
        self._read += read
        self._aside += aside
        while self._batches and self._read - self._batches[0][0] >= self._window:
            old_read, old_aside = self._batches.popleft()
            self._read -= old_read
            self._aside -= old_aside
        if aside and self._in_a_row >= self._run:
            raise TooManyAside(f"连续 {self._in_a_row} 条记录读不出而被隔离，已停止。最后一条：{last}")
        if aside and self._read >= self._window and self._aside > self._ratio * self._read:
            raise TooManyAside(
                f"最近 {self._read} 条记录中有 {self._aside} 条读不出而被隔离"
                f"（上限 {self._ratio:.0%}），已停止。最后一条：{last}"
            )
