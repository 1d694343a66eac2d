"""The second tier of a partition: what the partitions of the first tell about agencies.

Each word says when the first tier knew it. Words are taken in the order of those instants, and only once every
partition of the first tier has come further: so neither the interleaving of partitions nor a backlog in one of them
shows in what is said. What waits here is read again from the log after a restart.
"""

from heapq import heappop, heappush
from typing import NamedTuple

from rules.agencies.agency import Agency
from rules.agencies.tier import agency_tier
from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.engine import file_event
from rules.events.alerts import Alert
from rules.events.data import Heartbeat, Outage, Tick
from rules.events.decode import Unplaceable, decode
from rules.events.envelope import Event
from rules.events.second import CardMoved, OrgReported
from rules.registry import AGENCY_RULES
from rules.verdicts import NEVER
from streams.live.partition import Partition
from streams.live.said import Aside
from streams.live.wire import FROM
from streams.log import Record

REMEMBERED_EVERY = 2_000
"""Records between two times that dockets are remembered: an agency's is long, and what came since is read again."""
_KINDS: dict[type[Event], int] = {OrgReported: 1, Heartbeat: 2, CardMoved: 3, Alert: 4}
_TO_ALL = 0


class Held(NamedTuple):
    """A word that waits: when the first tier knew it, its kind and id (the order), whom it concerns, where it stood."""

    at: int
    kind: int
    id: str
    org: str
    offset: int
    filed: Filed[Event]


class AgencyPartition(Partition[Agency]):
    """Partition ``number`` of ``of`` of the second topic, told by ``sources`` partitions of the first tier."""

    remembers_all = False

    def __init__(self, catalog: Catalog, number: int, of: int, *, sources: int, hot: int = 20_000) -> None:
        super().__init__(agency_tier(AGENCY_RULES), catalog, number, of, hot=hot)
        self._sources_of = sources
        self._waiting: list[Held] = []
        self._since = 0

    @property
    def mark(self) -> int:
        """Return how far all partitions of the first tier have come, microseconds."""
        return min(self.marks.values()) if len(self.marks) == self._sources_of else 0

    def next_due(self) -> int:
        """Return the instant of the earliest review, or of the earliest word that waits."""
        waits = self._waiting[0].at if self._waiting else NEVER
        return min(super().next_due(), waits)

    def _take(self, record: Record, value: bytes) -> None:
        self._since += 1
        try:
            filed = file_event(self.catalog, decode(value))
            source = int(dict(record.headers)[FROM])
        except (Unplaceable, ValueError, KeyError) as err:
            reason, field = (err.reason, err.field) if isinstance(err, Unplaceable) else (repr(err), "")
            self._said.aside.append(Aside(record.offset, record.stamp, record.key, value, reason, field, ""))
            self.count("quarantined", record.stamp)
            return
        event = filed.event
        self.marks[source] = max(self.marks.get(source, 0), filed.reported)
        if isinstance(event, Tick):
            self.count("tick", filed.reported)
            return
        org = "" if record.key is None else record.key.decode()
        kind = _KINDS.get(type(event), _TO_ALL) if org else _TO_ALL
        heappush(self._waiting, Held(filed.reported, kind, event.event_id, org, record.offset, filed))
        self.count("folded", filed.reported)

    def _taken(self) -> None:
        mark = self.mark
        waiting = self._waiting
        while waiting and waiting[0].at < mark:
            held = heappop(waiting)
            self._at = held.offset  # counted when it came
            event = held.filed.event
            if held.org:
                self.read(held.org, held.filed, held.offset)
                continue
            if isinstance(event, Heartbeat | Outage):
                self.heartbeat(event, held.at)
            else:
                self.tick(held.at)
        self.tick(mark)

    def _worth_remembering(self) -> bool:
        return self._since >= REMEMBERED_EVERY

    def _resume_at(self) -> int:
        self._since = 0
        return min((held.offset for held in self._waiting), default=self.next_offset)
