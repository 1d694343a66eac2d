"""When applications come in, for what, and what becomes of them (申办的到来)."""

from itertools import accumulate
from random import Random
from typing import NamedTuple

from rules.catalog.models.matters import Matter
from rules.events.words import Result
from streams.simulate.city import City
from streams.simulate.desk import Desk
from streams.simulate.moments import HOUR, Moment, moment
from streams.simulate.skeleton import Wish

ONLINE = 0.55
DAY_OFF = 0.12
"""How many apply online on a day off, beside a working day."""

ENDINGS: tuple[tuple[float, Result], ...] = (
    (0.03, Result.DENIED),
    (0.045, Result.NOT_ACCEPTED),
    (0.057, Result.WITHDRAWN),
    (0.065, Result.LAPSED),
)
SUPPLEMENTED, SUSPENDED, EXTENDED, RETURNED, SLIP = 0.12, 0.1, 0.03, 0.04, 0.5


class Arrival(NamedTuple):
    """An application: when, for which matter, whether online."""

    at: Moment
    matter: Matter
    online: bool


def arrivals(city: City, rng: Random, first: int, last: int, count: int) -> list[Arrival]:
    """Return so many applications between two days (ordinals), in order."""
    works = city.lawbook.workdays(None).works
    days = range(first, last + 1)
    cumulated = list(accumulate(1.0 if day in works else DAY_OFF for day in days))
    chosen_days = rng.choices(days, cum_weights=cumulated, k=count)
    chosen_matters = rng.choices(city.matters, cum_weights=list(accumulate(city.weights)), k=count)
    found: list[Arrival] = []
    for day, matter in zip(chosen_days, chosen_matters, strict=True):
        hall_only = any(version.hall_only for version in matter.versions) or bool(city.desk(matter).silent)
        online = not hall_only and (day not in works or rng.random() < ONLINE)
        found.append(Arrival(moment(day) + _time_of_day(rng, online=online), matter, online))
    found.sort(key=lambda arrival: arrival.at)
    return found


def _time_of_day(rng: Random, *, online: bool) -> int:
    if online:
        return int((7 + 15.5 * rng.betavariate(2, 2.5)) * HOUR)
    return int((8.7 + 8.4 * rng.random()) * HOUR)


def wish(desk: Desk, rng: Random, *, online: bool) -> Wish:
    """Return what an ordinary case shall be like."""
    ending, draw = Result.GRANTED, rng.random()
    for share, result in ENDINGS:
        if draw < share:
            ending = result
            break
    if desk.silent:
        return Wish(answer_days=0.1, online=False, slip=rng.random() < SLIP)
    return Wish(
        result=ending,
        supplements=1 if ending is Result.LAPSED or rng.random() < SUPPLEMENTED else 0,
        pause=rng.random() < SUSPENDED,
        extend=rng.random() < EXTENDED,
        returned=rng.random() < RETURNED,
        slip=rng.random() < SLIP,
        online=online,
    )
