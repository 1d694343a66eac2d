"""A whole simulated city: the feed, line by line, and the key that goes with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from rules.catalog.index import Catalog
from rules.events.words import ProjectType, Result
from streams.simulate.aftermath import follow
from streams.simulate.arrivals import Arrival, arrivals, wish
from streams.simulate.city import City, build_city
from streams.simulate.deadlines import deadline_answers
from streams.simulate.disturb import Disturber
from streams.simulate.feed import Batch, Line, in_order, shuffled
from streams.simulate.key import Answer, write_answers
from streams.simulate.moments import Moment, iso_day, moment, text
from streams.simulate.money import Cashier
from streams.simulate.options import DAYS_AFTER, SimOptions
from streams.simulate.skeleton import Drafter
from streams.simulate.sourcewords import heartbeats, source_lines, tick
from streams.simulate.telling import Teller
from streams.simulate.watch import Watch

EVENTS, ANSWERS = "events.jsonl", "answers.csv"
BUFFER = 1 << 20


class Unfit(ValueError):
    """The catalogue or the options cannot be simulated; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files, how many lines of the feed and of the key, as of which instant the key holds."""

    events: Path
    answers: Path
    lines: int
    rows: int
    as_of: str


@dataclass(slots=True)
class Simulation:
    """A city under way. ``lines`` is the feed; ``answers`` is complete when the feed has been read to its end."""

    as_of: str
    lines: Iterator[bytes]
    answers: list[Answer] = field(default_factory=list)


def simulate(catalog: Catalog, options: SimOptions) -> Simulation:
    """Return a simulated city; the same catalogue and options give the same bytes and the same key.

    Raises Unfit where the catalogue has no matters or is not told in the time of China.
    """
    if catalog.head.zone != "Asia/Shanghai":
        raise Unfit(f"模拟只用北京时间，目录 {catalog.head.name} 的时区是 {catalog.head.zone}")
    if not catalog.matters or not catalog.agencies:
        raise Unfit(f"目录 {catalog.head.name} 没有事项或部门，无从模拟")
    first = options.start.toordinal()
    works = catalog.days.is_working
    last = next(day for day in range(options.last_day(), first - 1, -1) if works(day) or day == first)
    end = moment(last + DAYS_AFTER)
    simulation = Simulation(text(end), iter(()))
    simulation.lines = _run(catalog, options, (first, last), end, simulation.answers)
    return simulation


def write_city(directory: Path, catalog: Catalog, options: SimOptions) -> Written:
    """Write the feed (``events.jsonl``) and the key (``answers.csv``) of a city; the directory is made if need be."""
    directory.mkdir(parents=True, exist_ok=True)
    simulation = simulate(catalog, options)
    count = 0
    with (directory / EVENTS).open("wb", buffering=BUFFER) as file:
        for line in simulation.lines:
            file.write(line)
            file.write(b"\n")
            count += 1
    rows = write_answers(directory / ANSWERS, simulation.answers)
    return Written(directory / EVENTS, directory / ANSWERS, count, rows, simulation.as_of)


def _run(
    catalog: Catalog, options: SimOptions, days: tuple[int, int], end: Moment, answers: list[Answer]
) -> Iterator[bytes]:
    first, last = days
    city = build_city(catalog, _rng(options, "city"), first, last, options.disorder.tardy, {})
    beats = heartbeats(city, moment(first), end)
    watch = Watch(end, beats)
    coming = arrivals(city, _rng(options, "arrivals"), first, last, options.cases)

    def batches() -> Iterator[Batch]:
        yield Batch(moment(first), source_lines(city, beats, moment(first), end))
        yield from Ordinary(city, options, watch, answers).batches(coming)

    def ended() -> Iterator[bytes]:
        yield from shuffled(in_order(batches()), options.disorder.shuffled, _rng(options, "feed"))
        yield tick(end).text

    return ended()


class Ordinary:
    """The ordinary cases of a city: lawful, disturbed on the way, in the key with what their deadlines come to."""

    def __init__(self, city: City, options: SimOptions, watch: Watch, answers: list[Answer]) -> None:
        self.city = city
        self.rng = _rng(options, "ordinary")
        self.drafter = Drafter(city.lawbook, self.rng, 0)
        self.cashier = Cashier(city.catalog, self.rng)
        self.teller = Teller(self.rng, watch.end)
        self.disturber = Disturber(options.disorder, _rng(options, "disorder"), watch.end)
        self.watch = watch
        self.answers = answers

    def batches(self, coming: list[Arrival]) -> Iterator[Batch]:
        """Yield the lines of each case, in the order of application."""
        for arrival in coming:
            lines = self._case(arrival)
            if lines:
                yield Batch(arrival.at, lines)

    def _case(self, arrival: Arrival) -> list[Line]:
        desk = self.city.desk(arrival.matter)
        plan = self.drafter.draft(desk, arrival.matter, arrival.at, wish(desk, arrival.online, self.rng))
        if plan is None:
            return []
        if plan.result in {Result.GRANTED, Result.DENIED}:
            self.cashier.charge(plan)
        follow(plan, self.rng)
        if plan.terms.version.project_type is not ProjectType.INSTANT:
            self.disturber.plan(plan)
        records = self.teller.tell(plan)
        self.answers.extend(deadline_answers(plan, self.watch))
        return self.disturber.lines(plan, records)


def _rng(options: SimOptions, purpose: str) -> Random:
    """Return the stream of random numbers for one purpose: what one draws does not move another."""
    return Random(f"{options.seed}:{purpose}")  # noqa: S311 - a simulated city


def start_of(options: SimOptions) -> date:
    """Return the first day of a simulation."""
    return date.fromisoformat(iso_day(options.start.toordinal()))
