"""``python -m benchmarks``: measure the parts asked for and print them."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import cached_property

from benchmarks.archive import archive
from benchmarks.city import City, catalog, city, of_every
from benchmarks.deadlines import deadlines
from benchmarks.figures import Figure, as_json, as_table
from benchmarks.live.latency import latency
from benchmarks.live.restart import restart
from benchmarks.live.through import embedded, through
from benchmarks.machine import machine
from benchmarks.parts import parts
from benchmarks.rivals import rivals
from benchmarks.scaling import longer_cases, ten_times
from benchmarks.size import size
from benchmarks.whole import ALL, Passed, under_all_rules, whole

MILLION = 1_000_000
QUICK = 20_000
AT_MOST = 100_000
"""Events of those measurements whose outcome does not depend on how many there are."""

HALF_LOAD = 5_000
"""Other events a second while the time to a card is measured: half of what one process with a store keeps up with."""

CASES_A_ROUND = 250
"""Among the rivals every violation is planted once for so many cases: enough of each to be right or wrong about."""


class Bench:
    """One run: how many events, how many passes, and the city measured, made when first needed."""

    def __init__(self, events: int, passes: int) -> None:
        self.events = events
        self.passes = passes
        self.law = catalog()

    @cached_property
    def city(self) -> City:
        """The whole city."""
        return city(self.law, self.events)

    @cached_property
    def part(self) -> City:
        """Some of its cases, whole."""
        return of_every(self.city, max(1, self.events // AT_MOST))

    @cached_property
    def full(self) -> dict[str, Passed]:
        """What the city, and a tenth of its cases, cost under all rules."""
        return under_all_rules(self.law, self.city, self.passes)

    def measure(self, name: str) -> list[Figure]:
        """Return the figures of a part."""
        law, passes, fewer = self.law, self.passes, min(self.events, AT_MOST)
        measures: dict[str, Callable[[], list[Figure]]] = {
            "machine": lambda: machine(self.part.lines),
            "core": lambda: whole(law, self.city, self.full[ALL], passes),
            "parts": lambda: parts(law, self.part),
            "rivals": lambda: rivals(law, city(law, fewer // 2, calm=True, cases_a_round=CASES_A_ROUND), passes),
            "scaling": lambda: self._scaling(max(1, fewer // 4)),
            "size": lambda: size(law, self.part),
            "deadlines": lambda: deadlines(law, self.events, passes),
            "replay": lambda: archive(self.city.lines),
            "live": lambda: through(self.city.lines),
            "run": lambda: embedded(self.part.lines),
            "latency": lambda: latency(law, self.part.lines, HALF_LOAD),
            "restart": lambda: restart(law, self.part.lines[:AT_MOST], self.events),
        }
        return measures[name]()

    def _scaling(self, events: int) -> list[Figure]:
        return [*ten_times(self.full), *longer_cases(self.law, events, self.passes)]


LIVE = ("live", "run", "latency", "restart")
PARTS = ("machine", "core", "parts", "rivals", "scaling", "size", "deadlines", "replay", *LIVE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the arguments ask for, and print it."""
    asked = _parser().parse_args(arguments)
    bench = Bench(QUICK if asked.quick else asked.events, 1 if asked.quick else asked.passes)
    figures: list[Figure] = []
    for name in PARTS:
        if name not in (asked.only or PARTS) or name in asked.without:
            continue
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        measured = bench.measure(name)
        figures += measured
        if not asked.as_json:
            print(as_table(measured), flush=True)
    if asked.as_json:
        print(as_json(figures))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What it costs, beside peers, as ratios.")
    parser.add_argument("--events", type=_events, default=MILLION, help="events of the simulated city (%(default)s)")
    parser.add_argument("--passes", type=_events, default=2, help="passes, of which the best counts (%(default)s)")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} events, one pass: shows that all of it runs")
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part alone; may be repeated")
    parser.add_argument("--without", action="append", choices=PARTS, default=[], help="leave this part out")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
    return parser


def _events(text: str) -> int:
    number = int(text.replace("_", "").replace(",", ""))
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: at least 1")
    return number


if __name__ == "__main__":
    main()
