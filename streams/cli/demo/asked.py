"""What a demonstration is asked to be, the city it is about, and the settings its worker gets.

Which clock. A day a second leaves a millisecond, the finest a log stamps, a minute and a half of simulated time, and
the tens of milliseconds a record takes on its way an hour. Reports then come later than their sources declare, late
evidence is late, agencies are silent, and what was planted is found beside much that a slow network would have caused.
So the days of a rehearsal pass as fast, but its feeder stamps each record with the instant it was reported at and
inserts the ticks: what is said is then what the key says, every time. The scaled clock is there to be looked at.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules.events.instants import DAY, SECOND, instant_of, to_datetime

if TYPE_CHECKING:
    from rules.catalog.index import Catalog
    from streams.settings import Settings
    from streams.simulate.run import Written

CATALOG = "shili"
PARTITIONS = 4
"""Enough to show that cases are parted, few enough for one machine."""
LEAD = timedelta(seconds=4)
"""Until a scaled clock begins: the worker is up by then."""
MOST_SPEED = 100
"""Days a second: beyond, a scaled clock would be refused."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. ``speed``: simulated days a second, None for as fast as it goes.

    ``broker`` is where a Kafka is, None for the local log; ``prefix`` begins the names of the topics; ``scaled``: the
    log stamps the records, and a scaled clock says what its stamps mean.
    """

    cases: int
    seed: int
    months: int
    speed: Fraction | None
    broker: str | None = None
    prefix: str = "jiancha"
    scaled: bool = False

    @property
    def times(self) -> Fraction | None:
        """Return how many times as fast as the clock on the wall the days pass, None for as fast as it goes."""
        return None if self.speed is None else self.speed * DAY / SECOND


@dataclass(frozen=True, slots=True)
class Town:
    """A simulated city as it lies in a folder, from its first day on, and what was asked."""

    asked: Asked
    room: Path
    catalog: "Catalog"
    written: "Written"
    opens: date

    @property
    def as_of(self) -> int:
        """Return the instant at which its key holds (microseconds)."""
        return instant_of(self.written.as_of)

    @property
    def begins(self) -> int:
        """Return the first instant of its first day (microseconds)."""
        return self.catalog.days.start_of(self.opens.toordinal())


def settings_of(town: Town, now: datetime) -> "Settings":
    """Return the settings of the worker; SettingsErrors where the broker is none.

    The embedded parts lie in the folder of the town, ports are any that are free. A scaled clock begins a little after
    ``now``.
    """
    from streams.settings import load_settings

    asked, room = town.asked, town.room
    given: dict[str, Any] = {
        "broker.url": asked.broker or f"local://{room / 'log'}",
        "store.url": str(room / "store"),
        "catalog": CATALOG,
        "topics.prefix": asked.prefix,
        "topics.partitions": PARTITIONS,
        "topics.replication": 1,
        "http.port": 0,
        "http.store_port": 0,
    }
    if not asked.scaled:
        return load_settings({}, given={**given, "clock.kind": "rehearsal"}).settings
    times = asked.times or Fraction(1)
    given["clock.kind"] = "scaled"
    given["clock.epoch_real"] = now + LEAD
    given["clock.epoch_sim"] = to_datetime(town.begins)
    given["clock.factor"] = Decimal(times.numerator) / Decimal(times.denominator)
    return load_settings({}, given=given).settings
