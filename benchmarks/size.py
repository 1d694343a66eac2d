"""An open case as bytes: how many, what it costs to write and to read back, and that nothing is lost on the way."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import pairwise
from time import process_time

from benchmarks.city import City
from benchmarks.contender import Core
from benchmarks.figures import Aim, Figure, most
from rules.cases.case import Case
from rules.catalog.index import Catalog
from rules.declare import Rule
from rules.engine.docket import Docket
from rules.engine.engine import Engine
from rules.engine.stored import encode, restore
from rules.registry import CASE_RULES
from rules.verdicts import Verdict

PART = "A case as stored, half-way through the feed"
KIB = 1024


def size(law: Catalog, city: City) -> list[Figure]:
    """Return sizes of open and of all cases, the costs of writing and rebuilding, and what differs afterwards."""
    half = len(city.lines) // 2
    live, again = Core(law, CASE_RULES, city.until), Core(law, CASE_RULES, city.until)
    live.take(city.lines[:half])
    again.engine.now, again.engine.sources = live.engine.now, deepcopy(live.engine.sources)
    dockets = [docket for docket in live.engine.dockets.values() if docket.law is not None]
    start = process_time()
    stored = [encode(docket) for docket in dockets]
    written = process_time()
    rebuilt = [restore(again.engine, docket.key, one) for docket, one in zip(dockets, stored, strict=True)]
    costs = [(end - begin) / len(dockets) * 1e6 for begin, end in pairwise((start, written, process_time()))]
    asked, differing = differing_verdicts(live.engine, again.engine, zip(dockets, rebuilt, strict=True))
    still = [len(one) for docket, one in zip(dockets, stored, strict=True) if docket.facts.finished is None]
    for core in (live, again):
        core.take(city.lines[half:])
        core.finish()
    cards = sum(len(docket.cards) for docket in live.engine.dockets.values())
    return [
        *_sizes("an open case", still, most(KIB)),
        *_sizes("any case", [len(one) for one in stored], None),
        Figure(PART, "to write a case", costs[0], "us", note=f"{len(dockets):,} cases"),
        Figure(PART, "to rebuild a case", costs[1], "us", note="decode, fold, ask all rules"),
        Figure(PART, "verdicts that differ when rebuilt", differing, "", most(0), f"of {asked:,}"),
        Figure(
            PART,
            "cards that differ in the end",
            differing_cards(live.engine, again.engine),
            "",
            most(0),
            f"of {cards:,}",
        ),
    ]


def differing_verdicts(
    live: Engine[Case], again: Engine[Case], pairs: Iterator[tuple[Docket[Case], Docket[Case]]]
) -> tuple[int, int]:
    """Return how many verdicts cases and their rebuilt copies give, and how many of them differ."""
    asked = differing = 0
    for docket, copy in pairs:
        mine, other = answers(live.tier.rules, docket), answers(again.tier.rules, copy)
        asked += len(mine)
        differing += sum(mine.get(key) != other.get(key) for key in {*mine, *other})
    return asked, differing


def answers(rules: Iterable[Rule], docket: Docket[Case]) -> dict[tuple[str, str], Verdict]:
    """Return what every rule answers of a case, by rule and subject, asked afresh."""
    law = docket.law
    if law is None:
        return {}
    return {(rule.id, subject): verdict for rule in rules for subject, verdict in rule.about(docket.facts, law)}


def differing_cards(live: Engine[Case], again: Engine[Case]) -> int:
    """Return how many cards of two engines differ in anything."""
    return sum(
        docket.cards.get(key) != copy.cards.get(key)
        for docket, copy in ((one, again.dockets[key]) for key, one in live.dockets.items())
        for key in {*docket.cards, *copy.cards}
    )


def _sizes(what: str, sizes: Sequence[int], aim: Aim | None) -> list[Figure]:
    ordered = sorted(sizes) or [0]
    last = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return [
        Figure(PART, f"{what}, mean", sum(ordered) / len(ordered), "bytes", aim, f"{len(sizes):,} cases"),
        Figure(PART, f"{what}, 99th percentile", last, "bytes", aim, f"largest {ordered[-1]:,}"),
    ]
