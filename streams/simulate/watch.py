"""When it may be said that something never happened (等待迟报): after the source's delay, while it is alive."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streams.simulate.moments import Moment
from streams.simulate.plan import Plan

MISSED = 2
"""A source that promises heartbeats is alive while fewer than so many of them are missing."""


@dataclass(frozen=True, slots=True)
class Watch:
    """The end of the feed, and the heartbeats each source sends (moments, in order)."""

    end: Moment
    beats: Mapping[str, Sequence[Moment]]

    def may_say(self, plan: Plan, since: Moment) -> Moment | None:
        """Return when it may be said that something had not happened by a moment; None by the end of the feed."""
        if plan.broken:
            return None
        reporter = plan.desk.reporter
        instant = since + plan.terms.grace
        for start, end in reporter.outages:
            if start <= instant < end:
                instant = end
        beats = self.beats.get(reporter.id or "", ())
        if reporter.heartbeat is not None:
            at = bisect_right(beats, instant)
            alive = at > 0 and beats[at - 1] > instant - MISSED * reporter.heartbeat
            if not alive:
                if at == len(beats):
                    return None
                instant = beats[at]
        return instant if instant <= self.end else None
