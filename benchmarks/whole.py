"""The core as a whole, decode of JSON lines included: all rules, three of them, none; the pauses of the collector."""

import gc

from benchmarks.agreement import agreement
from benchmarks.city import City
from benchmarks.collector import Pauses, pauses
from benchmarks.contender import Core
from benchmarks.figures import Figure, least
from benchmarks.terms import RULES
from benchmarks.timing import Timed, timed
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.registry import CASE_RULES

PART = "The core, decode of JSON lines included"
COLLECTOR = "Pauses of the collector, CPU time"


def whole(law: Catalog, city: City, passes: int) -> list[Figure]:
    """Return the figures of the core over a city."""
    with pauses() as seldom:
        full = _timed(law, city, CASE_RULES, passes)
    figures = [*_rate(full, len(CASE_RULES), 90_000), *_agreeing(full.by, city)]
    del full
    three = _timed(law, city, RULES, passes)
    figures += _rate(three, len(RULES), 160_000)
    del three
    none = _timed(law, city, (), passes)
    figures += _rate(none, 0, None)
    del none
    return [*figures, *_pauses(seldom, _by_default(law, city))]


def _timed(law: Catalog, city: City, rules: tuple[Rule, ...], passes: int) -> Timed[Core]:
    return timed(lambda: Core(law, rules, city.until), city.lines, passes)


def _rate(done: Timed[Core], rules: int, aim: float | None) -> list[Figure]:
    name = {len(CASE_RULES): f"all {rules} rules about cases", 0: "no rule: decode, file, fold"}.get(
        rules, f"{rules} rules"
    )
    size = f"{done.lines:,} events of {len(done.by.engine.dockets):,} cases"
    said = f"{done.by.transitions / done.lines:.3f} transitions an event"
    aimed = least(aim) if aim is not None else None
    return [
        Figure(PART, name, done.rate, "events/CPU-s", aimed, size),
        Figure(PART, f"{name}, an event", done.micros, "us", note=said),
    ]


def _agreeing(core: Core, city: City) -> list[Figure]:
    right = agreement(core.found(), city.key, frozenset(rule.id for rule in CASE_RULES))
    listed = right.right + right.lacking
    return [
        Figure(
            PART, "precision against the key of the city", right.precision, "", least(1), f"{right.surplus} too many"
        ),
        Figure(PART, "recall", right.recall, "", least(1), f"{right.lacking} of {listed} lacking"),
    ]


def _by_default(law: Catalog, city: City) -> Pauses:
    """Return the pauses with the collector as Python starts it."""
    gc.collect()
    with pauses() as often:
        core = Core(law, RULES, city.until)
        core.take(city.lines)
        core.finish()
    return often


def _pauses(seldom: Pauses, often: Pauses) -> list[Figure]:
    return [
        Figure(COLLECTOR, "longest, as a replay sets it", seldom.longest * 1e3, "ms", note="all rules"),
        Figure(COLLECTOR, "longest, as Python starts it", often.longest * 1e3, "ms", note=f"{len(RULES)} rules"),
        Figure(COLLECTOR, "the same, one over the other", often.longest / max(seldom.longest, 1e-6), "times"),
    ]
