"""When a source may be believed about what did *not* happen (``semantics.md`` §7).

A negative finding waits for its grace while the source is alive. A source that promises heartbeats is alive while the
last one is not older than two of its intervals; one that promises none is taken to be alive. Declared outages and
force majeure hold findings back until their end. All of it is a function of the set of heartbeats.
"""

from bisect import bisect_right, insort

from rules.catalog.models.sources import Source
from rules.events.instants import MINUTE, from_datetime
from rules.verdicts import NEVER

HEARTBEATS_MISSED = 2


class Sources:
    """What is known of the sources: their heartbeats and outages, instants in microseconds."""

    def __init__(self) -> None:
        self._beats: dict[str, list[int]] = {}
        self._outages: dict[str, list[tuple[int, int, int]]] = {}

    def beat(self, source: str, reported: int) -> None:
        """Record a heartbeat."""
        beats = self._beats.setdefault(source, [])
        if not beats or reported > beats[-1]:
            beats.append(reported)
        elif reported not in beats:
            insort(beats, reported)

    def outage(self, source: str, start: int, end: int, reported: int) -> None:
        """Record an outage the source announced; it holds back nothing that was to be said before it was reported."""
        span = (start, end, reported)
        spans = self._outages.setdefault(source, [])
        if span not in spans:
            insort(spans, span)

    def waits(self, source: Source | None) -> bool:
        """Return whether findings about a source may ever have to wait beyond their grace."""
        return source is not None and (
            source.heartbeat_minutes is not None or bool(source.outages) or source.id in self._outages
        )

    def believed_from(self, source: Source, instant: int, now: int) -> int:
        """Return the first instant from ``instant`` to ``now`` at which the source is alive; NEVER where there is none.

        An outage whose end is known and lies ahead gives that end.
        """
        while True:
            end = self._outage_end(source, instant)
            if end <= instant:
                break
            instant = end
        if instant > now or source.heartbeat_minutes is None:
            return instant
        beats = self._beats.get(source.id, [])
        at = bisect_right(beats, instant)
        if at and beats[at - 1] > instant - HEARTBEATS_MISSED * source.heartbeat_minutes * MINUTE:
            return instant
        if at < len(beats) and beats[at] <= now:
            return self.believed_from(source, beats[at], now)
        return NEVER

    def _outage_end(self, source: Source, instant: int) -> int:
        ends = [end for start, end, known in self._outages.get(source.id, ()) if max(start, known) <= instant < end]
        spans = [(from_datetime(down.start), from_datetime(down.end)) for down in source.outages]
        ends += [end for start, end in spans if start <= instant < end]
        return max(ends, default=instant)
