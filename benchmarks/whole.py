"""The core as a whole, decode of JSON lines included: all rules, three of them, none; the pauses of the collector."""

import gc
from typing import NamedTuple

from benchmarks.agreement import Agreement, agreement
from benchmarks.city import City
from benchmarks.collector import Pauses
from benchmarks.contender import Core
from benchmarks.figures import Figure, least
from benchmarks.terms import RULES
from benchmarks.timing import timed
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.registry import CASE_RULES

PART = "The core, decode of JSON lines included"
COLLECTOR = "Pauses of the collector, CPU time"
ALL_AIM, THREE_AIM = 90_000, 160_000
SHOWN = 3
"""Rules named of those that differ from the key."""


class Passed(NamedTuple):
    """What a city cost under some rules, and what came of it; the case files themselves are let go."""

    rules: int
    seconds: float
    lines: int
    cases: int
    transitions: int
    right: Agreement
    longest_pause: float

    @property
    def micros(self) -> float:
        """Return the CPU microseconds of an event."""
        return self.seconds / self.lines * 1e6


def passed(law: Catalog, city: City, rules: tuple[Rule, ...], passes: int) -> Passed:
    """Measure the core over a city under some rules."""
    watched = Pauses()
    done = timed(lambda: Core(law, rules, city.until), city.lines, passes, watched)
    core = done.by
    right = agreement(core.found(), city.key, frozenset(rule.id for rule in rules), core.grounds())
    cases = len(core.engine.dockets)
    return Passed(len(rules), done.seconds, done.lines, cases, core.transitions, right, watched.longest)


def whole(law: Catalog, city: City, full: Passed, passes: int) -> list[Figure]:
    """Return the figures of the core over a city, given those under all rules."""
    three = passed(law, city, RULES, passes)
    by_default = _by_default(law, city)
    return [
        *_rate(f"all {len(CASE_RULES)} rules about cases", full, ALL_AIM),
        *_agreed(full.right),
        *_rate(f"{len(RULES)} rules switched on", three, THREE_AIM),
        *_pauses(three.longest_pause, by_default),
    ]


def _pauses(seldom: float, often: Pauses) -> list[Figure]:
    on = f"{len(RULES)} rules"
    return [
        Figure(COLLECTOR, "longest, as a replay sets it", seldom * 1e3, "ms", note=on),
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
    size = f"{done.lines:,} events of {done.cases:,} cases"
    said = f"{done.transitions / done.lines:.3f} transitions an event"
    return [
        Figure(PART, name, done.lines / done.seconds, "events/CPU-s", least(aim), size),
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
