"""The same three rules by the core, by the smallest right fold, by a rule engine: what each costs, how right each is.

In order each of them should be right: then the costs compare like with like. Out of order the events are the same, so
the key is: what is wrong there is what order, copies and late records do to a judgement that nothing takes back.
"""

from collections.abc import Callable
from functools import partial

from benchmarks.agreement import agreement
from benchmarks.city import City, in_order, out_of_order
from benchmarks.contender import Contender, Core, Finding
from benchmarks.engine_peer import EnginePeer
from benchmarks.figures import Figure, least
from benchmarks.plain import Plain
from benchmarks.terms import RULES
from benchmarks.timing import Run, Started, Timed, side_by_side
from rules.catalog.index import Catalog

PART = "Three rules, beside peers"
CORE, PLAIN, ENGINE = "core", "plain fold", "rule-engine"
IN_ORDER = "in order"
BY_RIGHT = (PLAIN, IN_ORDER)
"""The fold is the smallest *right* one: in order it has to be."""

IDS = frozenset(rule.id for rule in RULES)


def rivals(law: Catalog, city: City, passes: int) -> list[Figure]:
    """Return cost, precision and recall of each contender on a city in order and out of order, and the ratios."""
    figures: list[Figure] = []
    for order, lines in ((IN_ORDER, in_order(law, city.lines)), ("out of order", out_of_order(law, city.lines))):
        done = side_by_side({name: Run(start, lines) for name, start in _contenders(law, city.until).items()}, passes)
        for name, one in done.items():
            figures += _judged(f"{name}, {order}", one, city, is_right=name == CORE or (name, order) == BY_RIGHT)
        figures += [
            Figure(PART, f"{one} over {other}, {order}", done[one].micros / done[other].micros, "times")
            for one, other in ((CORE, PLAIN), (ENGINE, CORE), (ENGINE, PLAIN))
        ]
    return figures


def _contenders(law: Catalog, until: int) -> dict[str, Callable[[], Started[frozenset[Finding]]]]:
    made: dict[str, Callable[[], Contender]] = {
        CORE: lambda: Core(law, RULES, until),
        PLAIN: lambda: Plain(law, until),
        ENGINE: lambda: EnginePeer(law, until),
    }
    return {name: partial(_start, make) for name, make in made.items()}


def _start(make: Callable[[], Contender]) -> Started[frozenset[Finding]]:
    contender = make()
    return contender, contender.found


def _judged(what: str, done: Timed[frozenset[Finding]], city: City, *, is_right: bool) -> list[Figure]:
    right = agreement(done.told, city.key, IDS)
    aim = least(1) if is_right else None
    surplus, lacking = f"{right.surplus} too many", f"{right.lacking} of {right.listed} lacking"
    return [
        Figure(PART, what, done.micros, "us/event", note=f"{done.lines:,} events"),
        Figure(PART, f"{what}: precision", right.precision, "", aim, surplus),
        Figure(PART, f"{what}: recall", right.recall, "", aim, lacking),
    ]
