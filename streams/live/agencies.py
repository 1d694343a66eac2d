"""The second tier of a partition: what the first tier tells about agencies, what sources say of themselves, ticks."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from rules.agencies.agency import Agency
from rules.agencies.tier import agency_tier
from rules.cases.filed import Filed
from rules.catalog.index import Catalog
from rules.engine.engine import file_event
from rules.events.data import Heartbeat, Outage
from rules.events.decode import Unplaceable, decode
from rules.events.envelope import Event
from rules.events.instants import to_datetime
from rules.registry import AGENCY_RULES
from streams.live.partition import Partition
from streams.live.said import Aside
from streams.live.wire import TICK
from streams.log import Record


class AgencyPartition(Partition[Agency]):
    """Partition ``number`` of ``of`` of the second topic. ``sim`` gives the instant a stamp stands for."""

    def __init__(self, catalog: Catalog, number: int, of: int, *, sim: Callable[[int], int], hot: int = 20_000) -> None:
        super().__init__(agency_tier(AGENCY_RULES), catalog, number, of, hot=hot)
        self._sim = sim
        self._zone = ZoneInfo(catalog.head.zone)

    def _take(self, record: Record, value: bytes) -> None:
        stamp = self._sim(record.stamp)
        if value.startswith(TICK):
            self.tick(stamp)
            self.count("tick", stamp)
            return
        try:
            event = decode(value)
            filed = self._filed(event, stamp)
        except (Unplaceable, ValueError) as err:
            reason, field = (err.reason, err.field) if isinstance(err, Unplaceable) else (str(err), "")
            self.tick(stamp)
            self._said.aside.append(Aside(record.offset, stamp, record.key, value, reason, field, ""))
            self.count("quarantined", stamp)
            return
        if record.key is not None:
            self.read(record.key.decode(), filed, record.offset)
        elif isinstance(event, Heartbeat | Outage):
            self.heartbeat(event, stamp)
            self.count("folded", stamp)
        else:
            self.tick(stamp)
            self.count("folded", stamp)

    def _filed(self, event: Event, stamp: int) -> Filed[Event]:
        text = to_datetime(stamp).astimezone(self._zone).isoformat()
        return file_event(self.catalog, replace(event, reported_at=text))
