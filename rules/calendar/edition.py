"""What one holiday notice (节假日安排通知) says, and how several of them make one calendar.

A notice speaks of some days; of all others the plain week holds, Monday to Friday. Where two notices speak of one
day, the later published one counts: so the change of a year already begun (2015, 2019, 2020) is an edition of its
own, and a region's notice may give a day off that the nation works, or the other way round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from rules.calendar.errors import CalendarError

NO_DAYS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Edition:
    """One notice for one year of one region; all days are ordinals.

    `off` are days without work, `work` are weekend days worked instead (调休上班), `cancelled` are days of which an
    earlier notice spoke and for which the plain week holds again. `published` is the day the notice became known.
    """

    region: str
    year: int
    published: int
    off: frozenset[int]
    work: frozenset[int] = NO_DAYS
    cancelled: frozenset[int] = NO_DAYS
    basis: str = ""
    names: Mapping[int, str] = field(default_factory=dict)


class SpecialDay(NamedTuple):
    """A day of which a notice speaks: worked or not, the name of the holiday it belongs to, and the notice."""

    day: int
    is_working: bool
    name: str
    basis: str


def known(editions: Sequence[Edition], known_on: int | None) -> tuple[Edition, ...]:
    """The editions published on or before a day, oldest first; all of them if no day is given.

    Of two published on one day the one given later comes last, so hand in the nation's before the region's.
    """
    chosen = [edition for edition in editions if known_on is None or edition.published <= known_on]
    return tuple(sorted(chosen, key=lambda edition: edition.published))


def overlaid(editions: Sequence[Edition]) -> dict[int, SpecialDay]:
    """What holds of each day spoken of, when every edition overrides the ones before it."""
    days: dict[int, SpecialDay] = {}
    for edition in editions:
        if edition.off & edition.work:
            raise CalendarError(f"{edition.basis or edition.region}（{edition.year}年）：同一日既放假又上班")
        for day in edition.cancelled:
            days.pop(day, None)
        for stated, is_working in ((edition.off, False), (edition.work, True)):
            for day in stated:
                days[day] = SpecialDay(day, is_working, edition.names.get(day, ""), edition.basis)
    return days


def is_weekday(day: int) -> bool:
    """Whether a day is Monday to Friday (国务院关于职工工作时间的规定 7)."""
    return 0 < day % 7 < 6  # noqa: PLR2004 - ordinal 1 was a Monday, so 6 and 0 are the weekend


def digest(editions: Sequence[Edition]) -> str:
    """Eight hexadecimal digits that differ when the days stated differ; part of the version that a card cites."""
    text = "|".join(
        f"{e.region},{e.year},{e.published},{sorted(e.off)},{sorted(e.work)},{sorted(e.cancelled)}" for e in editions
    )
    return sha256(text.encode()).hexdigest()[:8]
