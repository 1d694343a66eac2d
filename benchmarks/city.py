"""The feeds that are measured: a simulated city, and the same events in their order and out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import NamedTuple

from benchmarks.contender import Finding
from rules.cases.filed import Key
from rules.catalog.index import Catalog
from rules.catalog.loading import load_documents
from rules.engine.engine import file_event
from rules.events.decode import Unplaceable, decode
from rules.events.instants import DAY, HOUR, from_datetime
from rules.registry import PARAMS
from streams.simulate.key import FOUND
from streams.simulate.options import CALM, Disorder, SimOptions
from streams.simulate.run import simulate
from streams.sources.item import case_of

EVENTS_A_CASE = 15
"""About so many lines of the feed are of one case."""

SEED = 20260105
SMALL_WINDOW = 2 * HOUR
LATE_SHARE, LATE_AT_MOST = 0.03, 3 * DAY
TWICE_SHARE, TWICE_WITHIN = 0.015, DAY
FIRST: Key = (0, 0, 0, 0, "")


class Told(NamedTuple):
    """A line with the instant (microseconds) it speaks of and its place in the order of events."""

    at: int
    place: Key
    line: bytes


@dataclass(frozen=True, slots=True)
class City:
    """A feed of JSON lines, its end (microseconds), and the findings its key lists."""

    lines: list[bytes]
    until: int
    key: frozenset[Finding]


def catalog() -> Catalog:
    """Return the law of the example city."""
    return Catalog(load_documents("shili"), PARAMS.values())


def city(law: Catalog, events: int, *, calm: bool = False, cases_a_round: int | None = None) -> City:
    """Return a city of about so many lines.

    ``calm``: nothing is repeated, late, corrected or broken on the way. ``cases_a_round``: every violation and
    near-miss is planted once for so many cases; None leaves it to the simulator.
    """
    cases = max(1, events // EVENTS_A_CASE)
    rounds = max(1, cases // cases_a_round) if cases_a_round is not None else None
    disorder = CALM if calm else Disorder()
    simulation = simulate(law, SimOptions(seed=SEED, cases=cases, rounds=rounds, disorder=disorder))
    lines = list(simulation.lines)
    until = from_datetime(datetime.fromisoformat(simulation.as_of))
    key = frozenset((one.rule_id, one.case_id, one.subject) for one in simulation.answers if one.expect == FOUND)
    return City(lines, until, key)


def in_order(law: Catalog, lines: Sequence[bytes]) -> list[bytes]:
    """Return the lines in the order in which what they tell happened: date, place in the life of a case, instant."""
    return [told.line for told in sorted(_told(law, lines), key=lambda told: told.place)]


def out_of_order(law: Catalog, lines: Sequence[bytes], seed: int = SEED) -> list[bytes]:
    """Return the lines as they may arrive: all shuffled within two hours, some days late, some twice.

    What a line says is untouched, its ``reported_at`` too: it is the same set of events.
    """
    rng = Random(seed)
    arriving: list[tuple[int, int, bytes]] = []
    for told in _told(law, lines):
        arrives = told.at + int(rng.random() * SMALL_WINDOW)
        if rng.random() < LATE_SHARE:
            arrives += int(rng.random() * LATE_AT_MOST)
        arriving.append((arrives, len(arriving), told.line))
        if rng.random() < TWICE_SHARE:
            arriving.append((arrives + int(rng.random() * TWICE_WITHIN), len(arriving), told.line))
    return [line for _, _, line in sorted(arriving)]


def of_every(whole: City, nth: int) -> City:
    """Return the lines of every so-many-th case, and those of no case; the key of the whole city."""
    numbers: dict[str, int] = {}
    kept: list[bytes] = []
    for line in whole.lines:
        case = case_of(line)
        if case is None or numbers.setdefault(case, len(numbers)) % nth == 0:
            kept.append(line)
    return City(kept, whole.until, whole.key)


def of_no_case(lines: Sequence[bytes]) -> list[bytes]:
    """Return what sources say of themselves."""
    return [line for line in lines if case_of(line) is None]


def _told(law: Catalog, lines: Sequence[bytes]) -> Iterator[Told]:
    """Yield the lines with their place; one that cannot be read keeps that of the line before it."""
    at, place = 0, FIRST
    for line in lines:
        try:
            filed = file_event(law, decode(line))
        except Unplaceable:
            pass
        else:
            at, place = filed.at, filed.key
        yield Told(at, place, line)
