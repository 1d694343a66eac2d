"""The same three rules by the core, by the smallest right fold, by a rule engine: what each costs, how right each is.

In order each of them should be right: then the costs compare like with like. Out of order the events are the same, so
the key is: what is wrong there is what order, copies and late records do to a judgement that nothing takes back.
"""

from collections.abc import Callable

from benchmarks.agreement import agreement
from benchmarks.city import City, in_order, out_of_order
from benchmarks.contender import Contender, Core
from benchmarks.engine_peer import EnginePeer
from benchmarks.figures import Figure, least
from benchmarks.plain import Plain
from benchmarks.terms import RULES
from benchmarks.timing import Timed, timed
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
        costs: dict[str, float] = {}
        for name, fresh in _contenders(law, city.until).items():
            done = timed(fresh, lines, passes)
            costs[name] = done.micros
            figures += _judged(f"{name}, {order}", done, city, is_right=name == CORE or (name, order) == BY_RIGHT)
            del done
        figures += [
            Figure(PART, f"{one} over {other}, {order}", costs[one] / costs[other], "times")
            for one, other in ((CORE, PLAIN), (ENGINE, CORE), (ENGINE, PLAIN))
        ]
    return figures


def _contenders(law: Catalog, until: int) -> dict[str, Callable[[], Contender]]:
    return {
        CORE: lambda: Core(law, RULES, until),
        PLAIN: lambda: Plain(law, until),
        ENGINE: lambda: EnginePeer(law, until),
    }


def _judged(what: str, done: Timed[Contender], city: City, *, is_right: bool) -> list[Figure]:
    right = agreement(done.by.found(), city.key, IDS)
    aim = least(1) if is_right else None
    surplus, lacking = f"{right.surplus} too many", f"{right.lacking} of {right.listed} lacking"
    return [
        Figure(PART, what, done.micros, "us/event", note=f"{done.lines:,} events"),
        Figure(PART, f"{what}: precision", right.precision, "", aim, surplus),
        Figure(PART, f"{what}: recall", right.recall, "", aim, lacking),
    ]
