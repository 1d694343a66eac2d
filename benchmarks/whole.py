"""The core as a whole, decode of JSON lines included: all rules, three of them, none; the pauses of the collector."""

import gc
from typing import NamedTuple

from benchmarks.agreement import Agreement, agreement
from benchmarks.city import City, of_every, of_no_case
from benchmarks.collector import Pauses
from benchmarks.contender import Core
from benchmarks.figures import Figure, least
from benchmarks.terms import RULES
from benchmarks.timing import Run, Started, Timed, side_by_side, timed
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.registry import CASE_RULES

PART = "The core, decode of JSON lines included"
COLLECTOR = "Pauses of the collector, CPU time"
ALL_AIM, THREE_AIM = 90_000, 160_000
SHOWN = 3
"""Rules named of those that differ from the key."""


ALL, TENTH, WORDS = "all cases", "a tenth of the cases", "words of sources"


class Outcome(NamedTuple):
    """What came of a feed: cases, transitions, how far the cards agree with the key."""

    cases: int
    transitions: int
    right: Agreement


Passed = Timed[Outcome]


def core_run(law: Catalog, city: City, rules: tuple[Rule, ...], watched: Pauses | None = None) -> Run[Outcome]:
    """Return the run of the core over a city under some rules."""

    def start() -> Started[Outcome]:
        core = Core(law, rules, city.until)
        return core, lambda: outcome(core, city, rules)

    return Run(start, city.lines, watched)


def outcome(core: Core, city: City, rules: tuple[Rule, ...]) -> Outcome:
    """Return what came of a city."""
    right = agreement(core.found(), city.key, frozenset(rule.id for rule in rules), core.grounds())
    return Outcome(len(core.engine.dockets), core.transitions, right)


def under_all_rules(law: Catalog, city: City, passes: int) -> dict[str, Passed]:
    """Measure the core under all rules over a city, a tenth of its cases, and what sources say of themselves."""
    feeds = {ALL: city, TENTH: of_every(city, 10), WORDS: City(of_no_case(city.lines), city.until, city.key)}
    return side_by_side({name: core_run(law, feed, CASE_RULES) for name, feed in feeds.items()}, passes)


def whole(law: Catalog, city: City, full: Passed, passes: int) -> list[Figure]:
    """Return the figures of the core over a city, given those under all rules."""
    seldom = Pauses()
    three = timed(core_run(law, city, RULES, seldom), passes)
    by_default = _by_default(law, city)
    return [
        *_rate(f"all {len(CASE_RULES)} rules about cases", full, ALL_AIM),
        *_agreed(full.told.right),
        *_rate(f"{len(RULES)} rules switched on", three, THREE_AIM),
        *_pauses(seldom, by_default),
    ]


def _pauses(seldom: Pauses, often: Pauses) -> list[Figure]:
    on = f"{len(RULES)} rules"
    return [
        Figure(COLLECTOR, "longest, as a replay sets it", seldom.longest * 1e3, "ms", note=on),
        Figure(COLLECTOR, "longest, as Python starts it", often.longest * 1e3, "ms", note=f"{on}, {often.runs:,} runs"),
    ]


def _agreed(right: Agreement) -> list[Figure]:
    surplus = " ".join((f"{right.surplus} too many", *right.wrong[:SHOWN]))
    lacking = f"{right.lacking} of {right.listed:,} lacking"
    return [
        Figure(PART, "  precision against the key", right.precision, "", least(1), surplus),
        Figure(PART, "  recall", right.recall, "", least(1), lacking),
    ]


def _rate(name: str, done: Passed, aim: float) -> list[Figure]:
    size = f"{done.lines:,} events of {done.told.cases:,} cases"
    said = f"{done.told.transitions / done.lines:.3f} transitions an event"
    return [
        Figure(PART, name, done.rate, "events/CPU-s", least(aim), size),
        Figure(PART, "  an event", done.micros, "us", note=said),
    ]


def _by_default(law: Catalog, city: City) -> Pauses:
    """Return the pauses with the collector as Python starts it."""
    gc.collect()
    core = Core(law, RULES, city.until)
    with Pauses() as often:
        core.take(city.lines)
        core.finish()
    return often
