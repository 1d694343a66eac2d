"""A whole simulated city: the feed, line by line, and the key that goes with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import merge
from pathlib import Path
from random import Random

from rules.catalog.index import Catalog
from streams.simulate.arrivals import arrivals
from streams.simulate.city import City, build_city
from streams.simulate.disturb import Disturber
from streams.simulate.feed import Batch, in_order, shuffled
from streams.simulate.key import Answer, write_answers
from streams.simulate.moments import Moment, moment, text
from streams.simulate.money import Cashier
from streams.simulate.numbering import Numbering
from streams.simulate.options import DAYS_AFTER, SimOptions
from streams.simulate.ordinary import Ordinary
from streams.simulate.plants.kit import Kit
from streams.simulate.plants.planting import set_all
from streams.simulate.silence import silence_answers, silences
from streams.simulate.skeleton import Drafter
from streams.simulate.sourcewords import heartbeats, source_lines, tick
from streams.simulate.telling import Teller
from streams.simulate.terms import Lawbook
from streams.simulate.watch import Watch

EVENTS, ANSWERS = "events.jsonl", "answers.csv"
BUFFER = 1 << 20
ZONE = "Asia/Shanghai"


class Unfit(ValueError):
    """The catalogue or the options cannot be simulated; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files, how many lines of the feed and of the key, as of which instant the key holds.

    ``unplaced`` names plants that found no place, once for each time.
    """

    events: Path
    answers: Path
    lines: int
    rows: int
    as_of: str
    unplaced: tuple[str, ...]


@dataclass(slots=True)
class Simulation:
    """A city under way: ``lines`` is the feed; ``answers`` is complete once the feed has been read to its end.

    The key holds as of ``as_of`` (ISO 8601). ``unplaced`` names plants that found no place.
    """

    as_of: str
    lines: Iterator[bytes]
    answers: list[Answer] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def simulate(catalog: Catalog, options: SimOptions) -> Simulation:
    """Return a simulated city; the same catalogue and options give the same bytes and the same key.

    Raises Unfit where the catalogue has no matters, is not told in the time of China, or does not know the span.
    """
    if catalog.head.zone != ZONE:
        raise Unfit(f"模拟只用北京时间，目录 {catalog.head.name} 的时区是 {catalog.head.zone}")
    if not catalog.matters or not catalog.agencies:
        raise Unfit(f"目录 {catalog.head.name} 没有事项或部门，无从模拟")
    first = options.start.toordinal()
    last = max(first, options.last_day())
    if not catalog.days.is_certain(first) or not catalog.days.is_certain(last):
        raise Unfit(f"{options.start} 起 {options.months} 个月超出目录 {catalog.head.name} 的工作日历")
    while last > first and not catalog.days.is_working(last):
        last -= 1
    simulation = Simulation(text(moment(last + DAYS_AFTER)), iter(()))
    simulation.lines = _lines(catalog, options, first, last, simulation)
    return simulation


def write_city(directory: Path, catalog: Catalog, options: SimOptions) -> Written:
    """Write the feed (``events.jsonl``) and the key (``answers.csv``) of a city; the directory is made if need be."""
    directory.mkdir(parents=True, exist_ok=True)
    events, answers = directory / EVENTS, directory / ANSWERS
    simulation = simulate(catalog, options)
    count = 0
    with events.open("wb", buffering=BUFFER) as file:
        for line in simulation.lines:
            file.write(line + b"\n")
            count += 1
    rows = write_answers(answers, simulation.answers)
    return Written(events, answers, count, rows, simulation.as_of, tuple(simulation.unplaced))


def _lines(catalog: Catalog, options: SimOptions, first: int, last: int, into: Simulation) -> Iterator[bytes]:
    """Yield the feed; the key and what found no place go into the simulation."""
    opens, end = moment(first), moment(last + DAYS_AFTER)
    lawbook = Lawbook(catalog, first, last)
    silent = silences(catalog, lawbook, _rng(options, "silence"), first, last) if options.planted_rounds() else {}
    city = build_city(catalog, lawbook, _rng(options, "city"), options.disorder.tardy, silent)
    watch = Watch(end, heartbeats(city, opens, end))
    numbering = Numbering()
    into.answers.extend(silence_answers(city, last + DAYS_AFTER))
    kit = _kit(city, options, watch, numbering, (first, last))
    into.unplaced.extend(set_all(kit, options.planted_rounds()))
    into.answers.extend(kit.answers)
    rng = _rng(options, "ordinary")
    ordinary = Ordinary(
        city=city,
        rng=rng,
        drafter=Drafter(lawbook, rng, numbering),
        cashier=Cashier(catalog, rng),
        teller=Teller(rng, end),
        disturber=Disturber(options.disorder, _rng(options, "disorder"), end),
        watch=watch,
        answers=into.answers,
    )
    coming = arrivals(city, _rng(options, "arrivals"), first, last, options.cases)
    words = Batch(opens, source_lines(city, watch.beats, opens, end))
    planted = sorted(kit.batches, key=_opening)
    batches = merge([words], planted, ordinary.batches(coming), key=_opening)
    yield from shuffled(in_order(batches), options.disorder.shuffled, _rng(options, "feed"))
    yield tick(end)[1]


def _kit(city: City, options: SimOptions, watch: Watch, numbering: Numbering, days: tuple[int, int]) -> Kit:
    rng = _rng(options, "plants")
    return Kit(
        city=city,
        rng=rng,
        drafter=Drafter(city.lawbook, rng, numbering),
        cashier=Cashier(city.catalog, rng),
        teller=Teller(rng, watch.end),
        disturber=Disturber(options.disorder, rng, watch.end),
        watch=watch,
        first=days[0],
        last=days[1],
    )


def _opening(batch: Batch) -> Moment:
    return batch.opens


def _rng(options: SimOptions, purpose: str) -> Random:
    """Return the random numbers of one purpose: what one draws does not move another."""
    return Random(f"{options.seed}:{purpose}")
