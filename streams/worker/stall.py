"""A worker whose commits stop moving while records wait ends itself: another may do better, and someone is told."""

from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[str, int]


class Stalled(Exception):
    """Commits of a partition have not moved for too long while records wait."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a partition is: committed, and where the log ends."""

    committed: int
    end: int


class StallWatch:
    """Told now and then how far each partition is; ``seconds`` without progress where records wait is Stalled."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[Place, tuple[int, float]] = {}

    def look(self, standing: Mapping[Place, Standing], now: float, *, excused: bool = False) -> None:
        """Look at an instant of a steady clock (seconds). ``excused``: what is waited for is known, and tried again."""
        for place in self._since.keys() - standing.keys():
            del self._since[place]
        for place, one in standing.items():
            committed, since = self._since.get(place, (-1, now))
            if excused or one.committed >= one.end or one.committed != committed:
                self._since[place] = (one.committed, now)
            elif now - since > self._seconds:
                topic, number = place
                raise Stalled(
                    f"{topic}-{number} 的位点 {one.committed} 已有 {now - since:.0f} 秒不动，"
                    f"而日志已到 {one.end}：退出，由其他进程接手"
                )
