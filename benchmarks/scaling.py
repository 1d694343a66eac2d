"""Whether an event costs the same among ten times the cases, and what it costs in a case that has many already."""

from benchmarks.city import City, of_every, of_no_case
from benchmarks.contender import Core
from benchmarks.figures import Figure, most
from benchmarks.long_cases import cases_of, charges, stages
from benchmarks.timing import timed
from benchmarks.whole import Passed, passed
from rules.catalog.index import Catalog
from rules.registry import CASE_RULES

PART = "Scaling, all rules"
LENGTHS = (10, 50, 200)


def ten_times(law: Catalog, city: City, full: Passed, passes: int) -> list[Figure]:
    """Return the cost of an event among all cases of a city, as measured, and among a tenth of them.

    What sources say of themselves is the same in both, so its own cost is taken out of both.
    """
    words = of_no_case(city.lines)
    alone = timed(lambda: Core(law, CASE_RULES, city.until), words, passes).seconds
    few = passed(law, of_every(city, 10), CASE_RULES, passes)
    costs = [(done.seconds - alone) / (done.lines - len(words)) * 1e6 for done in (few, full)]
    return [
        Figure(PART, "an event among a tenth of the cases", costs[0], "us", note=_size(few)),
        Figure(PART, "an event among all cases", costs[1], "us", note=_size(full)),
        Figure(PART, "ten times the cases, an event", costs[1] / costs[0], "times", most(1.05)),
    ]


def longer_cases(law: Catalog, events: int, passes: int) -> list[Figure]:
    """Return the cost of an event in cases of ten, fifty and two hundred events, of stages and of charges."""
    figures: list[Figure] = []
    for what, more in (("stages", stages), ("charges", charges)):
        costs: list[float] = []
        for length in LENGTHS:
            lines = cases_of(law, length, max(1, events // length), more)
            done = timed(lambda: Core(law, CASE_RULES, 0), lines, passes)
            costs.append(done.micros)
            note = f"{len(lines):,} events, {done.by.transitions / len(lines):.3f} transitions an event"
            figures.append(Figure(PART, f"an event of {what}, {length} a case", done.micros, "us", note=note))
        ratio = costs[-1] / costs[0]
        aim = most(LENGTHS[-1] / LENGTHS[0])
        figures.append(
            Figure(PART, f"{LENGTHS[-1]} {what} a case over {LENGTHS[0]}", ratio, "times", aim, "linear: 20")
        )
    return figures


def _size(done: Passed) -> str:
    return f"{done.lines:,} events of {done.cases:,} cases"
