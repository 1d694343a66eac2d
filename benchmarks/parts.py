"""What the hot path costs, part by part: which file of the core a sample fell into, and which rule was being asked."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType

import rules
from benchmarks.city import City
from benchmarks.contender import Core
from benchmarks.figures import Figure
from benchmarks.sampling import OTHER, Samples, sampled
from benchmarks.timing import settled_heap, timed
from benchmarks.whole import core_run
from rules.catalog.index import Catalog
from rules.registry import CASE_RULES

PART = "Where the core's time goes, all rules"
EACH = "Of which each rule, with what it asks of clocks and charges"
ROOT = str(Path(rules.__file__).parent) + "/"
FAMILIES = ("overtime", "steps", "charges", "truth", "escalation")
REFOLD = "fold again (late or changed)"
EXCUSES = "late excuses"

ASKING = "engine: choose rules, take down answers"
READING = "engine: read"

FILES: dict[str, str] = {
    "events/decode.py": "decode JSON",
    "cases/filed.py": "file (instants, date, place)",
    "cases/fold.py": "fold",
    "cases/filing.py": "fold",
    "cases/stages.py": "fold",
    "cases/pauses.py": "fold",
    "cases/money.py": "fold",
    "cases/alerts.py": "fold",
    "cases/log.py": "log (copies, versions, corrections)",
    "catalog/index.py": "law of the case",
    "law.py": "law of the case",
    "engine/compare.py": "compare with cards, transitions",
    "engine/standing.py": "compare with cards, transitions",
    "engine/cards.py": "compare with cards, transitions",
    "engine/life.py": "compare with cards, transitions",
    "engine/sources.py": "believe sources",
    "engine/timers.py": "timers",
    "engine/excuses.py": EXCUSES,
    "engine/docket.py": READING,
    "engine/asking.py": ASKING,
    "engine/choosing.py": ASKING,
    "engine/engine.py": READING,
    "engine/folding.py": READING,
    "engine/tiers.py": "law of the case",
}
FUNCTIONS: dict[str, str] = {
    "read": READING,
    "_again": READING,
    "_refold": REFOLD,
    "_excuse": EXCUSES,
    "_settle": "compare with cards, transitions",
    "_look_again": "timers",
    "advance": "timers",
}
"""Functions of the engine that are a part of their own."""

AGAIN = frozenset({"again", "_late"})
"""Functions that fold again what was folded before."""
RULES = "rules"
WHOLE = frozenset({REFOLD, EXCUSES})
"""Parts that count whole, with all they call."""


def parts(law: Catalog, city: City) -> list[Figure]:
    """Return what each part of the core costs, and the rules one by one: shares of samples, of the time measured."""
    micros = timed(core_run(law, city, CASE_RULES)).micros
    by_part, by_rule = Samples(_part, WHOLE), Samples(_rule, frozenset(rule.id for rule in CASE_RULES))
    for samples in (by_part, by_rule):
        with settled_heap():
            core = Core(law, CASE_RULES, city.until)
            with sampled(samples):
                core.take(city.lines)
                core.finish()
    total = Figure(PART, "all of it", micros, "us/event", note=f"{len(city.lines):,} events, {by_part.total:,} samples")
    each = [(rule, share) for rule, share in by_rule.shares().items() if rule != OTHER]
    return [total, *_shared(PART, by_part.shares().items(), micros), *_shared(EACH, each, micros)]


def _shared(title: str, shares: Iterable[tuple[str, float]], micros: float) -> Iterator[Figure]:
    for what, share in shares:
        yield Figure(title, what, share * micros, "us/event", note=f"{share:.1%}")


def _part(frame: FrameType) -> str | None:
    name = frame.f_code.co_filename
    if not name.startswith(ROOT):
        return None
    file = name[len(ROOT) :]
    if file == "engine/engine.py":
        return FUNCTIONS.get(frame.f_code.co_name, FILES[file])
    if file == "engine/folding.py" and frame.f_code.co_name in AGAIN:
        return REFOLD
    return RULES if file.partition("/")[0] in FAMILIES else FILES.get(file)


def _rule(frame: FrameType) -> str | None:
    """Name the rule a frame belongs to by its module; what rules share is counted for the rule that asks."""
    module: str = frame.f_globals.get("__name__", "")
    found = frame.f_globals.get("RULE")
    return getattr(found, "id", None) if module.startswith("rules.") else None
