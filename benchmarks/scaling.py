"""Whether an event costs the same among ten times the cases, and what it costs in a case that has many already."""

from collections.abc import Mapping

from benchmarks.city import City
from benchmarks.figures import Figure, most
from benchmarks.long_cases import cases_of, charges, stages
from benchmarks.timing import side_by_side
from benchmarks.whole import ALL, TENTH, WORDS, Passed, core_run
from rules.catalog.index import Catalog
from rules.registry import CASE_RULES

PART = "Scaling, all rules"
LENGTHS = (10, 50, 200)


def ten_times(done: Mapping[str, Passed]) -> list[Figure]:
    """Return the cost of an event among all cases of a city and among a tenth of them, measured side by side.

    What sources say of themselves is the same in both, so its own cost is taken out of both.
    """
    words = done[WORDS]
    costs = {
        name: (done[name].seconds - words.seconds) / (done[name].lines - words.lines) * 1e6 for name in (TENTH, ALL)
    }
    return [
        *(Figure(PART, f"an event among {name}", cost, "us", note=_size(done[name])) for name, cost in costs.items()),
        Figure(PART, "ten times the cases, an event", costs[ALL] / costs[TENTH], "times", most(1.05)),
    ]


def longer_cases(law: Catalog, events: int, passes: int) -> list[Figure]:
    """Return the cost of an event in cases of ten, fifty and two hundred events, of stages and of charges."""
    figures: list[Figure] = []
    for what, middle in (("stages", stages), ("charges", charges)):
        runs = {}
        for length in LENGTHS:
            lines = cases_of(law, length, max(1, events // length), middle)
            runs[str(length)] = core_run(law, City(lines, 0, frozenset()), CASE_RULES)
        done = side_by_side(runs, passes)
        figures += [
            Figure(PART, f"an event of {what}, {length} a case", one.micros, "us", note=_said(one))
            for length, one in done.items()
        ]
        ratio = done[str(LENGTHS[-1])].micros / done[str(LENGTHS[0])].micros
        aim = most(LENGTHS[-1] / LENGTHS[0])
        figures.append(
            Figure(PART, f"{LENGTHS[-1]} {what} a case over {LENGTHS[0]}", ratio, "times", aim, "linear: 20")
        )
    return figures


def _said(done: Passed) -> str:
    return f"{done.lines:,} events, {done.told.transitions / done.lines:.3f} transitions an event"


def _size(done: Passed) -> str:
    return f"{done.lines:,} events of {done.told.cases:,} cases"
